"""Closing an asynchronous socket."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket
else:
    TypedSocket = object


class Closing(TypedSocket):
    """The methods of a socket that close it."""

    def __del__(self) -> None:
        # A shadow is not closed, but must not keep anybody from closing the socket.
        waiters = self._waiters
        if waiters:
            self._unwatch(waiters.on_event)
            waiters.forget_reader(self)
        super().__del__()

    def close(self, linger: int | None = None, flush: float | None = None) -> None:
        """Close the socket; all who wait for it are cancelled.

        Sends that nobody awaits are made before, if they need not wait any more.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        :param flush: is for :meth:`aclose`.
        :raises ValueError: when there is a `flush`.
        """
        if flush is not None:
            raise ValueError(
                "close() of an asynchronous socket does not wait: await"
                f" aclose(flush={flush!r})"
            )
        if self._sending and not self.closed:
            self._waiters.send_unawaited(self)
        super().close(linger)

    async def aclose(
        self, linger: int | None = None, *, flush: float | None = None
    ) -> None:
        """Close the socket, and wait until what was sent is on its way.

        Sends that wait are waited for first. Receives and polls are cancelled. When
        this is itself cancelled, the socket is closed.

        :param linger: as in :meth:`close`.
        :param flush: seconds to wait until all messages have been given to the
            operating system, as in :meth:`zmq.Socket.close`; by default this does the
            same as :meth:`close`.
        :raises TimedOut: when something was left after `flush` seconds.

        .. versionadded:: 28.0
        """
        if flush is None or self.closed:
            self.close(linger)
            return
        from zmq._engine._flushing import close_flushed

        await close_flushed(self, linger, flush)
