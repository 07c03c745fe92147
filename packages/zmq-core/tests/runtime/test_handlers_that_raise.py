"""A signal handler that raises while a message is being received: it is not lost.

Signals are handled between two steps of the interpreter. Tests cannot send one at a
certain step; but a trace function runs there, too, and may raise.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from typing import Any

import pytest

import zmq
import zmq.backend

pytestmark = pytest.mark.skipif(
    not zmq.backend.selected.endswith(".cffi"),
    reason="receiving is one step where it is compiled",
)
# More than a receive has; those of PyPy are traced slowly.
MOST_STEPS = 3000
STRIDE = 11 if sys.implementation.name == "pypy" else 1
# Between the steps the garbage collector runs, too. What its finalizers raise is
# reported, and no error of what is being done.
FINALIZERS = ("__call__", "__del__")


class HandlerError(BaseException):
    """Raised by the handler."""


def of_backend(frame: Any) -> bool:
    """Whether a frame executes code of the backend."""
    return "zmq/backend/cffi/" in frame.f_code.co_filename


def is_called(frame: Any) -> bool:
    """Whether a frame of the backend is part of what the test has called."""
    while of_backend(frame):
        if frame.f_code.co_name in FINALIZERS:
            return False
        frame = frame.f_back
    return bool(frame.f_code.co_filename == __file__)


def returns_to_caller(frame: Any) -> bool:
    """Whether the next step is the return of what the test has called.

    Nothing can be done about that one: it is as if the caller were interrupted.
    """
    opcode = frame.f_code.co_code[frame.f_lasti]
    return opcode == dis.opmap["RETURN_VALUE"] and not of_backend(frame.f_back)


def where_interrupted(step: int, call: Callable[[], object]) -> str | None:
    """Call, and raise at a step of the backend; returns where, None if it has fewer."""
    left = step

    def trace(frame: Any, event: str, _: Any) -> Any:
        nonlocal left
        if not (of_backend(frame) and is_called(frame)):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        if event == "opcode" and not returns_to_caller(frame):
            left -= 1
            if left == 0:
                sys.settrace(None)
                raise HandlerError(f"{frame.f_code.co_name}, line {frame.f_lineno}")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except HandlerError as error:
        return str(error)
    finally:
        sys.settrace(before)
    return None


def all_messages(sock: Any) -> list[list[bytes]]:
    """Receive everything that is there, as bytes."""
    messages: list[list[bytes]] = []
    while sock.poll(0):
        messages.append([])
        more = True
        while more:
            messages[-1].append(sock.recv(zmq.DONTWAIT))
            more = sock.rcvmore
    return messages


def interrupt_everywhere(
    sock: Any,
    call: Callable[[], object],
    prepare: Callable[[], object],
    expected: list[list[bytes]],
) -> None:
    """Interrupt a receive at each of its steps: what was there comes again."""
    for step in range(1, MOST_STEPS, STRIDE):
        prepare()
        where = where_interrupted(step, call)
        found = all_messages(sock)
        if where is None:
            assert found != expected
            assert step > STRIDE
            return
        assert found == expected, f"raised in {where}"
    raise AssertionError("it has more steps")


LARGE = b"L" * 20_000
MESSAGES = {
    "small": [b"small"],
    "large": [LARGE],
    "three": [b"1", b"2", b"3"],
    "mixed": [b"", LARGE, b""],
}


@pytest.fixture
def pair(socket_pair: Any) -> Any:
    """A socket that sends, and one that receives."""
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    b.rcvtimeo = 5000
    return a, b


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize(
    "method", ["recv", "_try_recv", "recv_multipart", "_try_recv_multipart"]
)
def test_one_message(pair: Any, name: str, copy: bool, method: str) -> None:
    a, b = pair
    message = MESSAGES[name]
    interrupt_everywhere(
        b,
        lambda: getattr(b, method)(copy=copy),
        lambda: a.send_multipart(message),
        [message],
    )


@pytest.mark.parametrize("method", ["recv", "recv_multipart"])
def test_with_flags(pair: Any, method: str) -> None:
    a, b = pair
    interrupt_everywhere(
        b, lambda: getattr(b, method)(zmq.DONTWAIT), lambda: a.send(b"x"), [[b"x"]]
    )


@pytest.mark.parametrize("method", ["recv", "recv_multipart"])
@pytest.mark.parametrize("first", [1, 2])
def test_the_rest_of_a_message(pair: Any, first: int, method: str) -> None:
    a, b = pair
    parts = [b"0", b"1", b"2"]

    def prepare() -> None:
        a.send_multipart(parts)
        for number in range(first):
            assert b.recv() == parts[number]

    interrupt_everywhere(b, getattr(b, method), prepare, [parts[first:]])


@pytest.mark.parametrize(
    ("method", "count"), [("recv_many", 3), ("recv_many", 2), ("_try_recv_many", 5)]
)
def test_many(pair: Any, method: str, count: int) -> None:
    a, b = pair
    messages = [[b"1"], [b"2", b"3"], [LARGE]]
    interrupt_everywhere(
        b,
        lambda: getattr(b, method)(count),
        lambda: a.send_many(messages),
        messages,
    )


@pytest.mark.parametrize("name", ["small", "large", "three"])
@pytest.mark.parametrize("method", ["recv_into", "_try_recv_into"])
def test_into_memory(pair: Any, name: str, method: str) -> None:
    a, b = pair
    message = MESSAGES[name]
    memory = bytearray(len(message[0]))
    interrupt_everywhere(
        b,
        lambda: getattr(b, method)(memory),
        lambda: a.send_multipart(message),
        [message],
    )
    assert memory == message[0]


@pytest.mark.parametrize("method", ["recv", "recv_multipart", "_try_recv_multipart"])
@pytest.mark.parametrize("first", [0, 1])
def test_what_had_been_put_back(pair: Any, method: str, first: int) -> None:
    """It comes first again."""
    a, b = pair
    parts = [b"0", b"1", b"2"]

    def prepare() -> None:
        a.send(b"later")
        b._unrecv_in_order(parts, 7)
        for number in range(first):
            assert b.recv() == parts[number]

    interrupt_everywhere(b, getattr(b, method), prepare, [parts[first:], [b"later"]])


def test_the_order_is_kept(pair: Any) -> None:
    """What was put back, received, and put back once more has its number still."""
    _, b = pair
    b._unrecv_in_order([b"5"], 5)
    while where_interrupted(30, b._try_recv) is None:
        b._unrecv_in_order([b"5"], 5)
    b._unrecv_in_order([b"6"], 6)
    b._unrecv_in_order([b"4"], 4)
    assert all_messages(b) == [[b"4"], [b"5"], [b"6"]]


def test_a_wait_that_is_ended(pair: Any) -> None:
    """It leaves nothing behind that would keep the socket open."""
    _, b = pair
    b.rcvtimeo = 0
    for step in range(1, MOST_STEPS, STRIDE):
        try:
            assert where_interrupted(step, b.recv) is not None
        except zmq.Again:
            return
    raise AssertionError("it has more steps")
