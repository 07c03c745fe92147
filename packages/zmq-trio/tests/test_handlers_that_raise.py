"""A signal handler that raises while a task receives: the message comes again."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
import trio
from tests.fixtures.steps import (
    MESSAGES,
    RECEIVE,
    STRIDE,
    all_messages,
    collect,
    each_step,
    where_interrupted,
)

import zmq
import zmq.trio

# A handler may run before a coroutine is begun.
pytestmark = pytest.mark.filterwarnings("ignore:.* was never awaited:RuntimeWarning")


PLACES = [os.path.join("zmq", "trio", "_socket.py"), os.path.join("zmq", "sugar", "")]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Have such a coroutine found here, where it is no error, and in no later test."""
    yield
    collect()


@pytest.fixture
def sockets(context: Any) -> Any:
    """A socket that sends, one of trio, and another object for that one."""
    receiver = context.socket(zmq.PAIR)
    sender = zmq.Context.shadow(context).socket(zmq.PAIR)
    receiver.bind("inproc://interrupted")
    sender.connect("inproc://interrupted")
    yield sender, receiver, zmq.Socket(shadow=receiver.underlying)
    sender.close(linger=0)


@pytest.mark.parametrize("when", ["ready", "waiting"])
@pytest.mark.parametrize("name", RECEIVE)
def test_at_each_step(
    sockets: Any, name: str, when: str, until_waiting: Callable[..., Awaitable[None]]
) -> None:
    sender, receiver, plain = sockets
    left: list[list[list[bytes]]] = []

    async def send() -> None:
        if when == "waiting":
            await until_waiting(receiver)
        sender.send_many(left.pop())

    async def receive() -> None:
        trio.lowlevel.spawn_system_task(send)
        await RECEIVE[name](receiver)

    for step in each_step():
        left.append(MESSAGES)
        where = where_interrupted(
            step, lambda: trio.run(receive), PLACES, called_by=__file__
        )
        for unsent in left:
            sender.send_many(unsent)
        left.clear()
        found = all_messages(plain)
        if where is None:
            assert found != MESSAGES
            assert step > STRIDE
            return
        assert found == MESSAGES, f"raised in {where}"


@pytest.mark.parametrize("first", [1, 2])
def test_the_rest_of_a_message(sockets: Any, first: int) -> None:
    sender, receiver, plain = sockets
    parts = MESSAGES[0]

    async def receive() -> None:
        await receiver.recv()

    for step in each_step():
        sender.send_multipart(parts)
        for number in range(first):
            assert plain.recv() == parts[number]
        where = where_interrupted(
            step, lambda: trio.run(receive), PLACES, called_by=__file__
        )
        if where is None:
            return
        assert all_messages(plain) == [parts[first:]], f"raised in {where}"
