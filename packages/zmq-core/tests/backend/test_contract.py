"""The contract of zmq.backend.abc, asked of each backend that is built."""

from __future__ import annotations

import importlib
import inspect
import os
import signal
import sys
import threading
from typing import Any

import pytest
from tests.fixtures.waiting import wait_for

import zmq
from zmq.backend import abc
from zmq.backend.select import PUBLIC_API, select_backend

BACKENDS = ["zmq.backend.cython", "zmq.backend.cffi"]
PROTOCOLS = ["Context", "Frame", "OptionAttribute", "ProxyLoop", "Socket"]


@pytest.fixture(params=BACKENDS)
def backend(request: Any) -> Any:
    """A backend, whichever one zmq itself runs on."""
    try:
        return importlib.import_module(request.param)
    except ImportError as error:
        pytest.skip(f"not built here: {error}")


@pytest.fixture
def context(backend: Any) -> Any:
    """A context that must end in time: every socket has been closed."""
    made = backend.Context()
    yield made
    ending = threading.Thread(target=made.term, daemon=True)
    ending.start()
    ending.join(10)
    assert not ending.is_alive(), "a socket was left open"


@pytest.fixture
def pair(backend: Any, context: Any) -> Any:
    """Two PAIR sockets, connected."""
    a, b = (backend.Socket(context, zmq.PAIR) for _ in range(2))
    a.bind("inproc://contract")
    b.connect("inproc://contract")
    yield a, b
    a.close(linger=0)
    b.close(linger=0)


def test_names(backend: Any) -> None:
    assert set(PUBLIC_API) <= set(select_backend(backend.__name__))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_members(backend: Any, name: str) -> None:
    protocol = vars(getattr(abc, name))
    stated = {
        member
        for member, value in protocol.items()
        if inspect.isfunction(value) or isinstance(value, property)
    }
    cls = getattr(backend, name)
    assert [member for member in sorted(stated) if not hasattr(cls, member)] == []


def test_it_does_what_would_wait_or_says_so(pair: Any) -> None:
    a, b = pair
    assert b._try_recv() is None
    assert b._try_recv_multipart() is None
    assert b._try_recv_many(3) is None
    assert b._try_recv_into(bytearray(3)) is None
    assert a._try_send(b"1") is None
    assert a._try_send_multipart([b"2", b"3"]) is None
    assert a._try_send_many([[b"4"], [b"5"]]) == 2
    assert b._try_recv() == b"1"
    assert b._try_recv_multipart() == [b"2", b"3"]
    assert b._try_recv_many(3) == [[b"4"], [b"5"]]


def test_a_full_socket_says_false(backend: Any, context: Any) -> None:
    alone = backend.Socket(context, zmq.PUSH)
    try:
        assert alone._try_send(b"x") is False
        assert alone._try_send_multipart([b"x"]) is False
        assert alone._try_send_many([[b"x"]]) is False
        with pytest.raises(zmq.Again):
            alone.send(b"x", zmq.DONTWAIT)
    finally:
        alone.close(linger=0)


def test_put_back_comes_first_and_counts(pair: Any) -> None:
    a, b = pair
    a.send(b"later")
    b._unrecv([b"1", b"2"])
    assert b.get(zmq.EVENTS) & zmq.POLLIN
    assert b.poll(0) == zmq.POLLIN
    assert b.recv() == b"1"
    assert b.get(zmq.RCVMORE)
    assert b.recv() == b"2"
    b._unrecv_in_order([b"y"], 2)
    b._unrecv_in_order([b"x"], 1)
    assert [b.recv() for _ in range(3)] == [b"x", b"y", b"later"]


def test_watchers_are_told_by_whoever_operates(pair: Any) -> None:
    a, b = pair
    told: list[int] = []

    def callback() -> None:
        told.append(1)

    b._watch(callback, zmq.POLLIN)
    a.send_multipart([b"1", b"2"])
    b.recv()
    assert told, "another frame was there"
    b.recv()
    b._unwatch(callback)
    b._unwatch(callback)
    told.clear()
    a.send(b"3")
    assert b.recv() == b"3"
    assert told == []


