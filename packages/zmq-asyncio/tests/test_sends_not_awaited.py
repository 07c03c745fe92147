"""Sends without an `await`, while the loop does not turn."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

import zmq

SENDS = {
    "send": lambda sock: sock.send(b"x"),
    "send of a frame": lambda sock: sock.send(b"x", copy=False),
    "send_multipart": lambda sock: sock.send_multipart([b"x"]),
    "send_string": lambda sock: sock.send_string("x"),
    "send_many": lambda sock: sock.send_many([[b"x"]]),
}


@pytest.fixture
def late(pair: Any) -> tuple[Any, zmq.Socket[bytes]]:
    """A sender that lets the loop turn before each send, and a synchronous receiver."""
    push, pull = pair
    push.turn_budget = 0
    return push, zmq.Socket(pull)


@pytest.mark.parametrize("name", SENDS)
async def test_sent_without_a_turn_of_the_loop(loop: Any, late: Any, name: str) -> None:
    """As with pyzmq 27: what the program does next, without an `await`, may be long."""
    push, pull = late
    for _ in range(3):
        SENDS[name](push)
        gc.collect()  # where references are not counted
        assert pull.poll(5000)
        assert pull.recv() == b"x"


async def test_its_future_is_one_of_asyncio(loop: Any, late: Any) -> None:
    push, pull = late
    assert await push.send(b"awaited") is None
    assert await asyncio.wait_for(push.send(b"in time"), 10) is None
    assert await asyncio.gather(push.send(b"a"), push.send(b"b")) == [None, None]
    sending = push.send(b"waited for")
    assert asyncio.isfuture(sending)
    assert sending.get_loop() is loop
    assert "pending" in repr(sending)
    done, _ = await asyncio.wait([sending])
    assert done == {sending}
    assert sending.result() is sending.exception() is None
    assert not sending.cancelled()
    called = loop.create_future()
    sending = push.send(b"observed")
    sending.add_done_callback(called.set_result)
    sending.add_done_callback(print)
    assert sending.remove_done_callback(print) == 1
    await sending
    assert await asyncio.wait_for(called, 20) is sending
    assert len([pull.recv() for _ in range(6)]) == 6


async def test_not_sent_when_its_task_is_cancelled(loop: Any, late: Any) -> None:
    push, pull = late
    begun = asyncio.Event()

    async def send() -> None:
        begun.set()
        await push.send(b"cancelled")

    task = loop.create_task(send())
    await begun.wait()
    gc.collect()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not pull.poll(0)


async def test_order_behind_one_that_is_awaited(loop: Any, late: Any) -> None:
    push, pull = late
    first = push.send(b"1")
    push.send(b"2")
    gc.collect()
    assert not pull.poll(0)
    await first
    push.send(b"3")
    await push.send(b"4")
    assert [pull.recv() for _ in range(4)] == [b"1", b"2", b"3", b"4"]


async def test_that_cannot_be_sent(loop: Any, context: Any) -> None:
    """It waits for a peer, as any other; an error goes nowhere, as that of a future."""
    push = context.socket(zmq.PUSH)
    push.turn_budget = 0
    push.bind("inproc://nobody")
    push.send(b"x")
    gc.collect()
    pull = context.socket(zmq.PULL)
    pull.connect("inproc://nobody")
    assert await asyncio.wait_for(pull.recv(), 10) == b"x"
    push.close()
    pull.close()
