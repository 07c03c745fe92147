"""The flavours of sockets, each behind one small adapter.

The tests are coroutines, written once. What they await goes through the adapter: from
a synchronous socket it is the result itself, from the others a future of it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

import zmq
from tests.fixtures.waiting import turns

Scenario = Callable[..., Coroutine[Any, Any, Any]]


class Started(Protocol):
    """A scenario that runs beside the test."""

    async def result(self) -> Any:
        """Wait for its end; return or raise what it did."""

    def waits(self) -> bool:
        """Whether it has not ended yet."""


class Flavour(Protocol):
    """What a flavour of sockets has to offer to the tests."""

    name: str
    #: Whether what blocks returns a future.
    asynchronous: bool

    @property
    def context_class(self) -> type[zmq.Context[Any]]: ...

    @property
    def poller_class(self) -> type[zmq.Poller]: ...

    def run(self, scenario: Scenario) -> Any:
        """Run a scenario to its end."""

    async def get(self, answer: Any) -> Any:
        """Wait for what a method of a socket has returned."""

    def start(self, scenario: Scenario, *args: Any) -> Started:
        """Run a scenario beside the one that calls this."""

    async def turn(self) -> None:
        """Let what has been started begin, and go on."""


# ---- synchronous ---------------------------------------------------------------------


def drive(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never really waits."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise RuntimeError("a synchronous scenario has awaited a future")


class _Thread:
    def __init__(self, scenario: Scenario, *args: Any) -> None:
        self._scenario = scenario
        self._args = args
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = drive(self._scenario(*self._args))
        except BaseException as error:
            self._error = error

    async def result(self) -> Any:
        self._thread.join(10)
        if self._thread.is_alive():
            raise TimeoutError(f"{self._scenario} still runs after 10 s")
        if self._error is not None:
            raise self._error
        return self._result

    def waits(self) -> bool:
        self._thread.join(0.02)
        return self._thread.is_alive()


class Synchronous:
    """``zmq`` itself, with threads: the reference that proves the tests."""

    name = "sync"
    asynchronous = False
    context_class: type[zmq.Context[Any]] = zmq.Context
    poller_class = zmq.Poller

    def run(self, scenario: Scenario) -> Any:
        return drive(scenario())

    async def get(self, answer: Any) -> Any:
        return answer

    def start(self, scenario: Scenario, *args: Any) -> Started:
        return _Thread(scenario, *args)

    async def turn(self) -> None:
        """Do nothing: it has begun already, and goes on whatever is done here."""


# ---- with futures --------------------------------------------------------------------


class _Task:
    def __init__(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._task = asyncio.ensure_future(coroutine)

    async def result(self) -> Any:
        return await asyncio.wait_for(self._task, 10)

    def waits(self) -> bool:
        return not self._task.done()


class Asyncio:
    """``zmq.asyncio`` on Python's own event loop."""

    name = "asyncio"
    asynchronous = True

    @property
    def context_class(self) -> type[zmq.Context[Any]]:
        import zmq.asyncio

        return zmq.asyncio.Context

    @property
    def poller_class(self) -> type[zmq.Poller]:
        import zmq.asyncio

        return zmq.asyncio.Poller

    def new_loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.new_event_loop()

    def run(self, scenario: Scenario) -> Any:
        loop = self.new_loop()
        unhandled: list[dict[str, Any]] = []
        loop.set_exception_handler(lambda _, context: unhandled.append(context))
        try:
            return loop.run_until_complete(scenario())
        finally:
            cancel_all(loop)
            loop.close()
            assert not unhandled

    async def get(self, answer: Awaitable[Any]) -> Any:
        return await answer

    def start(self, scenario: Scenario, *args: Any) -> Started:
        return _Task(scenario(*args))

    async def turn(self) -> None:
        await turns()


def cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what is left in a loop."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks))


class Uvloop(Asyncio):
    """``zmq.asyncio`` on uvloop."""

    name = "uvloop"

    def new_loop(self) -> asyncio.AbstractEventLoop:
        import uvloop

        loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
        return loop


class Tornado(Asyncio):
    """``zmq.eventloop.future`` in a loop of tornado."""

    name = "tornado"

    @property
    def context_class(self) -> type[zmq.Context[Any]]:
        from zmq.eventloop.future import Context

        return Context

    @property
    def poller_class(self) -> type[zmq.Poller]:
        from zmq.eventloop.future import Poller

        return Poller

    def run(self, scenario: Scenario) -> Any:
        from tornado.ioloop import IOLoop

        loop = IOLoop(make_current=False)
        try:
            return loop.run_sync(scenario, timeout=50)
        finally:
            loop.close()


