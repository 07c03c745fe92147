"""Tests that are coroutines run on asyncio's own loop, and on uvloop."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
from collections.abc import Iterator
from typing import Any, Callable

import pytest

import zmq
import zmq.asyncio


@pytest.fixture(params=["asyncio", "uvloop"])
def new_loop(request: pytest.FixtureRequest) -> Callable[[], asyncio.AbstractEventLoop]:
    """What makes an event loop: of each kind in turn."""
    if request.param == "uvloop":
        uvloop = pytest.importorskip("uvloop")
        return uvloop.new_event_loop  # type: ignore[no-any-return]
    return asyncio.new_event_loop


@pytest.fixture
def unhandled() -> list[dict[str, Any]]:
    """What reached the exception handler of the loop; a test fails if anything did."""
    return []


@pytest.fixture
def loop(
    new_loop: Callable[[], asyncio.AbstractEventLoop], unhandled: list[Any]
) -> Iterator[asyncio.AbstractEventLoop]:
    """A new event loop that does not run."""
    loop = new_loop()
    loop.set_exception_handler(lambda _, context: unhandled.append(context))
    yield loop
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks))
    gc.collect()  # "exception was never retrieved" is said then
    loop.close()
    assert not unhandled


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that are coroutines."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    coroutine = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})
    pyfuncitem.funcargs["loop"].run_until_complete(coroutine)
    return True


@pytest.fixture
def context() -> Iterator[zmq.asyncio.Context]:
    """A new context of asynchronous sockets."""
    with zmq.Context() as original:
        ctx = zmq.asyncio.Context(original)
        yield ctx
        original.destroy(linger=0)


@pytest.fixture
def pair(socket_pair: Any) -> tuple[zmq.asyncio.Socket, zmq.asyncio.Socket]:
    """A PUSH and a PULL socket without limit."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=0, rcvhwm=0)
    return push, pull


@pytest.fixture(scope="session")
def torture() -> int:
    """How much longer than usual to go on; see ZMQ_TORTURE."""
    return int(os.environ.get("ZMQ_TORTURE", "1"))
