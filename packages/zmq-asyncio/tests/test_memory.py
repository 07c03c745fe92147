"""What was cancelled leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def resident() -> int:
    """Return the resident memory in bytes."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("needs /proc")
    return int(statm.read_text().split()[1]) * 4096


FLAT = """
import asyncio, gc, importlib, sys
from contextlib import suppress
from pathlib import Path
import zmq.asyncio
from zmq._engine import Answer

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

def collect():
    for _ in range(4):  # PyPy frees what has a finalizer in the next one
        gc.collect()

def answers():
    return sum(isinstance(thing, Answer) for thing in gc.get_objects())

async def wait(answer):
    return await answer

async def cycle(pull, poller, count):
    loop = asyncio.get_running_loop()
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

async def main(count):
    with zmq.asyncio.Context() as context, context.socket(zmq.PULL) as pull:
        pull.bind("inproc://flat")
        pull.rcvtimeo = 1
        poller = zmq.asyncio.Poller()
        poller.register(pull, zmq.POLLIN)
        await cycle(pull, poller, 2000)
        # PyPy takes memory for what it compiles, too: what leaks does so each time.
        for _ in range(4 if sys.implementation.name == "pypy" else 1):
            collect()
            before, futures = resident(), answers()
            for _ in range(10):
                await cycle(pull, poller, count)
            collect()
            grown = resident() - before
            assert answers() <= futures
            if grown < 4_000_000:
                break
        else:
            raise SystemExit(f"{grown} more bytes")

loop = importlib.import_module(sys.argv[1]).new_event_loop()
loop.run_until_complete(main(int(sys.argv[2])))
loop.close()
"""


@pytest.mark.measures
@pytest.mark.timeout(3600)
def test_flat(run_python: Any, new_loop: Any, torture: int) -> None:
    """Cancelled receives, timeouts and polls: a million, with ZMQ_TORTURE=250."""
    resident()  # or it skips
    count = 400 * torture
    run_python(FLAT, new_loop.__module__, str(count), timeout=60 + 4 * count)


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
