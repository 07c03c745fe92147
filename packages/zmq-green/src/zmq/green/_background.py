"""Blocking work in a thread of the system, while only the greenlet waits."""

from __future__ import annotations

import math
from contextlib import suppress

from zmq.green._gevent import get_hub, start_new_thread
from zmq.green._waiter import Waiter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")


def run_in_thread(
    function: Callable[[], T],
    cancel: Callable[[], object] | None = None,
    deadline: float = math.inf,
) -> T:
    """Call a function in a thread of its own; return or raise what it does.

    :param function: is called without arguments.
    :param cancel: makes the function return soon. It is called when the greenlet is
        killed or timed out meanwhile, which then takes effect after the function has
        returned. Without it, the function is left alone, and nobody learns its result.
    :param deadline: when to leave it alone, by the monotonic clock.
    :raises TimeoutError: at the deadline.
    """
    hub = get_hub()
    waiter = Waiter(hub)
    ended = hub.loop.async_()
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(function())
        except BaseException as error:
            errors.append(error)
        with suppress(Exception):  # without a hub, nobody waits any more
            ended.send()

    ended.start(waiter.wake)
    try:
        start_new_thread(work, ())
        _until_woken(waiter, deadline)
    except BaseException:
        if cancel is not None:
            cancel()
            _outlast(waiter)
        raise
    finally:
        ended.close()
    if errors:
        raise errors[0]
    return results[0]


def _until_woken(waiter: Waiter, deadline: float) -> None:
    # Not in the "try": CPython 3.12 to 3.14 skip its end when a signal handler raises
    # as a loop jumps back on a condition.
    while not waiter.woken:
        if not waiter.sleep(deadline):
            raise TimeoutError("the function has not returned by the deadline")


def _outlast(waiter: Waiter) -> None:
    # What the thread uses must not be used by others before it has returned.
    while not waiter.woken:
        with suppress(BaseException):  # the greenlet is ending already
            waiter.sleep(math.inf)