@pytest.mark.parametrize("method", ["bind", "connect", "unbind", "disconnect"])
def test_watchers_are_told_by_what_fails(pair: Any, method: str) -> None:
    """It has read the mailbox all the same, and nothing else tells of the message."""
    a, b = pair
    told: list[int] = []

    def callback() -> None:
        told.append(1)

    b._watch(callback, zmq.POLLIN)
    a.send(b"1")
    with pytest.raises(zmq.ZMQError):
        getattr(b, method)("none://such")
    b._unwatch(callback)
    assert told
    assert b.recv() == b"1"


def test_what_a_callback_raises_is_no_error(pair: Any, monkeypatch: Any) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: seen.append(args.exc_type))

    def callback() -> None:
        raise ZeroDivisionError

    a, b = pair
    b._watch(callback, zmq.POLLOUT)
    b.send(b"x")
    b._unwatch(callback)
    assert a.recv() == b"x"
    assert set(seen) == {ZeroDivisionError}


INTERRUPTED = """
import sys, threading
import zmq

class Handled(BaseException):
    "Of a signal handler that runs in a callback."

def callback():
    raise {error}

context = zmq.Context()
a, b = context.socket(zmq.PUSH), context.socket(zmq.PULL)
b.bind("inproc://a")
a.connect("inproc://a")
told = []
sys.unraisablehook = lambda args: told.append(args.exc_type)

def call_back():
    b._watch(callback, zmq.POLLIN)
    try:
        a.send(b"x")
        b.poll(10_000)
    finally:
        b._unwatch(callback)

try:
    if {in_thread}:
        thread = threading.Thread(target=call_back)
        thread.start()
        thread.join()
    else:
        call_back()
except BaseException as error:
    caught = error
else:
    caught = None
if {in_thread}:
    assert caught is None, caught
    assert set(told) == {{type({error})}}, told
else:
    assert isinstance(caught, type({error})), caught
    assert told == [], told
assert b.recv() == b"x"
context.destroy()
print("end")
"""


@pytest.mark.parametrize("error", ["SystemExit(7)", "KeyboardInterrupt()", "Handled()"])
@pytest.mark.parametrize("in_thread", [False, True])
def test_what_interrupts_a_callback_is_raised_in_the_main_thread(
    run_python: Any, error: str, in_thread: bool
) -> None:
    """It does not end the process; and in other threads it is an error as others."""
    done = run_python(INTERRUPTED.format(error=error, in_thread=in_thread))
    assert done.stdout == "end\n", done.stderr


def test_closing_wakes_who_waits(pair: Any) -> None:
    _, b = pair
    errors: list[Any] = []

    def receive() -> None:
        try:
            b.recv()
        except zmq.ZMQError as error:
            errors.append(error.errno)

    thread = threading.Thread(target=receive)
    thread.start()
    b.close()
    thread.join(10)
    assert errors == [zmq.ENOTSOCK]
    assert b.closed


def test_where_sockets_are(backend: Any, context: Any) -> None:
    sock = backend.Socket(context, zmq.PUSH)
    assert not sock._has_outside_peers
    sock.connect("inproc://contract")
    assert not sock._has_outside_peers
    sock.connect("tcp://127.0.0.1:9")
    assert sock._has_outside_peers
    places = [("connect", "inproc://contract"), ("connect", "tcp://127.0.0.1:9")]
    assert sock._endpoints == places
    ((kind, endpoints, age, closed, linger, made_at),) = context._sockets_left()
    assert (kind, endpoints, closed, linger) == (zmq.PUSH, tuple(places), None, None)
    assert 0 <= age < 60
    assert made_at == ""
    sock.disconnect("tcp://127.0.0.1:9")
    assert sock._endpoints == places[:1]
    sock.close(linger=50)
    assert sock._endpoints == places[:1]
    ((kind, _, _, closed, linger, _),) = context._sockets_left()
    assert (kind, linger) == (zmq.PUSH, 50)
    assert closed >= 0
    wait_for(lambda: context._sockets_left() == [])


