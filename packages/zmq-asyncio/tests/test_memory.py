"""What was cancelled leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import zmq
import zmq.asyncio
from zmq._engine import Answer


def resident() -> int:
    """Return the resident memory in bytes."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("needs /proc")
    return int(statm.read_text().split()[1]) * 4096


@pytest.mark.measures
@pytest.mark.timeout(3600)
async def test_flat(loop: Any, pair: Any, torture: int) -> None:
    """Cancelled receives, timeouts and polls: a million, with ZMQ_TORTURE=250."""
    _, pull = pair
    poller = zmq.asyncio.Poller()
    poller.register(pull, zmq.POLLIN)
    pull.rcvtimeo = 1

    async def cycle(count: int) -> None:
        for _ in range(count // 4):
            answer = pull.recv()
            task = loop.create_task(wait(pull.recv_multipart()))
            await asyncio.sleep(0)
            answer.cancel()
            task.cancel()
            await asyncio.wait([task])
            pull.poll(1000).cancel()
            poller.poll(1000).cancel()
        with suppress(zmq.Again):
            await pull.recv()

    await cycle(2000)
    gc.collect()
    before, futures = resident(), answers()
    for _ in range(10):
        await cycle(400 * torture)
    gc.collect()
    assert answers() <= futures
    assert resident() - before < 4_000_000


async def wait(answer: Any) -> Any:
    return await answer


def answers() -> int:
    return sum(isinstance(thing, Answer) for thing in gc.get_objects())


async def test_messages_are_freed(loop: Any, pair: Any) -> None:
    """Of an ever busy receiver, too."""
    push, pull = pair
    data = bytes(1_000_000)
    for _ in range(20):
        await push.send(data)
        await pull.recv()
    before = resident()
    for _ in range(300):
        await push.send(data)
        await pull.recv()
    assert resident() - before < 30_000_000
