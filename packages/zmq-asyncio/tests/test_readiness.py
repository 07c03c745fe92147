"""Cancelling a wait for peers, or for subscribers, loses nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.fixtures.waiting import turns

import zmq
import zmq.asyncio


@pytest.mark.parametrize("method", ["wait_connected", "wait_subscribed"])
async def test_cancelled(loop: Any, context: Any, method: str) -> None:
    with context.socket(zmq.XPUB, track_peers=True) as xpub:
        xpub.bind("tcp://127.0.0.1:0")
        with context.socket(zmq.SUB) as sub:
            sub.subscribe("a")
            sub.connect(xpub.last_endpoint)
            await xpub.wait_subscribed("a", timeout=10)
            for count in range(30):
                waiting = asyncio.ensure_future(getattr(xpub, method)(n=2))
                await turns(count)
                waiting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await waiting
            assert await asyncio.wait_for(xpub.recv(), 5) == b"\1a"
            assert await asyncio.wait_for(xpub.wait_connected(), 5)


async def test_two_tasks(loop: Any, context: Any) -> None:
    with context.socket(zmq.PUB, track_peers=True) as pub:
        pub.bind("tcp://127.0.0.1:0")
        with context.socket(zmq.SUB) as sub:
            waiting = asyncio.gather(
                pub.wait_subscribed("b", timeout=10),
                pub.wait_subscribed("a", timeout=10),
                pub.wait_connected(timeout=10),
            )
            await turns()
            sub.connect(pub.last_endpoint)
            sub.subscribe("a")
            sub.subscribe("b")
            await waiting


async def test_closed_while_it_is_flushed(loop: Any, context: Any) -> None:
    push = context.socket(zmq.PUSH, track_peers=True)
    push.connect("tcp://127.0.0.1:9")
    await push.send(b"x")
    closing = asyncio.ensure_future(push.aclose(flush=0.2))
    await turns()
    push.close()
    with pytest.raises(zmq.TimedOut):
        await closing


async def test_flush_waits_for_sends(loop: Any, context: Any) -> None:
    push = context.socket(zmq.PUSH)
    push.bind("tcp://127.0.0.1:0")
    sending = [push.send(b"%d" % i) for i in range(3)]
    closing = asyncio.ensure_future(push.aclose(flush=10))
    await turns(20)
    assert not closing.done()
    with context.socket(zmq.PULL) as pull:
        pull.connect(push.last_endpoint)
        await closing
        for i, one in enumerate(sending):
            assert await one is None
            assert await asyncio.wait_for(pull.recv(), 5) == b"%d" % i


async def test_sends_that_still_wait(loop: Any, context: Any) -> None:
    push = context.socket(zmq.PUSH)
    push.bind("tcp://127.0.0.1:0")
    sending = push.send(b"x")
    with pytest.raises(zmq.TimedOut, match="1 sends still had to wait"):
        await push.aclose(flush=0.05)
    assert sending.cancelled()
    assert push.closed