@pytest.mark.parametrize("how", ["shutdown", "_sockets_to_destroy"])
def test_who_waits_learns_that_the_context_ends(backend: Any, how: str) -> None:
    context = backend.Context()
    sock = backend.Socket(context, zmq.PULL)
    errors: list[Any] = []
    begun = threading.Event()

    def receive() -> None:
        begun.set()
        try:
            sock.recv()
        except zmq.ZMQError as error:
            errors.append(error.errno)

    thread = threading.Thread(target=receive)
    thread.start()
    begun.wait(10)
    assert not context._ends
    getattr(context, how)()
    assert context._ends
    if how == "shutdown":
        thread.join(10)
        sock.close()
    else:
        sock.close()
        thread.join(10)
    # One that had not begun to wait meets a closed socket.
    expected = {zmq.ETERM} if how == "shutdown" else {zmq.ETERM, zmq.ENOTSOCK}
    assert set(errors) <= expected
    assert len(errors) == 1
    context.term()
    assert context.closed


def test_held_sockets_stay(pair: Any) -> None:
    _, b = pair
    fd = b.get(zmq.FD)
    closed: list[int] = []

    def callback() -> None:
        closed.append(1)

    b._defer_close(callback)
    b.close()
    assert closed == [1]
    os.fstat(fd)
    b._allow_close(callback)
    b._allow_close(callback)


