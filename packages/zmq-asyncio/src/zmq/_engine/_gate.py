"""What a task sleeps at until it is its turn."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from contextvars import Context

_CLOSED, _OPEN, _CANCELLED = range(3)  # the states of a gate


class Gate:
    """A future whose task goes on at once when it is opened, for event loops to open.

    A loop that has heard of a message would have to turn once more, and ask the system
    for other events, if the task were only scheduled, as by :class:`asyncio.Future`.
    """

    __slots__ = (
        "_asyncio_future_blocking",  # asyncio.isfuture asks for it
        "_callback",
        "_context",
        "_loop",
        "_message",
        "_state",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._asyncio_future_blocking = False
        self._state = _CLOSED
        self._callback: Callable[[Gate], object] | None = None
        self._context: Context | None = None
        self._message: object = None

    def open(self, at_once: bool = False) -> None:
        """Have the task go on.

        :param at_once: before this returns. The caller is a callback of the loop then,
            and no task is at work.
        """
        self._state = _OPEN
        self._go_on(at_once and asyncio.current_task(self._loop) is None)

    def _go_on(self, at_once: bool = False) -> None:
        callback, self._callback = self._callback, None
        if callback is None:
            return
        if not at_once or self._context is None:
            self._loop.call_soon(callback, self, context=self._context)
            return
        try:
            self._context.run(callback, self)
        except BaseException as error:
            # Such as KeyboardInterrupt: it ends the loop, and not whatever its callback
            # has still to do.
            self._loop.call_soon(_raise, error)

    # What a task needs of a future

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop of the task."""
        return self._loop

    def add_done_callback(
        self, fn: Callable[[Gate], object], *, context: Context | None = None
    ) -> None:
        """Have the task's own function called once; only one task can sleep here."""
        self._callback = fn
        self._context = context
        if self._state != _CLOSED:  # by a signal handler just before
            self._go_on()

    def done(self) -> bool:
        """Whether the task goes on, or has been cancelled."""
        return self._state != _CLOSED

    def result(self) -> None:
        """Return, or raise when it was cancelled."""
        if self._state == _CANCELLED:
            raise asyncio.CancelledError(*([self._message] if self._message else []))

    def cancel(self, msg: object = None) -> bool:
        """Have the task go on with a :class:`asyncio.CancelledError`."""
        if self._state != _CLOSED:
            return False
        self._state = _CANCELLED
        self._message = msg
        self._go_on()
        return True

    def __await__(self) -> Generator[Gate, None, None]:
        if self._state == _CLOSED:
            self._asyncio_future_blocking = True
            yield self
        self.result()

    __iter__ = __await__


def _raise(error: BaseException) -> None:
    raise error
