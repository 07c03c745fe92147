"""Cycles of garbage: the `__del__` of one object may use all the others."""

from __future__ import annotations

import copy
import gc
import threading
from collections.abc import Callable
from typing import Any

import pytest

import zmq
from zmq.backend import ProxyLoop

LARGE = b"L" * 1_000_000


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
