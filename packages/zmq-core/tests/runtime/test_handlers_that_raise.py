"""A signal handler that raises while a message is being received: it is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.steps import STRIDE, all_messages, each_step
from tests.fixtures.steps import where_interrupted as interrupted_in

import zmq
import zmq.backend

pytestmark = pytest.mark.skipif(
    not zmq.backend.selected.endswith(".cffi"),
    reason="receiving is one step where it is compiled",
)


def where_interrupted(step: int, call: Callable[[], object]) -> str | None:
    """Call, and raise at a step of the backend; returns where, None if it has fewer."""

    def called_here() -> object:
        return call()

    return interrupted_in(step, called_here, ["zmq/backend/cffi/"], called_by=__file__)


def interrupt_everywhere(
    sock: Any,
    call: Callable[[], object],
    prepare: Callable[[], object],
    expected: list[list[bytes]],
) -> None:
    """Interrupt a receive at each of its steps: what was there comes again."""
    for step in each_step():
        prepare()
        where = where_interrupted(step, call)
        found = all_messages(sock)
        if where is None:
            assert found != expected
            assert step > STRIDE
            return
        assert found == expected, f"raised in {where}"


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
    for step in each_step():
        try:
            assert where_interrupted(step, b.recv) is not None
        except zmq.Again:
            return


def test_memory_to_receive_into_is_given_back_once(pair: Any) -> None:
    """Two calls at a time would receive into the same, if it was given back twice."""
    from zmq.backend.cffi.caught import _spare

    _, b = pair
    step = 1
    while where_interrupted(step, b._try_recv) is not None:
        spare = list(map(id, _spare))
        assert len(set(spare)) == len(spare), f"step {step}"
        step += 1
    assert step > 1
