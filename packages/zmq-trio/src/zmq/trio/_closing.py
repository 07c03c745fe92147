"""Closing a coroutine socket."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq
from zmq.backend import Socket as SocketBase
from zmq.error import ZMQError, error_for
from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from typing_extensions import Self

    from zmq.trio._loops import Loop
    from zmq.trio._typed import TypedSocket
else:
    TypedSocket = object

_CLOSED = (zmq.ENOTSOCK, zmq.ENOTSUP)


def error_of(sock: SocketBase, loop: Loop, error: ZMQError) -> ZMQError:
    """Return the error to raise for one of a socket.

    That of who uses a socket that is closed, or was meanwhile, is the loop's as well.
    """
    if not sock.closed or error.errno not in _CLOSED:
        return error
    context: Any = sock.context
    if context is not None and context._ends:
        return error_for(zmq.ETERM)
    if isinstance(error, loop.closed_error):
        return error
    other = loop.closed_error(zmq.ENOTSOCK)
    other.strerror = str(error)
    return other


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
        from zmq.sugar.shutdown.flushing import Flush, wait_in_loop

        flushing = Flush(self, linger, flush)
        try:
            monitor = flushing.start(self._monitor_socket_class)
        finally:
            self.close()
        if monitor is None:
            await current_loop().checkpoint()
        else:
            await current_loop().undisturbed(wait_in_loop, flushing, monitor)

    async def __aenter__(self) -> Self:
        """Close the socket at the end of an ``async with`` block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
