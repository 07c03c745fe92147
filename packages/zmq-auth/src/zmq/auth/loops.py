"""What differs between asyncio and trio in waiting for the user's own code."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def is_trio() -> bool:
    """Tell whether trio runs the task that calls this, and not asyncio."""
    if "trio" not in sys.modules:
        return False
    # A task of asyncio's may run in a loop that trio runs (trio-asyncio), and trio may
    # be the guest of a loop, which runs it in no task.
    try:
        return asyncio.current_task() is None
    except RuntimeError:
        return True  # no loop of asyncio's runs here


async def result_of(future: Future[T]) -> T:
    """Return what a thread puts into a future, or raise that.

    Cancelled, it cancels the future as well.
    """
    if is_trio():
        from . import trio_waits

        return await trio_waits.result_of(future)
    return await asyncio.wrap_future(future)


async def pause(seconds: float) -> None:
    """Let others run for so long."""
    if is_trio():
        import trio

        await trio.sleep(seconds)
    else:
        await asyncio.sleep(seconds)