# ---- with greenlets ------------------------------------------------------------------


class _Greenlet:
    def __init__(self, scenario: Scenario, *args: Any) -> None:
        import gevent

        self._scenario = scenario
        self._greenlet: Any = gevent.Greenlet(self._run, *args)
        self._error: BaseException | None = None
        self._greenlet.start()
        # As a thread would, and unlike a task, it has begun when this returns.
        gevent.sleep(0)

    def _run(self, *args: Any) -> Any:
        # What a greenlet raises is printed at once: only result() is to raise it.
        try:
            return drive(self._scenario(*args))
        except BaseException as error:
            self._error = error

    async def result(self) -> Any:
        self._greenlet.join(10)
        if not self._greenlet.ready():
            raise TimeoutError(f"{self._scenario} still runs after 10 s")
        if self._error is not None:
            raise self._error
        return self._greenlet.value

    def waits(self) -> bool:
        self._greenlet.join(0.02)
        return not self._greenlet.ready()


class Green:
    """``zmq.green``, with greenlets."""

    name = "green"
    asynchronous = False

    @property
    def context_class(self) -> type[zmq.Context[Any]]:
        import zmq.green

        return zmq.green.Context

    @property
    def poller_class(self) -> type[zmq.Poller]:
        import zmq.green

        return zmq.green.Poller

    def run(self, scenario: Scenario) -> Any:
        return drive(scenario())

    async def get(self, answer: Any) -> Any:
        return answer

    def start(self, scenario: Scenario, *args: Any) -> Started:
        return _Greenlet(scenario, *args)

    async def turn(self) -> None:
        """Do nothing: it has begun already, and goes on whatever is done here."""


# ---- with coroutines -----------------------------------------------------------------


class _AnyTask:
    """A task of AnyIO's, which tells of its end by an event."""

    def __init__(self, group: Any, scenario: Scenario, *args: Any) -> None:
        import anyio

        self._scenario = scenario
        self._args = args
        self._result: Any = None
        self._error: Exception | None = None
        self._ended = anyio.Event()
        group.start_soon(self._run)

    async def _run(self) -> None:
        # What a task raises cancels its siblings: only result() is to raise it.
        try:
            self._result = await self._scenario(*self._args)
        except Exception as error:
            self._error = error
        self._ended.set()

    async def result(self) -> Any:
        import anyio

        with anyio.fail_after(10):
            await self._ended.wait()
        if self._error is not None:
            raise self._error
        return self._result

    def waits(self) -> bool:
        return not self._ended.is_set()


class Coroutines:
    """``zmq.trio``, whatever runs its coroutines."""

    asynchronous = True

    def __init__(self, name: str, backend: str, **options: Any) -> None:
        self.name = name
        self._backend = backend
        self._options = options
        self._group: Any = None

    @property
    def context_class(self) -> type[zmq.Context[Any]]:
        import zmq.trio

        return zmq.trio.Context

    @property
    def poller_class(self) -> type[zmq.Poller]:
        import zmq.trio

        return zmq.trio.Poller

    def run(self, scenario: Scenario) -> Any:
        import anyio

        result: Any = None
        errors: list[BaseException] = []

        async def main() -> None:
            nonlocal result
            async with anyio.create_task_group() as self._group:
                try:
                    result = await scenario()
                except BaseException as error:
                    errors.append(error)  # else it would be in an ExceptionGroup
                self._group.cancel_scope.cancel()

        anyio.run(main, backend=self._backend, backend_options=self._options)
        if errors:
            raise errors[0]
        return result

    async def get(self, answer: Awaitable[Any]) -> Any:
        return await answer

    def start(self, scenario: Scenario, *args: Any) -> Started:
        return _AnyTask(self._group, scenario, *args)

    async def turn(self) -> None:
        from anyio.lowlevel import checkpoint

        for _ in range(2):  # trio shuffles those who go on in one turn
            await checkpoint()


FLAVOURS: list[Flavour] = [
    Synchronous(),
    Asyncio(),
    Uvloop(),
    Tornado(),
    Green(),
    Coroutines("trio", "trio"),
    Coroutines("anyio", "asyncio"),
    Coroutines("anyio-uvloop", "asyncio", use_uvloop=True),
]
NEEDED = {
    "green": "zmq.green",
    "asyncio": "zmq.asyncio",
    "uvloop": "uvloop",
    "tornado": "zmq.eventloop.future",
    "trio": "trio",
    "anyio": "anyio",
    "anyio-uvloop": "uvloop",
}
