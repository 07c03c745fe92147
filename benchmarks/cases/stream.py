"""Tornado's callbacks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from benchmarks.registry import Loop, case
from benchmarks.sockets import inproc_pair
from benchmarks.targets import PYZMQ, Faster

LOOPS = ("asyncio", "uvloop")
NEEDED = ("tornado", "zmq.eventloop.zmqstream")


async def callbacks(through_stream: bool) -> AsyncIterator[Loop]:
    """Have each callback send the message that the next one receives."""
    import asyncio

    from zmq.eventloop.zmqstream import ZMQStream

    with inproc_pair() as (sender, receiver):
        stream, outgoing = ZMQStream(receiver), ZMQStream(sender)
        send: Callable[[list[bytes]], Any] = sender.send_multipart
        if through_stream:
            send = outgoing.send_multipart
        left = 0
        finished = asyncio.Event()

        def receive(message: list[bytes]) -> None:
            nonlocal left
            left -= 1
            if left:
                send(message)
            else:
                finished.set()

        async def loop(count: int) -> None:
            nonlocal left
            left = count
            finished.clear()
            send([bytes(16)])
            await finished.wait()

        stream.on_recv(receive)
        yield loop
        stream.close()
        outgoing.close()


@case(
    "ZMQStream callback loop, sending on the socket",
    Faster(PYZMQ, 4),
    event_loops=LOOPS,
    modules=NEEDED,
)
def stream_recv() -> AsyncIterator[Loop]:
    """Measure receiving through callbacks."""
    return callbacks(through_stream=False)


@case(
    "ZMQStream callback loop, sending on a stream",
    Faster(PYZMQ, 4),
    event_loops=LOOPS,
    modules=NEEDED,
)
def stream_both() -> AsyncIterator[Loop]:
    """Measure receiving and sending through the event loop."""
    return callbacks(through_stream=True)
