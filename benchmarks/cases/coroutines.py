"""Coroutine sockets of zmq.trio, on trio and on asyncio, beside PyPI's zmq-anyio.

Each call of ours is a checkpoint that lets other tasks run; the cases that say so do
without most of these, by `turn_budget` or `recv_many`.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from benchmarks.peers import peer
from benchmarks.registry import Loop, case
from benchmarks.targets import ZMQ_ANYIO, Faster

LOOPS = ("trio", "anyio")
NEEDED = ("anyio", "trio", "zmq.trio")
MESSAGE = bytes(16)


@asynccontextmanager
async def ours(*kinds: str) -> AsyncIterator[list[Any]]:
    """Yield sockets: the first one is bound, and the others connected to it."""
    import zmq.trio

    async with zmq.trio.Context() as context:
        sockets: list[Any] = [context.socket(getattr(zmq, kind)) for kind in kinds]
        connect(sockets)
        yield sockets
        for sock in sockets:
            sock.close(linger=0)


@asynccontextmanager
async def theirs(*kinds: str) -> AsyncIterator[list[Any]]:
    """Do the same with zmq-anyio."""
    import zmq

    wrap = importlib.import_module("zmq_anyio").Socket
    context = zmq.Context()
    async with AsyncExitStack() as stack:
        sockets = [wrap(context.socket(getattr(zmq, kind))) for kind in kinds]
        connect(sockets)
        for sock in sockets:
            await stack.enter_async_context(sock)
        yield sockets
    context.destroy(linger=0)


def connect(sockets: list[Any]) -> None:
    """Connect the others to the first one, without limits."""
    for sock in sockets:
        sock.rcvhwm = sock.sndhwm = 0
    sockets[0].bind("inproc://coroutines")
    for sock in sockets[1:]:
        sock.connect("inproc://coroutines")


def exchanging(send: Any, receive: Any) -> Loop:
    """Return a loop that sends and receives."""

    async def loop(count: int) -> None:
        for _ in range(count):
            await send(MESSAGE)
            await receive()

    return loop


async def exchange_zmq_anyio() -> AsyncIterator[Loop]:
    """Do with zmq-anyio what `trio_exchange` does."""
    async with theirs("PULL", "PUSH") as (pull, push):
        yield exchanging(push.asend, pull.arecv)


@case(
    "trio send + recv, 16 B, inproc, one task",
    Faster(ZMQ_ANYIO, 4),
    event_loops=LOOPS,
    modules=NEEDED,
    others={ZMQ_ANYIO: exchange_zmq_anyio},
)
async def trio_exchange() -> AsyncIterator[Loop]:
    """Measure a checkpoint for each call: most of it is the event loop's time."""
    async with ours("PULL", "PUSH") as (pull, push):
        yield exchanging(push.send, pull.recv)


@case(
    "two checkpoints of the loop, and no socket",
    event_loops=LOOPS,
    modules=NEEDED,
    others={ZMQ_ANYIO: exchange_zmq_anyio},
)
async def trio_checkpoints() -> AsyncIterator[Loop]:
    """Measure what the loop itself takes of `trio_exchange`: no socket can be faster.

    zmq-anyio does the exchange here, too: the factor is the most that can be reached
    where each call is a checkpoint.
    """
    from zmq.trio._loops import current_loop

    checkpoint = current_loop().checkpoint

    async def loop(count: int) -> None:
        for _ in range(count):
            await checkpoint()
            await checkpoint()

    yield loop


@case(
    "trio send + recv with turn_budget = 3",
    Faster(ZMQ_ANYIO, 10),
    event_loops=LOOPS,
    modules=NEEDED,
    others={ZMQ_ANYIO: exchange_zmq_anyio},
)
async def trio_exchange_within_budget() -> AsyncIterator[Loop]:
    """Measure what is left where others run every 3 ms only, as in zmq.asyncio."""
    async with ours("PULL", "PUSH") as (pull, push):
        pull.turn_budget = push.turn_budget = 3
        yield exchanging(push.send, pull.recv)


async def requests(client: Any, server: Any, count: int) -> None:
    """Ask a server in another task; each is a pair of a send and a recv."""
    import anyio

    async def answer() -> None:
        send, receive = server
        for _ in range(count):
            await send(await receive())

    async with anyio.create_task_group() as group:
        group.start_soon(answer)
        await exchanging(*client)(count)


async def req_rep_zmq_anyio() -> AsyncIterator[Loop]:
    """Do with zmq-anyio what `trio_req_rep` does."""
    async with theirs("REP", "REQ") as (rep, req):
        yield partial(requests, (req.asend, req.arecv), (rep.asend, rep.arecv))


@case(
    "trio REQ/REP between two tasks",
    Faster(ZMQ_ANYIO, 4),
    event_loops=LOOPS,
    modules=NEEDED,
    others={ZMQ_ANYIO: req_rep_zmq_anyio},
)
async def trio_req_rep() -> AsyncIterator[Loop]:
    """Switch between tasks for every message."""
    async with ours("REP", "REQ") as (rep, req):
        yield partial(requests, (req.send, req.recv), (rep.send, rep.recv))


async def tcp_stream_zmq_anyio() -> AsyncIterator[Loop]:
    """Do with zmq-anyio what `trio_tcp_stream` does: it takes one at a time."""
    async with theirs("PULL") as (pull,):
        port = pull.bind_to_random_port("tcp://127.0.0.1")
        with peer("flood", f"tcp://127.0.0.1:{port}"):
            await pull.arecv()

            async def loop(count: int) -> None:
                for _ in range(count):
                    await pull.arecv()

            yield loop


@case(
    "trio: a 100 B tcp stream, by recv_many",
    Faster(ZMQ_ANYIO, 10),
    event_loops=LOOPS,
    modules=NEEDED,
    others={ZMQ_ANYIO: tcp_stream_zmq_anyio},
)
async def trio_tcp_stream() -> AsyncIterator[Loop]:
    """Receive, many at once, from a process that sends as fast as it can."""
    async with ours("PULL") as (pull,):
        port = pull.bind_to_random_port("tcp://127.0.0.1")
        with peer("flood", f"tcp://127.0.0.1:{port}"):
            await pull.recv()

            async def loop(count: int) -> None:
                left = count
                while left:
                    left -= len(await pull.recv_many(min(left, 100)))

            yield loop
