"""Ending a context in time: what is told, who is woken, signals, shadows, forks."""

from __future__ import annotations

import os
import pickle
import re
import signal
import sys
import threading
import time
from contextlib import suppress

import pytest

import zmq
from zmq.backend import ProxyLoop, zmq_poll
from zmq.utils.leftovers import SocketLeft, not_ended

ENDS = {
    "term": lambda context: context.term(),
    "term with a timeout": lambda context: context.term(timeout=10),
    "shutdown": lambda context: context.shutdown(),
    "destroy": lambda context: context.destroy(linger=0),
}
WAITS = {
    "poll": lambda a, _: a.poll(),
    "poll with a timeout": lambda a, _: a.poll(20_000),
    "select": lambda a, b: zmq.select([a, b], [], []),
    "zmq_poll": lambda a, b: zmq_poll([(a, zmq.POLLIN), (b, zmq.POLLIN)]),
    "recv_into": lambda a, _: a.recv_into(bytearray(1)),
    "proxy": lambda a, b: zmq.proxy(a, b),
    "ProxyLoop": lambda a, b: ProxyLoop(a, b).run(),
    "monitor": None,
}


def until_asleep(thread_id, wait_for):
    """Wait until a thread sleeps, and not for the GIL, which is free meanwhile."""
    looks = [0]

    def asleep():
        with open(f"/proc/self/task/{thread_id}/stat") as stat:
            state = stat.read().rpartition(")")[2].split()[0]
        looks[0] = looks[0] + 1 if state == "S" else 0
        return looks[0] > 10

    wait_for(asleep)


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="looks into /proc")
@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize("end", ENDS)
def test_who_waits_is_woken(in_thread, wait_for, end, wait):
    context = zmq.Context()
    a, b = context.socket(zmq.PULL), context.socket(zmq.PULL)
    c = context.socket(zmq.PUSH)

    ids = []

    def work():
        ids.append(threading.get_native_id())
        try:
            if wait == "monitor":
                with a.monitor_events() as events:
                    return list(events)
            return WAITS[wait](a, c if wait in ("proxy", "ProxyLoop") else b)
        finally:
            for sock in (a, b, c):
                sock.close(linger=0)

    waiting = in_thread(work)
    until_asleep(wait_for(lambda: ids)[0], wait_for)
    ENDS[end](context)
    if wait == "monitor":
        with suppress(zmq.ContextTerminated):
            assert waiting.result(10) == []
    else:
        with pytest.raises(zmq.ContextTerminated):
            waiting.result(10)
    context.term(timeout=10)
    assert context.closed


