"""The future of a ``poll`` that has to wait."""

# One engine in several files; see _waiters for the other comments of this kind.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from zmq._engine._answer import Answer

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket


class Polling(Answer[int]):
    """The future of ``poll``: nothing is taken, so nothing can be lost."""

    __slots__ = ("_flags", "_socket", "_timer")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, sock: TypedSocket, flags: int
    ) -> None:
        super().__init__(loop=loop)
        self._socket = sock
        self._flags = flags
        self._timer: asyncio.TimerHandle | None = None

    def notice(self, events: int) -> bool:
        """Look whether it is over; `events` are those of the socket."""
        if not self.done() and events & self._flags:
            self.finish(events & self._flags)
        return self.done()

    def finish(self, found: int) -> None:
        """End with what was found."""
        if self._timer is not None:
            self._timer.cancel()
        self.set_result(found)

    def expire(self) -> None:
        """Note that the time is over."""
        if not self.done():
            self.set_result(0)
            self._leave()

    def fail(self, error: BaseException) -> None:
        """End with an exception."""
        self.set_exception(error)
        self._leave()

    def end(self) -> None:
        """End because the socket is closed."""
        self.cancel()

    def cancel(self, msg: Any = None) -> bool:
        """Give up.

        :param msg: passed on to the :class:`asyncio.CancelledError`.
        """
        if not super().cancel(msg):
            return False
        self._leave()
        return True

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._socket._waiters.forget_poll(self._socket, self)  # pyright: ignore[reportArgumentType]
