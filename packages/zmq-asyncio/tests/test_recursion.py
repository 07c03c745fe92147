"""Near the end of the stack: what raises RecursionError leaves the socket as it was."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.depths import each_depth

import zmq
import zmq.asyncio

pytestmark = pytest.mark.skipif(
    sys.implementation.name == "pypy",
    reason="its stack ends by its size, not after so many calls",
)

BEGIN: dict[str, Callable[[Any], Any]] = {
    "recv": lambda sock: sock.recv(),
    "recv_multipart": lambda sock: sock.recv_multipart(),
    "poll": lambda sock: sock.poll(1000),
}


async def after(call: Any, begin: Any, at_once: bool) -> None:
    """Wait for a socket once near the end of the stack, and then as ever."""
    with zmq.asyncio.Context() as context:
        receiver = context.socket(zmq.PULL)
        sender = zmq.Socket(context, zmq.PUSH)
        receiver.bind("inproc://deep")
        sender.connect("inproc://deep")
        if at_once:
            sender.send(b"first")
        begun = None
        with contextlib.suppress(RecursionError):
            begun = call(lambda: begin(receiver))
        if begun is not None:
            begun.cancel()
        await asyncio.sleep(0)
        if at_once:
            assert await asyncio.wait_for(receiver.recv(), 10) == b"first"
        # More than may be received before the loop is to turn.
        received = asyncio.ensure_future(receiver.recv())
        await asyncio.sleep(0)
        sender.send(b"second")
        assert await asyncio.wait_for(received, 10) == b"second"
        sender.close()
        receiver.close()
        context.term(timeout=5)


@pytest.mark.filterwarnings("ignore:.*never awaited:RuntimeWarning")
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("begin", BEGIN.values(), ids=BEGIN)
def test_waiting_goes_on(begin, at_once):
    """No later receive waits for ever, and no context."""
    for call in each_depth(70):
        asyncio.run(after(call, begin, at_once))
