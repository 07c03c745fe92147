"""Threads that share everything, in free-threaded interpreters most of all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from tests.fixtures.patience import PATIENCE

import zmq

THREADS = 8


def together(*functions: Callable[[], object]) -> None:
    """Run functions at the same time; raise what the first of them raised."""
    barrier = threading.Barrier(len(functions))
    failures: list[BaseException] = []

    def run(function: Callable[[], object]) -> None:
        try:
            barrier.wait(10 * PATIENCE)
            function()
        except BaseException as error:
            failures.append(error)

    threads = [
        threading.Thread(target=run, args=(function,), daemon=True)
        for function in functions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30 * PATIENCE)
        assert not thread.is_alive()
    if failures:
        raise failures[0]


PARTS = ("zmq.asyncio", "zmq.auth.thread", "zmq.devices", "zmq.log.handlers", "zmq.ssh")


@pytest.mark.skipif(
    getattr(sys, "_is_gil_enabled", lambda: True)(), reason="an interpreter with a GIL"
)
@pytest.mark.parametrize("part", ["zmq", *PARTS])
def test_imports_leave_the_gil_off(run_python: Any, part: str) -> None:
    run_python(
        f"import sys, {part}; assert not sys._is_gil_enabled()",
        options=("-W", "error"),
    )


def test_a_frame_that_all_send(context: Any, make_socket: Any) -> None:
    frame = zmq.Frame(b"x" * 100_000, track=True)
    pull = make_socket(zmq.PULL)
    pull.rcvhwm = 0
    pull.bind("inproc://frames")

    def send() -> None:
        with context.socket(zmq.PUSH) as push:
            push.sndhwm = 0
            push.connect("inproc://frames")
            for _ in range(100):
                push.send(frame, copy=False)
                assert len(frame.bytes) == 100_000

    together(*[send] * THREADS)
    for _ in range(100 * THREADS):
        assert len(pull.recv(copy=False)) == 100_000


def test_a_poller_that_all_change(make_socket: Any) -> None:
    poller = zmq.Poller()
    sockets = [make_socket(zmq.PULL) for _ in range(THREADS)]

    def change(sock: Any) -> Callable[[], None]:
        def run() -> None:
            for _ in range(200):
                poller.register(sock, zmq.POLLIN)
                assert poller.poll(0) == []
                poller.unregister(sock)

        return run

    together(*map(change, sockets))
    assert poller.sockets == []


def test_a_context_that_all_use(context: Any) -> None:
    def make() -> None:
        for _ in range(100):
            shadow = zmq.Context.shadow(context)
            with shadow.socket(zmq.PAIR) as sock:
                sock.bind("tcp://127.0.0.1:0")
            shadow.term()

    together(*[make] * THREADS)


def test_one_instance() -> None:
    found: list[zmq.Context[Any]] = []
    zmq.Context.instance().destroy()
    together(*[lambda: found.append(zmq.Context.instance())] * THREADS)
    assert len({id(instance) for instance in found}) == 1
    zmq.Context.instance().destroy()


@pytest.mark.parametrize("how", ["close", "term"])
def test_the_end_under_all_of_them(how: str) -> None:
    """Closing a socket, or its context, while all receive from it."""
    for _ in range(30):
        context = zmq.Context()
        pull = context.socket(zmq.PULL)
        ended: list[int | None] = []

        def receive(pull: Any = pull, ended: Any = ended) -> None:
            try:
                pull.recv()
            except zmq.ZMQError as error:
                ended.append(error.errno)
                if error.errno == zmq.ETERM:
                    pull.close(0)

        end = pull.close if how == "close" else context.term
        together(*[receive] * THREADS, end)
        assert len(ended) == THREADS
        assert set(ended) <= {zmq.ENOTSOCK, zmq.ETERM}
        context.destroy(linger=0)


def test_messages_that_all_put_back(make_socket: Any) -> None:
    """What is taken and put back by several threads is neither lost nor doubled."""
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.sndhwm = pull.rcvhwm = 0
    pull.bind("inproc://back")
    push.connect("inproc://back")
    push.send_many([[b"%d" % i, b"end"] for i in range(1000)])

    def shuffle() -> None:
        for _ in range(300):
            taken = pull._try_recv_multipart()
            if taken is not None:
                assert taken[1] == b"end"
                pull._unrecv(taken)

    def shuffle_in_order() -> None:
        for _ in range(300):
            taken = pull._try_recv_multipart()
            if taken is not None:
                pull._unrecv_in_order(taken, pull._order_received())

    together(*[shuffle] * THREADS, *[shuffle_in_order] * THREADS)
    received = {pull.recv_multipart()[0] for _ in range(1000)}
    assert received == {b"%d" % i for i in range(1000)}
    assert not pull.poll(0)


def test_monitors_that_all_close(context: Any) -> None:
    """Each late monitor is closed once, whoever looks through them."""

    def monitor() -> None:
        for _ in range(150):
            with context.socket(zmq.PULL) as pull:
                events = pull.get_monitor_socket(zmq.EVENT_LISTENING)
                pull.bind("tcp://127.0.0.1:0")
                assert events.poll(5000)
                events.recv_multipart()
                events.close()

    context.max_sockets = 4000
    together(*[monitor] * 4)


def test_a_list_that_changes_while_it_is_sent(make_socket: Any) -> None:
    """Its frames are those of some moment; none is freed under the sender's feet."""
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.sndhwm = pull.rcvhwm = 0
    pull.bind("inproc://changing")
    push.connect("inproc://changing")
    parts: list[Any] = [b"0"] * 6
    done = threading.Event()

    def change() -> None:
        number = 0
        while not done.is_set():
            number += 1
            for i in range(4):  # the other one may have taken out the last
                parts[i] = b"%d" % number * 50 if i % 2 else bytearray(b"%d" % number)
            parts.append(parts.pop(0))

    def send() -> None:
        try:
            for i in range(2000):
                with suppress(RuntimeError):  # it is too short now and then
                    push.send_multipart(parts, copy=bool(i % 2))
        finally:
            done.set()

    together(change, change, send, send)
    while pull.poll(0):
        assert len(pull.recv_multipart()) in {4, 5, 6}


def test_defaults_that_change_while_sockets_are_made(context: Any) -> None:
    done = threading.Event()
    options = (zmq.LINGER, zmq.SNDHWM, zmq.RCVHWM, zmq.SNDTIMEO, zmq.RCVTIMEO)

    def change() -> None:
        while not done.is_set():
            for option in options:
                context.sockopts[option] = 0
            context.sockopts.clear()

    def make() -> None:
        try:
            for _ in range(300):
                context.socket(zmq.PUSH).close()
        finally:
            done.set()

    together(change, make, make)


def test_one_monitor_each(context: Any) -> None:
    """Two monitors never get the same address."""
    sockets = [context.socket(zmq.PULL) for _ in range(25 * THREADS)]

    def monitor(mine: list[Any]) -> Callable[[], None]:
        def run() -> None:
            for sock in mine:
                sock.get_monitor_socket().close()

        return run

    together(*[monitor(sockets[i::THREADS]) for i in range(THREADS)])
    for sock in sockets:
        sock.close()
