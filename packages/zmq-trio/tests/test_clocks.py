"""Timeouts go by the clock of the run, which tests may move."""

from __future__ import annotations

from typing import Any

import pytest
import trio
from trio.testing import MockClock

import zmq
import zmq.trio


async def receive(sock: Any, seconds: float) -> None:
    sock.rcvtimeo = int(seconds * 1000)
    with pytest.raises(zmq.Again):
        await sock.recv()


async def poll(sock: Any, seconds: float) -> None:
    assert not await sock.poll(seconds * 1000)


async def poll_by_poller(sock: Any, seconds: float) -> None:
    poller = zmq.trio.Poller()
    poller.register(sock, zmq.POLLIN)
    assert not await poller.poll(seconds * 1000)


async def wait_connected(sock: Any, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        await sock.wait_connected(timeout=seconds)


async def wait_subscribed(sock: Any, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        await sock.wait_subscribed(timeout=seconds)


@pytest.mark.parametrize(
    ("action", "seconds"),
    [
        (receive, 1000),
        (poll, 1000),
        (poll_by_poller, 1000),
        (wait_connected, 1000),
        (wait_subscribed, 0.5),  # which looks from time to time
    ],
)
def test_mock_clock(action: Any, seconds: float) -> None:
    async def measure() -> float:
        async with zmq.trio.Context() as context:
            sock = context.socket(zmq.XPUB, track_peers=True)
            sock.bind("tcp://127.0.0.1:0")
            before = trio.current_time()
            await action(sock, seconds)
            return trio.current_time() - before

    passed = trio.run(measure, clock=MockClock(autojump_threshold=0))
    assert passed == pytest.approx(seconds)
