"""Tests that are coroutines run in a loop of tornado."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from tornado.ioloop import IOLoop

import zmq
from zmq.eventloop.zmqstream import ZMQStream


@pytest.fixture(params=["asyncio", "uvloop"])
def io_loop(request: pytest.FixtureRequest) -> Iterator[IOLoop]:
    """A tornado loop, on top of each kind of loop in turn, that does not run."""
    from tornado.platform.asyncio import AsyncIOLoop

    if request.param == "uvloop":
        loop = pytest.importorskip("uvloop").new_event_loop()
    else:
        loop = asyncio.new_event_loop()

    io_loop = AsyncIOLoop(asyncio_loop=loop, make_current=False)
    io_loop.unhandled = []
    loop.set_exception_handler(
        lambda _, context: io_loop.unhandled.append(context["exception"])
    )
    yield io_loop
    gc.collect()
    unhandled = io_loop.unhandled
    io_loop.close()
    assert not unhandled


@pytest.fixture
def turns() -> Callable[..., Awaitable[None]]:
    """Let the loop turn so many times."""

    async def turn(count: int = 20) -> None:
        for _ in range(count):
            await asyncio.sleep(0)

    return turn


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that are coroutines."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    pyfuncitem.funcargs["io_loop"].run_sync(
        lambda: pyfuncitem.obj(**arguments), timeout=30
    )
    return True


@pytest.fixture
def streams(io_loop: IOLoop, socket_pair: Any) -> Iterator[tuple[ZMQStream, ZMQStream]]:
    """The streams of a PUSH and of a PULL socket."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=0, rcvhwm=0)
    pair = ZMQStream(push, io_loop), ZMQStream(pull, io_loop)
    yield pair
    for stream in pair:
        stream.close(linger=0)


class Log(list):  # type: ignore[type-arg]
    """What callbacks were called with."""

    def __call__(self, *args: Any) -> None:
        self.append(args[0] if len(args) == 1 else args)

    async def has(self, count: int, timeout: float = 10) -> Log:
        """Wait for so many calls; return them, and forget them."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while len(self) < count:
            assert loop.time() < end, f"{count} calls expected, these came: {self}"
            await asyncio.sleep(0.001)
        calls = Log(self)
        self.clear()
        return calls


@pytest.fixture
def log() -> Log:
    """A callback that takes notes."""
    return Log()
