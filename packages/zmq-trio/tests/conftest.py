"""Tests that are coroutines run on trio, on asyncio and on uvloop, by AnyIO."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from tests.fixtures.waiting import until

import zmq

try:
    import anyio
    import trio  # noqa: F401 -- the tests need both
except ImportError:
    # Not skipped here: pytest takes that for an error where it is told this directory.
    collect_ignore_glob = ["test_*.py"]

#: Each kind of loop, as AnyIO names it, and its options.
LOOPS: dict[str, tuple[str, dict[str, Any]]] = {
    "trio": ("trio", {}),
    "asyncio": ("asyncio", {}),
    "uvloop": ("asyncio", {"use_uvloop": True}),
}


def pytest_report_header() -> str | None:
    """Tell of what is left out."""
    return (
        "zmq-trio: left out, no trio or no anyio" if "trio" not in globals() else None
    )


@pytest.fixture(params=LOOPS)
def loop(request: pytest.FixtureRequest) -> str:
    """The name of each kind of loop in turn: it runs the test."""
    if request.param == "uvloop":
        pytest.importorskip("uvloop")
    return str(request.param)


@pytest.fixture
def run(loop: str) -> Callable[..., Any]:
    """Run a coroutine function in a loop of this kind, in any thread."""
    backend, options = LOOPS[loop]

    def run(function: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        return anyio.run(function, *args, backend=backend, backend_options=options)

    return run


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that are coroutines; one that wants no loop runs in trio."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    backend, options = LOOPS[arguments.get("loop", "trio")]
    errors: list[BaseException] = []

    async def scenario() -> None:
        try:
            with anyio.fail_after(50):
                await pyfuncitem.obj(**arguments)
        except BaseException as error:
            errors.append(error)  # an outcome of pytest's is to end this test only

    anyio.run(scenario, backend=backend, backend_options=options)
    if errors:
        raise errors[0]
    return True


@pytest.fixture
def context() -> Iterator[Any]:
    """A new context of coroutine sockets, destroyed with linger 0 after the test."""
    import zmq.trio

    ctx = zmq.trio.Context()
    yield ctx
    ctx.destroy(linger=0)


@pytest.fixture
def pair(socket_pair: Any) -> Any:
    """A PUSH and a PULL socket without limit."""
    return socket_pair(zmq.PUSH, zmq.PULL, sndhwm=0, rcvhwm=0)


@pytest.fixture
def until_waiting() -> Callable[..., Awaitable[None]]:
    """Return when as many as `until_waiting(socket, count)` says wait for a socket."""

    async def wait(socket: Any, count: int = 1) -> None:
        def waiting() -> int:
            channels = socket.__dict__.get("_channels", {})
            return sum(channel.waiting for channel in list(channels.values()))

        await until(lambda: waiting() == count)

    return wait
