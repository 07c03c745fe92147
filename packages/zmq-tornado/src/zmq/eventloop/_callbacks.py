"""Calling back, where the callback may be a coroutine, and may fail."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from itertools import starmap
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST = (-1,)


class NotCallableError(TypeError, AssertionError):
    """A callback cannot be called.

    An AssertionError too, since that is what pyzmq 27 raised.
    """


def require_callable(callback: object) -> None:
    """Refuse, while the mistake can still be seen, what cannot be called back."""
    if callback is not None and not callable(callback):
        raise NotCallableError(f"callback must be callable, or None, got {callback!r}")


def run(
    loop: asyncio.AbstractEventLoop,
    owner: object,
    callback: Callable[..., Any],
    *args: Any,
) -> bool:
    """Call back; what fails goes to the exception handler of the loop.

    :returns: whether the callback is finished, and not a coroutine that goes on.
    """
    return _run(loop, owner, callback, starmap(callback, (args,)))


def run_with(
    loop: asyncio.AbstractEventLoop,
    owner: object,
    callback: Callable[[Any], Any],
    kept: list[Any],
) -> bool:
    """Call back with the one thing that `kept` has, which is empty from the call on.

    Between both there is no step of Python, where a signal handler could raise: it is
    in the list still, or the callback has got it.

    :returns: as :func:`run`.
    """
    return _run(loop, owner, callback, map(callback, map(kept.pop, _LAST)))


def _run(
    loop: asyncio.AbstractEventLoop,
    owner: object,
    callback: Callable[..., Any],
    calls: Iterator[Any],
) -> bool:
    try:
        result = next(calls)
    except Exception as error:
        report(loop, owner, callback, error)
        return True
    if result is None or not isawaitable(result):
        return True
    future = asyncio.ensure_future(result, loop=loop)
    future.add_done_callback(_Reporter(loop, owner, callback))
    return future.done()


def report(
    loop: asyncio.AbstractEventLoop,
    owner: object,
    callback: object,
    error: BaseException,
) -> None:
    """Hand an exception to the exception handler of the loop.

    :param callback: what has raised it; None for a send.
    """
    what = "a send" if callback is None else f"callback {callback!r}"
    loop.call_exception_handler(
        {
            "message": f"Exception in {what} of {owner!r}",
            "exception": error,
        }
    )


class _Reporter:
    """Reports how a coroutine has failed."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, owner: object, callback: object
    ) -> None:
        self._loop = loop
        self._owner = owner
        self._callback = callback

    def __call__(self, future: asyncio.Future[Any]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            report(self._loop, self._owner, self._callback, error)
