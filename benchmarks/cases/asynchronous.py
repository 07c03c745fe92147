"""Asynchronous sockets on asyncio's own event loop and on uvloop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from benchmarks.peers import peer
from benchmarks.registry import Loop, case
from benchmarks.targets import PYOMQ, PYZMQ, Faster

if TYPE_CHECKING:
    import zmq.asyncio

    Socket = zmq.asyncio.Socket

LOOPS = ("asyncio", "uvloop")
NEEDED = ("zmq.asyncio",)
BURST = 1000


@contextlib.contextmanager
def pair(push: str = "PUSH", pull: str = "PULL") -> Any:
    """Yield two connected asynchronous sockets, by default without a limit."""
    import zmq.asyncio

    context = zmq.asyncio.Context()
    receiver = context.socket(getattr(zmq, pull))
    sender = context.socket(getattr(zmq, push))
    receiver.rcvhwm = sender.sndhwm = 0
    receiver.bind("inproc://pair")
    sender.connect("inproc://pair")
    try:
        yield sender, receiver
    finally:
        context.destroy(linger=0)


@case(
    "await send + recv, 16 B, inproc, one task",
    Faster(PYZMQ, 12),
    event_loops=LOOPS,
    modules=NEEDED,
)
async def await_exchange() -> AsyncIterator[Loop]:
    """Measure the cost of an await that never waits."""
    with pair() as (sender, receiver):
        message = bytes(16)

        async def loop(count: int) -> None:
            for _ in range(count):
                await sender.send(message)
                await receiver.recv()

        yield loop


@case(
    "the same beside a task that wakes every ms",
    Faster(PYZMQ, 12, noise=0.1),
    event_loops=LOOPS,
    modules=NEEDED,
)
async def await_exchange_beside_ticker() -> AsyncIterator[Loop]:
    """Measure what turns of the loop cost that others need: at most a tenth."""

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.001)

    with pair() as (sender, receiver):
        message = bytes(16)
        ticker = asyncio.ensure_future(tick())

        async def loop(count: int) -> None:
            for _ in range(count):
                await sender.send(message)
                await receiver.recv()

        yield loop
        ticker.cancel()


@case(
    "await send_multipart + recv_multipart, 3 frames",
    Faster(PYZMQ, 12),
    event_loops=LOOPS,
    modules=NEEDED,
)
async def await_multipart() -> AsyncIterator[Loop]:
    """Measure the usual message: identity, delimiter, body."""
    with pair() as (sender, receiver):
        message = [bytes(16)] * 3

        async def loop(count: int) -> None:
            for _ in range(count):
                await sender.send_multipart(message)
                await receiver.recv_multipart()

        yield loop


@case(
    "1000 awaited sends, then as many recvs",
    Faster(PYZMQ, 10),
    per=BURST,
    event_loops=LOOPS,
    modules=NEEDED,
)
async def await_burst() -> AsyncIterator[Loop]:
    """Fill the queue, then empty it."""
    with pair() as (sender, receiver):
        message = bytes(16)

        async def loop(count: int) -> None:
            for _ in range(count):
                for _ in range(BURST):
                    await sender.send(message)
                for _ in range(BURST):
                    await receiver.recv()

        yield loop


@case(
    "one sending and one receiving task",
    Faster(PYZMQ, 8),
    event_loops=LOOPS,
    modules=NEEDED,
)
async def await_tasks() -> AsyncIterator[Loop]:
    """Have each task go on whenever it can."""
    with pair() as (sender, receiver):
        message = bytes(16)

        async def send(count: int) -> None:
            for _ in range(count):
                await sender.send(message)

        async def loop(count: int) -> None:
            task = asyncio.ensure_future(send(count))
            for _ in range(count):
                await receiver.recv()
            await task

        yield loop


@case("REQ/REP between two tasks", Faster(PYZMQ, 2), event_loops=LOOPS, modules=NEEDED)
async def await_req_rep() -> AsyncIterator[Loop]:
    """Switch between tasks for every message: most of it is the event loop's time."""
    with pair("REQ", "REP") as (client, server):

        async def answer(count: int) -> None:
            for _ in range(count):
                await server.send(await server.recv())

        async def loop(count: int) -> None:
            task = asyncio.ensure_future(answer(count))
            for _ in range(count):
                await client.send(b"request-16-bytes")
                await client.recv()
            await task

        yield loop


def receiving(receive: Callable[[], Awaitable[bytes]]) -> Loop:
    """Return a loop that awaits one message after the other."""

    async def loop(count: int) -> None:
        for _ in range(count):
            await receive()

    return loop


async def tcp_stream_pyomq() -> AsyncIterator[Loop]:
    """Do with pyomq at both ends what `await_tcp_stream` does."""
    import importlib

    pyomq = importlib.import_module("pyomq.asyncio")
    receiver = pyomq.Context().socket(importlib.import_module("pyomq").PULL)
    port = receiver.bind_to_random_port("tcp://127.0.0.1")
    with peer("flood", f"tcp://127.0.0.1:{port}", binding="pyomq"):
        await asyncio.wait_for(receiver.recv(), 10)
        yield receiving(receiver.recv)
    receiver.close(linger=0)


@case(
    "receiving a 100 B tcp stream, two processes",
    Faster(PYZMQ, 8),
    Faster(PYOMQ, 1),
    event_loops=LOOPS,
    modules=NEEDED,
    others={PYOMQ: tcp_stream_pyomq},
)
async def await_tcp_stream() -> AsyncIterator[Loop]:
    """Receive from a process that sends as fast as it can, without asyncio."""
    import zmq.asyncio

    context = zmq.asyncio.Context()
    receiver = context.socket(zmq.PULL)
    port = receiver.bind_to_random_port("tcp://127.0.0.1")
    with peer("flood", f"tcp://127.0.0.1:{port}"):
        await asyncio.wait_for(receiver.recv(), 10)
        yield receiving(receiver.recv)
    context.destroy(linger=0)
