"""How often trio turns while tasks wait."""

from __future__ import annotations

import contextlib
from typing import Any

import trio

import zmq
import zmq.trio

#: Seconds for which turns are counted.
COUNTED = 0.5
#: A sender that is refused looks again every 20 ms, after five shorter pauses.
LOOKS = 30


class Turns(trio.abc.Instrument):
    """Counts the turns of trio."""

    count = 0

    def before_io_wait(self, timeout: float) -> None:
        self.count += 1


async def test_a_send_that_is_refused(
    make_socket: Any, endpoint: Any, until_waiting: Any
) -> None:
    """What its attempts leave, for other peers, does not wake the sender itself."""
    publisher = make_socket(zmq.XPUB, sndhwm=1, xpub_nodrop=1)
    subscriber = make_socket(zmq.SUB, rcvhwm=1)
    publisher.bind(endpoint("inproc"))
    subscriber.subscribe(b"")
    subscriber.connect(publisher.last_endpoint.decode())
    await publisher.recv()
    with contextlib.suppress(zmq.Again):
        while True:
            await publisher.send(b"", zmq.DONTWAIT)
    turns = Turns()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(publisher.send, b"")
        await until_waiting(publisher)
        trio.lowlevel.add_instrument(turns)
        await trio.sleep(COUNTED)
        trio.lowlevel.remove_instrument(turns)
        await until_waiting(publisher)
        nursery.cancel_scope.cancel()
    assert LOOKS / 10 < turns.count < LOOKS + 10
