"""Random sequences of calls of asynchronous sockets, held against a simple model.

Short by default; ZMQ_TORTURE=50 makes a hundred times as many.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import pytest

stateful = pytest.importorskip("hypothesis.stateful")

from hypothesis import strategies as st  # noqa: E402
from hypothesis.stateful import (  # noqa: E402
    RuleBasedStateMachine,
    precondition,
    rule,
)

import zmq  # noqa: E402
import zmq.asyncio  # noqa: E402
from tests.torture.machines import LIMITS  # noqa: E402

pytestmark = pytest.mark.timeout(3600)


class EngineMachine(RuleBasedStateMachine):
    """Futures of an event loop: by cancelling them nothing is lost or reordered."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.context = zmq.asyncio.Context()
        self.push = self.context.socket(zmq.PUSH)
        self.pull = self.context.socket(zmq.PULL)
        self.push.sndhwm = self.pull.rcvhwm = 0
        self.pull.bind("inproc://engine")
        self.push.connect("inproc://engine")
        self.sent = 0
        self.seen = 0
        self.waiting: deque[asyncio.Future[bytes]] = deque()

    def teardown(self) -> None:
        for future in self.waiting:
            future.cancel()
        self.context.destroy(linger=0)
        self.turn()
        self.loop.close()

    def turn(self, times: int = 3) -> None:
        """Let the event loop turn."""

        async def turns() -> None:
            for _ in range(times):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turns())

    def call(self, function: Any, *args: Any) -> Any:
        async def inside() -> Any:
            return [function(*args)]

        return self.loop.run_until_complete(inside())[0]

    @rule(n=st.integers(1, 4))
    def send(self, n: int) -> None:
        for _ in range(n):
            self.call(self.push.send, b"%d" % self.sent)
            self.sent += 1

    @rule(watched=st.booleans())
    def receive(self, watched: bool) -> None:
        future = self.call(self.pull.recv)
        if watched:
            self.call(future.add_done_callback, lambda _: None)
        self.waiting.append(future)

    @precondition(lambda self: self.waiting)
    @rule(times=st.integers(1, 3))
    def look(self, times: int) -> None:
        self.turn(times)
        self.collect()

    def collect(self) -> None:
        while self.waiting and self.waiting[0].done():
            future = self.waiting.popleft()
            if not future.cancelled():
                assert future.result() == b"%d" % self.seen
                self.seen += 1

    @precondition(lambda self: self.waiting)
    @rule()
    def cancel_the_last(self) -> None:
        self.call(self.waiting.pop().cancel)

    @precondition(lambda self: self.waiting)
    @rule()
    def cancel_all(self) -> None:
        self.collect()
        # As gather() does; what they have goes back in its order.
        for future in list(self.waiting):
            self.call(future.cancel)
        self.waiting.clear()

    @rule()
    def drain(self) -> None:
        self.collect()
        for future in list(self.waiting):
            self.call(future.cancel)
        self.waiting.clear()

        async def receive() -> None:
            while self.seen < self.sent:
                received = await asyncio.wait_for(self.pull.recv(), 5)
                assert received == b"%d" % self.seen
                self.seen += 1

        self.loop.run_until_complete(receive())


def test_engine() -> None:
    stateful.run_state_machine_as_test(EngineMachine, settings=LIMITS)
