"""Busy polling: a wait polls in a loop before it sleeps."""

from __future__ import annotations

from zmq.constants import Errno
from zmq.error import error_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.backend import Socket as SocketBase
else:
    SocketBase = object

_MOST = 1e9  # microseconds


class BusyPolling(SocketBase):
    """What a socket does while it waits."""

    #: Who waits for the sockets of a flavour in place of its threads.
    _waited_for_by: str | None = None

    @property
    def busy_poll(self) -> float:
        """For how many microseconds a wait polls in a loop before it sleeps.

        The system takes some microseconds to wake a thread that sleeps. A thread that
        looks again and again answers sooner, and takes a processor for itself as long
        as it does: without the GIL, so other threads run. It holds for ``send``,
        ``recv`` and the like, for ``poll`` and for pollers, where the longest of their
        sockets counts. 0, the default, sleeps at once.

        Sockets of an event loop, which waits for many things, refuse another value.

        :raises TypeError: when it is set to what is no number.
        :raises ValueError: when it is set to less than 0, or more than 1e9.
        :raises ZMQError: ENOTSUP, for sockets of asyncio, tornado, gevent and trio.

        .. versionadded:: 28.0
        """
        return self._spin / 1000

    @busy_poll.setter
    def busy_poll(self, microseconds: float) -> None:
        # Imported here, since most programs never set it.
        from zmq.sugar.timeouts import duration_argument

        duration = duration_argument("busy_poll", microseconds, "microseconds")
        if duration > _MOST:
            raise ValueError(
                f"busy_poll={microseconds!r} must not be more than {_MOST:.0e} µs"
            )
        if duration and self._waited_for_by is not None:
            raise error_for(
                Errno.ENOTSUP,
                f"busy_poll: it is {self._waited_for_by} that waits for this socket,"
                " and must not be kept from other work",
            )
        self._spin = round(duration * 1000)
