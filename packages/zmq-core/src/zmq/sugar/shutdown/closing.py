"""Closing a socket, at once or when what it has sent is on its way."""

from __future__ import annotations

from warnings import warn

from zmq.backend import Socket as SocketBase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Base = SocketBase
else:
    _Base = object


class Closing(_Base):
    """The method of a socket that closes it."""

    def close(self, linger: int | None = None, flush: float | None = None) -> None:
        """Close the socket; nothing happens when it is closed already.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        :param flush: seconds to wait until all messages have been given to the
            operating system. What is left after that is dropped, or kept for as long as
            `linger` says. By default this returns at once.
        :raises TimedOut: when something was left after `flush` seconds. The socket is
            closed all the same.
        :raises ValueError: when `flush` is negative; the socket stays open.

        .. versionchanged:: 28.0
            `flush` was added.
        """
        if flush is None:
            # By its name: super() would look through half a dozen classes for it.
            SocketBase.close(self, linger)
        elif not self.closed:
            from zmq.sugar.shutdown.flushing import close_flushed

            sock: Any = self
            close_flushed(sock, linger, flush)


def warn_unclosed(kind: str, unclosed: Any) -> None:
    """Warn of a socket or context that its ``__del__`` finds open."""
    warn(
        f"Unclosed {kind} {unclosed!r}",
        ResourceWarning,
        stacklevel=3,
        source=unclosed._tracemalloc_source,
    )
