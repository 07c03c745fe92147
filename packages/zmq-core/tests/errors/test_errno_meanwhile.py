"""An error is told as it was, also when a signal handler has met another one since."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.steps import where_meanwhile

import zmq
import zmq.backend

# As long as a socket of libzmq, and longer.
NO_SOCKET = ctypes.create_string_buffer(16384)
CALLS: dict[str, Callable[[Any, zmq.Frame], Any]] = {
    "frame.get": lambda _, frame: frame.get(12345),
    "frame.get of a name": lambda _, frame: frame.get("none"),
    "frame.set": lambda _, frame: frame.set(zmq.MORE, 1),
    "frame.srcfd": lambda _, frame: frame.srcfd,
    "context.get": lambda context, _: context.get(12345),
    "context.set": lambda context, _: context.set(zmq.IO_THREADS, -1),
    "socket": lambda context, _: context.socket(12345),
    "shadow": lambda _, __: zmq.Socket(shadow=ctypes.addressof(NO_SOCKET)),
    "curve_public": lambda _, __: zmq.curve_public(b"~" * 40),
}


def error_of(call: Callable[[], object]) -> str:
    """Return the error of a call."""
    with pytest.raises((zmq.ZMQError, ValueError, AttributeError)) as caught:
        call()
    return repr(caught.value)


@pytest.mark.parametrize("name", CALLS)
def test_at_each_step(context: Any, make_socket: Any, name: str) -> None:
    if name == "curve_public" and not zmq.has("curve"):
        pytest.skip("libzmq has no CURVE")
    empty = make_socket(zmq.PAIR)
    met: list[BaseException] = []

    def meet_another_error() -> None:
        with pytest.raises(zmq.Again) as caught:
            empty.recv(zmq.DONTWAIT)
        met.append(caught.value)

    frame = zmq.Frame(b"abc")

    def call() -> None:
        CALLS[name](context, frame)

    def interrupted() -> None:
        where_meanwhile(step, call, ["zmq/backend/"], meet_another_error)

    expected = error_of(call)
    step = 1
    stride = 1 if sys.implementation.name == "cpython" else 5  # PyPy traces slowly
    while True:
        assert error_of(interrupted) == expected, f"step {step}"
        if not met:
            break
        met.clear()
        step += stride
    assert step > stride or not zmq.backend.selected.endswith(".cffi")
