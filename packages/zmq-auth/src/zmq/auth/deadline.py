"""Waiting for the user's own code, but not for ever, whatever it does."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable
from typing import Any, TypeVar

from zmq.sugar.timeouts import duration_argument

from . import loops

T = TypeVar("T")


class DeadlineError(Exception):
    """The user's code took too long to tell; the client may try again."""


class CheckCancelledError(Exception):
    """The user's code was cancelled, by itself or by somebody else."""


class CheckExitError(Exception):
    """The user's code has raised SystemExit, which would end the event loop."""


# Tasks that were cancelled and have not ended yet. The event loop refers to tasks
# weakly.
_leaving: set[asyncio.Task[Any]] = set()


def deadline_argument(name: str, seconds: float) -> float:
    """Check for how long the user's own code is waited for."""
    given = duration_argument(name, seconds, "seconds")
    if given == 0 or math.isinf(given):
        raise ValueError(f"{name}={seconds!r} must be more than 0 s, and finite")
    return float(given)


async def within(timeout: float, awaitable: Awaitable[T]) -> T:
    """Await something for `timeout` seconds at most.

    ``asyncio.wait_for`` would wait until it has ended after it was cancelled; this
    returns at the deadline also where the cancellation is ignored.

    :raises DeadlineError: when there is no result by then.
    :raises CheckCancelledError: when it was cancelled by anybody else.
    """
    if loops.is_trio():
        from . import trio_waits

        results = await trio_waits.apart(timeout, _contain(awaitable))
        if not results:
            raise DeadlineError(f"no answer within {timeout} s")
        return results[0]
    task: asyncio.Task[T] = asyncio.ensure_future(_contain(awaitable))
    try:
        done, _ = await asyncio.wait({task}, timeout=timeout)
    finally:
        if not task.done():
            _leaving.add(task)
            task.add_done_callback(_forget)
            task.cancel()
    if not done:
        raise DeadlineError(f"no answer within {timeout} s")
    if task.cancelled():
        raise CheckCancelledError("cancelled before it gave an answer")
    return task.result()


async def _contain(awaitable: Awaitable[T]) -> T:
    try:
        return await awaitable
    except SystemExit as error:
        raise CheckExitError("raised SystemExit in place of an answer") from error


def _forget(task: asyncio.Task[Any]) -> None:
    _leaving.discard(task)
    if not task.cancelled():
        # looked at, so that asyncio does not complain that nobody did
        task.exception()