def test_frames_stay_together(pair: Any) -> None:
    """Of two threads that send, and two that receive."""
    a, b = pair
    rounds, seen = 300, []

    def send(mark: bytes) -> None:
        for _ in range(rounds):
            a.send_multipart([mark] * 3)

    def receive() -> None:
        for _ in range(rounds):
            seen.append(b.recv_multipart())

    threads = [threading.Thread(target=send, args=(m,)) for m in (b"1", b"2")]
    threads += [threading.Thread(target=receive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(seen) == 2 * rounds
    assert all(len(message) == 3 and len(set(message)) == 1 for message in seen)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs setitimer")
def test_signals_end_a_wait(pair: Any) -> None:
    class HandlerError(Exception):
        pass

    def handler(*_: Any) -> None:
        raise HandlerError

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(HandlerError):
            pair[1].recv()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_proxy_has_its_sockets_alone_and_gives_back(
    backend: Any, context: Any
) -> None:
    client, front, back = (
        backend.Socket(context, kind) for kind in (zmq.PUSH, zmq.PULL, zmq.PUSH)
    )
    front.bind("inproc://front")
    client.connect("inproc://front")
    for number in range(5):
        client.send(b"%d" % number)
    loop = backend.ProxyLoop(front, back)
    thread = threading.Thread(target=loop.run)
    thread.start()

    def taken() -> bool:
        try:
            front.poll(0)
        except zmq.ZMQError as error:
            return bool(error.errno == zmq.ENOTSUP)
        return False

    wait_for(taken)
    loop.stop()
    thread.join(10)
    assert [front.recv() for _ in range(5)] == [b"%d" % n for n in range(5)]
    for sock in (client, front, back):
        sock.close(linger=0)


@pytest.mark.forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_child_is_refused(pair: Any) -> None:
    a, b = pair
    child = os.fork()
    if not child:
        try:
            a.send(b"x")
        except zmq.ZMQError as error:
            os._exit(0 if error.errno == zmq.ENOTSOCK else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    a.send(b"of the parent")
    assert b.recv() == b"of the parent"


@pytest.mark.parametrize("method", ["_try_recv", "_try_recv_multipart"])
@pytest.mark.parametrize("copy", [True, False])
def test_what_is_received_is_kept(pair: Any, method: str, copy: bool) -> None:
    a, b = pair
    kept: list[Any] = []
    a.send(b"x")
    wait_for(lambda: b.poll(0))
    received = getattr(b, method)(copy, False, kept)
    assert len(kept) == 1
    assert kept[0] is received
    assert not b._received_part()
    assert getattr(b, method)(copy, False, []) is None


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_what_is_undone_comes_again(pair: Any, copy: bool, n: int) -> None:
    """After n of three frames, one is received, and put back, wherever it is from."""
    a, b = pair
    a.send_multipart([b"0", b"1", b"2"])
    a.send(b"next")
    wait_for(lambda: b.poll(0))
    for _ in range(3):  # of libzmq first, then of what was put back
        for i in range(n):
            assert b.recv() == b"%d" % i
        frame = b._try_recv(copy, False, [])
        assert bytes(frame) == b"%d" % n
        assert b._received_part()
        b._undo_recv([frame])
        rest = b.recv_multipart()
        assert rest == [b"%d" % i for i in range(n, 3)]
        b._unrecv([b"0", b"1", b"2"])
    assert b.recv_multipart() == [b"0", b"1", b"2"]
    assert b.recv() == b"next"


def test_loans(backend: Any, pair: Any) -> None:
    a, b = pair
    before = backend.buffers_lent()
    tracker = a.send(bytearray(100_000), copy=False, track=True)
    assert not tracker.done
    assert backend.buffers_lent() == before + 1
    assert len(b.recv()) == 100_000
    tracker.wait(5)
    assert tracker.done
    assert backend.buffers_lent() == before


def test_a_wait_looks_for_news_before_it_sleeps(pair: Any) -> None:
    a, b = pair
    assert b._spin == 0
    b._spin = 1_000_000
    assert b._spin == 1_000_000
    b.set(zmq.RCVTIMEO, 5)
    with pytest.raises(zmq.Again):
        b.recv()
    b.set(zmq.RCVTIMEO, -1)
    b._spin = 10**10  # longer than this test may take: nobody has to sleep
    sending = threading.Timer(0.01, a.send, [b"x"])
    sending.start()
    assert b.recv() == b"x"
    sending.join()


def test_what_is_done_is_counted(backend: Any, context: Any) -> None:
    a, b = (backend.Socket(context, zmq.PAIR) for _ in range(2))
    try:
        a.bind("inproc://counted")
        b.connect("inproc://counted")
        a.send(b"before")
        a._counting = b._counting = True
        a.send(b"12")
        a.send_multipart([b"3", b"45"])
        assert b._try_recv_many(9) == [[b"before"], [b"12"], [b"3", b"45"]]
        with pytest.raises(zmq.Again):
            b.recv(zmq.DONTWAIT)
        assert a._counts.numbers == (2, 5, 0, 0, 0, 0, 0, 0, 0)
        assert b._counts.numbers == (0, 0, 3, 11, 0, 0, 0, 1, 0)
        assert a._counts == backend.Socket(shadow=a)._counts
        assert not a._counts.final
    finally:
        a.close(linger=0)
        b.close(linger=0)
    assert a._counts.numbers[:2] == (2, 5)
    assert a._counts.final


def test_a_full_socket_drops_or_raises_as_it_is_told(
    backend: Any, context: Any
) -> None:
    alone = backend.Socket(context, zmq.PUSH)
    try:
        alone._on_full = 2
        alone.send(b"x")
        assert alone._try_send_multipart([b"x", b"y"]) is None
        assert alone._counts.numbers[-1] == 2
        alone._on_full = 3
        for send in (alone.send, alone._try_send):
            with pytest.raises(zmq.Again):
                send(b"x")
        assert alone._counts.numbers[-1] == 2
    finally:
        alone.close(linger=0)
