"""Closing a coroutine socket."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from typing_extensions import Self

    from zmq.trio._typed import TypedSocket
else:
    TypedSocket = object


class Closing(TypedSocket):
    """The methods of a socket that close it."""

    def close(self, linger: int | None = None, flush: float | None = None) -> None:
        """Close the socket; all who wait for it get an error.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        :param flush: is for :meth:`aclose`.
        :raises ValueError: when there is a `flush`.
        """
        if flush is not None:
            raise ValueError(
                f"close() of {self!r} does not wait: await aclose(flush={flush!r})"
            )
        super().close(linger)

    async def aclose(
        self, linger: int | None = None, *, flush: float | None = None
    ) -> None:
        """Close the socket, and wait until what was sent is on its way.

        Tasks that wait for it, also to send, get an error. It is closed also when this
        is cancelled.

        :param linger: as in :meth:`close`.
        :param flush: seconds to wait until all messages have been given to the
            operating system, as in :meth:`zmq.Socket.close`; by default this closes the
            socket, and lets other tasks run.
        :raises TimedOut: when something was left after `flush` seconds.
        """
        if flush is None or self.closed:
            self.close(linger)
            await current_loop().checkpoint()
            return
        from zmq.sugar.flushing import Flush, wait_in_loop

        flushing = Flush(self, linger, flush)
        try:
            monitor = flushing.start(self._monitor_socket_class)
        finally:
            self.close()
        if monitor is None:
            await current_loop().checkpoint()
        else:
            await wait_in_loop(flushing, monitor)

    async def __aenter__(self) -> Self:
        """Close the socket at the end of an ``async with`` block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
