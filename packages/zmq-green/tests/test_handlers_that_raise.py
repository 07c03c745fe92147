"""A signal handler that raises while a greenlet receives: the message comes again."""

from __future__ import annotations

import os
from typing import Any

import gevent
import pytest
from tests.fixtures.steps import (
    MESSAGES,
    RECEIVE,
    STRIDE,
    all_messages,
    each_step,
    where_interrupted,
)

import zmq
import zmq.green

PLACES = [
    os.path.join("zmq", "green", "core.py"),
    os.path.join("zmq", "green", "_channel.py"),
    os.path.join("zmq", "sugar", ""),
]


@pytest.fixture
def sockets(context: Any) -> Any:
    """A socket that sends, and a green one, that looks about for others each time."""
    receiver = context.socket(zmq.PAIR)
    sender = zmq.Context.shadow(context).socket(zmq.PAIR)
    receiver.bind("inproc://interrupted")
    sender.connect("inproc://interrupted")
    receiver.rcvtimeo = 5000
    yield sender, receiver
    sender.close(linger=0)
    receiver.close(linger=0)


@pytest.mark.parametrize("when", ["ready", "waiting"])
@pytest.mark.parametrize("name", RECEIVE)
def test_at_each_step(context: Any, sockets: Any, name: str, when: str) -> None:
    sender, receiver = sockets
    plain = zmq.Socket(shadow=receiver.underlying)

    def called_here() -> object:
        return RECEIVE[name](receiver)

    def waits() -> bool:
        channels = getattr(receiver, "_channels", {})
        return any(channel.waiting for channel in channels.values())

    def send_when_it_waits(ended: list[bool]) -> None:
        while not (ended or waits()):
            gevent.sleep(0)
        sender.send_many(MESSAGES)

    for step in each_step():
        ended: list[bool] = []
        if when == "ready":
            sender.send_many(MESSAGES)
        else:
            sending = gevent.spawn(send_when_it_waits, ended)
        where = where_interrupted(step, called_here, PLACES, called_by=__file__)
        ended.append(True)
        if when == "waiting":
            sending.join()
        found = all_messages(plain)
        if where is None:
            assert found != MESSAGES
            assert step > STRIDE
            break
        assert found == MESSAGES, f"raised in {where}"
    # Nobody is left who waits, and keeps a closed socket for that.
    sender.close()
    receiver.close()
    context.term(timeout=5)


@pytest.mark.parametrize("first", [1, 2])
def test_the_rest_of_a_message(sockets: Any, first: int) -> None:
    sender, receiver = sockets
    parts = MESSAGES[0]

    def called_here() -> object:
        return receiver.recv()

    for step in each_step():
        sender.send_multipart(parts)
        for number in range(first):
            assert receiver.recv() == parts[number]
        where = where_interrupted(step, called_here, PLACES, called_by=__file__)
        if where is None:
            return
        found = all_messages(zmq.Socket(shadow=receiver.underlying))
        assert found == [parts[first:]], f"raised in {where}"
