"""Waiting in trio for the user's own code; see `zmq.auth.loops`."""

from __future__ import annotations

from collections.abc import Awaitable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from typing import Any, Callable, TypeVar

import trio

T = TypeVar("T")


def spawn(function: Callable[[], Awaitable[None]], name: str) -> trio.CancelScope:
    """Run a coroutine function as a task of the run; it must not raise.

    The task belongs to no nursery of the user's, so that none has to wait for code that
    ignores its cancellation. It is cancelled when the program's main task has ended.

    :returns: what cancels it.
    """
    scope = trio.CancelScope()

    async def run() -> None:
        with scope:
            await function()

    trio.lowlevel.spawn_system_task(run, name=name, context=copy_context())
    return scope


async def apart(timeout: float, awaitable: Awaitable[T]) -> list[T]:
    """Return ``[result]``, or nothing when there is none within `timeout` seconds."""
    ended = trio.Event()
    results: list[T] = []
    errors: list[BaseException] = []

    async def run() -> None:
        try:
            results.append(await awaitable)
        except (trio.Cancelled, GeneratorExit):
            raise
        except BaseException as error:  # raised here it would end the run
            errors.append(error)
        finally:
            ended.set()

    scope = spawn(run, "zmq.auth.check")
    try:
        with trio.move_on_after(timeout):
            await ended.wait()
    finally:
        scope.cancel()
    for error in errors:
        if isinstance(error, Exception):
            raise error
        name = type(error).__name__
        raise RuntimeError(f"raised {name} in place of an answer") from error
    return results


async def result_of(future: Future[T]) -> T:
    """Return what a thread puts into a future, or raise that."""
    ended = trio.Event()
    token = trio.lowlevel.current_trio_token()

    def tell(_: Any) -> None:
        with suppress(trio.RunFinishedError):
            token.run_sync_soon(ended.set)

    future.add_done_callback(tell)
    try:
        await ended.wait()
    except trio.Cancelled:
        future.cancel()
        raise
    return future.result()