def test_where_it_was_made(run_python):
    done = run_python(
        """
        import zmq
        context = zmq.Context()
        push = context.socket(zmq.PUSH)
        other = context.socket(zmq.PUSH)
        other.connect("tcp://127.0.0.1:9")
        other.send(b"x")
        other.close()
        try:
            context.term(timeout=0)
        except zmq.TimedOut as error:
            print(error)
            for left in error.sockets:
                print(left.made_at)
        """,
        options=("-X", "tracemalloc=10"),
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 5, done.stdout
    assert re.fullmatch(
        r"  PUSH socket neither bound nor connected, made \d+\.\d s ago at .*:4: open",
        lines[1],
    )
    assert re.fullmatch(
        r"  PUSH socket connected to tcp://127.0.0.1:9, made \d+\.\d s ago at .*:5:"
        r" closed \d+\.\d s ago with LINGER -1, may still have messages to send",
        lines[2],
    )
    assert [line.rpartition(":")[2] for line in lines[3:]] == ["4", "5"]


def test_what_is_no_longer_told():
    context = zmq.Context()
    for linger in (0, 1):
        sock = context.socket(zmq.PUSH)
        sock.connect("tcp://127.0.0.1:9")
        sock.close(linger=linger)
    for kind in (zmq.PULL, zmq.SUB):
        sock = context.socket(kind)
        sock.connect("tcp://127.0.0.1:9")
        sock.close()
    end = time.monotonic() + 10
    while context._sockets_left():
        assert time.monotonic() < end
    with context.socket(zmq.PUSH) as sock:
        assert sock._endpoints == []
        sock.connect("inproc://x")
        sock.bind("inproc://y")
        sock.bind("tcp://127.0.0.1:*")
        address = sock.last_endpoint.decode()
        assert sock._endpoints == [
            ("connect", "inproc://x"),
            ("bind", "inproc://y"),
            ("bind", address),
        ]
        sock.unbind(address)
        sock.disconnect("inproc://x")
        assert sock._endpoints == [("bind", "inproc://y")]
        with pytest.raises(zmq.ZMQError):
            sock.disconnect("inproc://nowhere")
        assert sock._endpoints == [("bind", "inproc://y")]
    context.term(timeout=10)


def test_many_closed_sockets():
    context = zmq.Context()
    for i in range(100):
        sock = context.socket(zmq.PUSH)
        sock.connect(f"tcp://127.0.0.1:{i + 1}")
        sock.close()
    left = context._sockets_left()
    assert len(left) == 64
    assert left[-1][1] == (("connect", "tcp://127.0.0.1:100"),)
    context.term(timeout=10)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no such signals")
def test_ctrl_c():
    context = zmq.Context()
    sock = context.socket(zmq.PUSH)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        for _ in range(2):
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            begin = time.monotonic()
            with pytest.raises(KeyboardInterrupt):
                context.term(timeout=20)
            assert time.monotonic() - begin < 10
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sock.close()
    context.term(timeout=10)
    assert context.closed


def test_several_threads(in_thread):
    context = zmq.Context()
    sock = context.socket(zmq.PUSH)
    with pytest.raises(zmq.TimedOut):
        context.term(timeout=0)
    ending = [in_thread(context.term, 10) for _ in range(4)]
    ending.append(in_thread(context.term))
    sock.close()
    for one in ending:
        one.result(10)
    assert context.closed


def test_shadows():
    context = zmq.Context()
    shadow = zmq.Context.shadow(context)
    sock, other = context.socket(zmq.PULL), shadow.socket(zmq.PULL)
    shadow.shutdown()
    assert sock.poll(0) == 0
    shadow.destroy(linger=0, timeout=0)
    assert shadow.closed
    assert other.closed
    assert sock.poll(0) == 0
    with pytest.raises(zmq.TimedOut):
        context.term(timeout=0)
    sock.close()
    context.term(timeout=10)


@pytest.mark.forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_in_a_child_process(run_python):
    done = run_python(
        """
        import os, zmq
        context = zmq.Context()
        sock = context.socket(zmq.PULL)
        if not os.fork():
            context.shutdown()
            context.term(timeout=0)
            os._exit(3 if context.closed else 4)
        assert os.waitstatus_to_exitcode(os.wait()[1]) == 3
        assert sock.poll(0) == 0
        sock.close()
        context.term(timeout=10)
        """,
        options=("-W", "ignore::DeprecationWarning"),
    )
    assert not done.stderr


def test_no_socket_is_blamed_for_a_short_time():
    text = str(not_ended(0.0, []))
    assert text.startswith("the context has not ended within timeout=0 s, and none of")
    assert "it needs longer" in text


def test_its_error():
    left = SocketLeft(zmq.PUSH, (("bind", "tcp://x"),), 1.0, None, None, "")
    error = zmq.TimedOut(zmq.ETIMEDOUT, "too late", [left])
    assert isinstance(error, (zmq.ZMQError, TimeoutError))
    assert str(error) == "too late"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.errno, again.sockets) == ("too late", 110, [left])
    assert str(left) == "PUSH socket bound to tcp://x, made 1.0 s ago: open"
    assert str(left._replace(socket_type=99)).startswith("99 socket")
    assert zmq.error.error_for(zmq.ETIMEDOUT).sockets == []


def test_flush_of_many_messages_through_a_narrow_pipe(in_thread, endpoint):
    """Ten thousand messages, of which one at a time may be under way."""
    n = 10_000
    with zmq.Context() as other, other.socket(zmq.PULL) as pull:
        pull.rcvhwm = 1
        pull.bind(endpoint("tcp"))
        context = zmq.Context()
        push = context.socket(zmq.PUSH)
        push.sndhwm = 1
        push.linger = 0
        push.connect(pull.last_endpoint.decode())

        def send():
            for i in range(n):
                push.send(b"%d" % i)
            push.close(flush=20)
            context.term(timeout=20)

        sending = in_thread(send)
        assert [int(pull.recv()) for _ in range(n)] == list(range(n))
        sending.result(20)


@pytest.mark.parametrize("flush", [False, True], ids=["destroyed", "flushed"])
def test_socket_that_other_code_may_use_is_closed_after_a_shutdown(flush):
    """Nobody else has closed it, though libzmq answers for it no more."""
    context = zmq.Context()
    pull = context.socket(zmq.PULL)
    assert pull.underlying
    context.shutdown()
    with pytest.raises(zmq.ContextTerminated):
        pull.recv()
    assert not pull.closed
    if flush:
        with suppress(zmq.ContextTerminated):
            pull.close(flush=5)
        assert pull.closed
    context.destroy(timeout=10)
    assert pull.closed


def test_subscriptions_that_a_shutdown_keeps_from_being_read(monkeypatch):
    """The call ends with an error, and nothing is reported besides."""
    reported = []
    monkeypatch.setattr(sys, "unraisablehook", reported.append)
    context = zmq.Context()
    pub = context.socket(zmq.PUB, track_peers=True)
    context.shutdown()
    for _ in range(2):
        with pytest.raises(zmq.ContextTerminated):
            pub.send(b"1")
    context.destroy(timeout=10)
    assert reported == []
