"""How often trio turns while tasks wait."""

from __future__ import annotations

import contextlib
from typing import Any

import trio

import zmq
import zmq.trio

#: Turns of trio that are waited for, and the seconds that they take at least, and at
#: most: a sender that is refused looks again every 20 ms, after five shorter pauses.
TURNS, LEAST, MOST = 40, 0.5, 6


class Turns(trio.abc.Instrument):
    """Counts the turns of trio."""

    def __init__(self) -> None:
        self.left = TURNS
        self.over = trio.Event()

    def before_io_wait(self, timeout: float) -> None:
        self.left -= 1
        if self.left == 0:
            self.over.set()


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
        began = trio.current_time()
        trio.lowlevel.add_instrument(turns)
        with trio.fail_after(MOST):
            await turns.over.wait()
        trio.lowlevel.remove_instrument(turns)
        await until_waiting(publisher)
        nursery.cancel_scope.cancel()
    assert trio.current_time() - began > LEAST
