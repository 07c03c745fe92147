"""Cycles of garbage: the `__del__` of one object may use all the others."""

from __future__ import annotations

import copy
import gc
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

import zmq
from zmq.backend import ProxyLoop

LARGE = b"L" * 1_000_000
COUNTED = sys.implementation.name == "cpython"


class InCycle:
    """Uses what is in a cycle with it, when it is finalized."""

    def __init__(self, use: Callable[[], object], results: list[object]) -> None:
        self.use = use
        self.results = results
        self.cycle = self

    def __del__(self) -> None:
        self.results.append(self.use())


def in_garbage(make: Callable[[], Callable[[], object]]) -> object:
    """Return what a call returns that comes as its objects are collected.

    CPython finalizes those first that were made first, which the others are.

    :param make: makes these objects, and returns the call.
    """
    results: list[object] = []
    InCycle(make(), results)
    for _ in range(20):  # PyPy's collector takes one step after the other
        if not results:
            gc.collect()
    (result,) = results
    return result


def frame_itself(frame: zmq.Frame) -> Callable[[], object]:
    return lambda: frame.bytes


def view_of_frame(frame: zmq.Frame) -> Callable[[], object]:
    view = frame.buffer
    return lambda: bytes(view)


def copy_of_frame(frame: zmq.Frame) -> Callable[[], object]:
    return lambda: copy.copy(frame).bytes


@pytest.mark.parametrize("use", [frame_itself, view_of_frame, copy_of_frame])
@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
def test_frame(socket_pair: Any, use: Any, data: bytes) -> None:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR)
    one.send(bytearray(data))  # which is copied
    assert in_garbage(lambda: use(other.recv(copy=False))) == data


def refused(call: Callable[[], object]) -> int | None:
    """Return the errno that a call fails with."""
    with pytest.raises(zmq.ZMQError) as caught:
        call()
    return caught.value.errno


def test_closed_socket(context: Any) -> None:
    def make() -> Callable[[], object]:
        sock = context.socket(zmq.PAIR)
        sock.close()
        calls = [lambda: sock.send(b""), sock.recv, sock.poll]
        return lambda: ([refused(call) for call in calls], sock._counts.final)

    assert in_garbage(make) == ([zmq.ENOTSOCK] * 3, True)


def test_proxy(socket_pair: Any) -> None:
    sender, frontend = socket_pair(zmq.PAIR, zmq.PAIR)
    receiver, backend = socket_pair(zmq.PAIR, zmq.PAIR)

    def make() -> Callable[[], object]:
        loop = ProxyLoop(frontend, backend)
        thread = threading.Thread(target=loop.run)
        thread.start()
        sender.send(b"moved")
        assert receiver.recv() == b"moved"
        loop.stop()
        thread.join()

        def use() -> object:
            kept = [ProxyLoop(frontend, backend) for _ in range(20)]
            return loop.statistics()["frontend_bytes"], len(kept)

        return use

    assert in_garbage(make) == (5, 20)


def finalize(sock: zmq.Socket[Any]) -> None:
    """Do what CPython does with garbage, before it frees any of it.

    In which order it comes to objects depends on its version, and on their sizes.
    """
    with pytest.warns(ResourceWarning, match="Unclosed socket"):
        sock.__del__()
    assert sock.closed


@pytest.mark.skipif(not COUNTED, reason="a socket is collected after who has it")
@pytest.mark.parametrize("end", ["destroy", "term"])
def test_context_whose_sockets_were_collected_before(end: str) -> None:
    """It is still told what becomes of messages for peers that do not exist."""
    context = zmq.Context()
    push = context.socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:9")
    if end == "destroy":
        push.send(b"for nobody")
    finalize(push)
    if end == "destroy":
        context.destroy(linger=0, timeout=10)
    else:
        context.term(timeout=10)
    assert context.closed


@pytest.mark.skipif(not COUNTED, reason="a socket is collected after who has it")
def test_collected_while_a_thread_ends_the_context(wait_for: Any) -> None:
    """Whoever is collected with the socket may wait for that thread."""
    context = zmq.Context()
    push = context.socket(zmq.PUSH)
    thread = threading.Thread(target=context.term)
    thread.start()
    wait_for(lambda: context._ends)
    finalize(push)
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.skipif(not COUNTED, reason="only then it is closed at once")
@pytest.mark.parametrize("in_cycle", [False, True])
def test_socket_that_is_collected_is_closed(
    context: Any, wait_for: Any, in_cycle: bool
) -> None:
    sockets = [context.socket(zmq.PULL)]
    port = sockets[0].bind_to_random_port("tcp://127.0.0.1")
    if in_cycle:
        vars(sockets[0])["cycle"] = sockets[0]

    def forget() -> None:
        sockets.clear()
        gc.collect()

    with pytest.warns(ResourceWarning, match="Unclosed socket"):
        forget()

    def is_free() -> bool:
        with context.socket(zmq.PULL) as other:
            try:
                other.bind(f"tcp://127.0.0.1:{port}")
            except zmq.ZMQError:
                return False
        return True

    wait_for(is_free)
