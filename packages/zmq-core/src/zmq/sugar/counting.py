"""Counting what sockets do."""

from __future__ import annotations

from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend import Socket as SocketBase
    from zmq.backend.abc import Counts
    from zmq.utils.stats import ContextStats, SocketStats
else:
    SocketBase = object


class CountingSocket(SocketBase):
    """The numbers of a socket."""

    @property
    def count_stats(self) -> bool:
        """Whether what the socket does is counted, for :meth:`stats`.

        Off by default, and then it costs nothing. It may be switched at any time, also
        by ``context.socket(..., count_stats=True)``; what was counted is kept.

        :raises ZMQError: ENOTSOCK, when it is set for a closed socket.

        .. versionadded:: 28.0
        """
        return self._counting

    @count_stats.setter
    def count_stats(self, value: bool) -> None:
        if not isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"count_stats must be True or False, not {value!r}")
        context: Any = self.context  # None, or of another class, of foreign sockets
        if value and not self._counting and isinstance(context, CountingContext):
            context._count_in(self._counts)  # pyright: ignore[reportPrivateUsage]
        self._counting = value

    def stats(self) -> SocketStats:
        """Return what the socket has done while :attr:`count_stats` was on.

        Shadows of a socket share its numbers. They are exact, whichever threads use it,
        and stay when it is closed.

        :returns: a named tuple, see :class:`zmq.utils.stats.SocketStats`.
        :raises ZMQError: ENOTSOCK, for a socket that was never made.

        .. versionadded:: 28.0
        """
        from zmq.utils.stats import SocketStats

        socket: Any = self
        peers = socket._peers
        n_peers = None if peers is None else len(peers.endpoints())
        return SocketStats._make([*self._counts.numbers, n_peers])


class Tally:
    """The sums of the numbers of many sockets, of which some are no longer there."""

    def __init__(self) -> None:
        # No code of the user's runs while it is held.
        self._lock = allocate_lock()
        self._open: set[Counts] = set()
        self._closed: list[int] = []
        self._number = 0
        self._room = 16

    def add(self, counts: Counts) -> None:
        """Take a socket in; nothing happens when it is in already."""
        with self._lock:
            if counts in self._open:
                return
            self._open.add(counts)
            self._number += 1
            if len(self._open) > self._room:
                self._forget_closed()
                self._room = 2 * len(self._open) + 16

    def _forget_closed(self) -> None:
        for counts in [each for each in self._open if each.final]:
            self._open.remove(counts)
            self._closed = _sums(self._closed, counts.numbers)

    def sums(self) -> tuple[list[int], int]:
        """Return the sums, and how many sockets there have been."""
        with self._lock:
            sums = self._closed
            for counts in self._open:
                sums = _sums(sums, counts.numbers)
            return sums, self._number


def _sums(a: list[int], b: tuple[int, ...]) -> list[int]:
    return [x + y for x, y in zip(a, b)] if a else list(b)


class CountingContext:
    """The numbers of the sockets of a context."""

    _tally: Tally | None = None

    def _count_in(self, counts: Counts) -> None:
        """Add a socket that begins to count."""
        tally = self._tally
        if tally is None:
            # Of two threads that get here the second one takes what the first has made.
            tally = self.__dict__.setdefault("_tally", Tally())
        tally.add(counts)

    def stats(self) -> ContextStats:
        """Return what the sockets of this context have done, in sum.

        Those are counted that were made with this object and whose
        :attr:`Socket.count_stats` was switched on; also those that are closed by now.

        :returns: a named tuple, see :class:`zmq.utils.stats.ContextStats`.

        .. versionadded:: 28.0
        """
        from zmq.utils.stats import ContextStats

        if self._tally is None:
            return ContextStats(*[0] * len(ContextStats._fields))
        sums, number = self._tally.sums()
        return ContextStats._make([*sums, number])
