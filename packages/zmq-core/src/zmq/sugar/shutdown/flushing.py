"""Closing a socket and waiting until libzmq has sent what it had to send.

How to know that it has. ``zmq_close`` leaves the socket to libzmq's reaper thread,
which asks all pipes to end. The end of a pipe that the I/O thread reads is its
*delimiter*, which comes after all messages; unless the time of ``LINGER`` is over, the
I/O thread reads up to it (pipe.cpp: ``process_pipe_term``, ``process_delimiter``), and
only then confirms the end (``pipe_term_ack``). The destructor of the socket runs when
all have confirmed (own.cpp: ``check_term_acks``), and the last that it does is to send
``MONITOR_STOPPED`` (socket_base.cpp: ``~socket_base_t``). So that event says that the
I/O threads have taken all messages and given them to the system, if neither ``LINGER``
was over before nor the context has ended, which sends the event as well. A peer that
goes away takes what was on its way to it along, as it always does. (Where libzmq lacks
session-ends-in-order.patch, the I/O threads may have taken more than the system has.)

With inproc there is nothing to wait for: a message is in the peer's queue when it has
been sent, and stays there. The pipe, though, ends only when the peer does something.
"""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic

from zmq.backend.arguments import whole_milliseconds
from zmq.constants import Errno, Event, SocketOption
from zmq.error import ContextTerminated, TimedOut
from zmq.sugar.timeouts import seconds_argument
from zmq.utils.monitor import parse_monitor_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.socket import Socket

# libzmq's timers count whole milliseconds, and by a clock of their own.
_MARGIN = 100
_LONGEST = 0x7FFFFFFF

_LOST = Event.CONNECT_RETRIED | Event.DISCONNECTED | Event.CONNECT_DELAYED
_EVENTS = _LOST | Event.CONNECTED | Event.MONITOR_STOPPED


class Flush:
    """What a socket that is being closed still has to do; the flavours wait for it.

    :param sock: the socket.
    :param linger: as in ``Socket.close``.
    :param seconds: the time that there is.
    """

    def __init__(self, sock: Socket[Any], linger: int | None, seconds: float) -> None:
        self._sock = sock
        self._linger = None if linger is None else _linger_argument(linger)
        self._seconds = seconds_argument("flush", seconds)
        self._end = monotonic() + self._seconds
        self._missing: set[str] = set()
        self._context: Any = sock.context
        self._endpoints = sock._endpoints

    @property
    def seconds_left(self) -> float:
        """How much of the time is left."""
        return max(0.0, self._end - monotonic())

    def start(self, socket_class: Any) -> Socket[Any] | None:
        """Return the monitor that tells of the end, and have it begin.

        The socket is then to be closed. None when there is nothing to wait for.

        :param socket_class: of the monitor.
        """
        sock = self._sock
        if self._context is not None and self._context._ends:
            raise ContextTerminated
        if not sock._has_outside_peers:
            if self._linger is not None:
                sock.set(SocketOption.LINGER, self._linger)
            return None
        sock.disable_monitor()
        sock._peers = None  # a new monitor takes the place of the one that it has
        sock._monitor_socket_class = socket_class
        monitor = sock.get_monitor_socket(_EVENTS)
        milliseconds = min(int(self._seconds * 1000) + _MARGIN, _LONGEST)
        if self._linger is not None:
            milliseconds = max(milliseconds, self._linger) if self._linger >= 0 else -1
        sock.set(SocketOption.LINGER, milliseconds)
        return monitor

    def note(self, message: list[bytes]) -> bool:
        """Take note of an event; tell whether it was the last one.

        :raises ContextTerminated: when the context has ended meanwhile.
        """
        event = parse_monitor_message(message)
        endpoint = event["endpoint"].decode("utf-8", "replace")
        if event["event"] == Event.MONITOR_STOPPED:
            if self._context._ends:
                raise ContextTerminated
            return True
        if event["event"] & _LOST:
            self._missing.add(endpoint)
        else:
            self._missing.discard(endpoint)
        return False

    def failed(self, waiting: int = 0) -> TimedOut:
        """Return the error of a flush whose time is over.

        :param waiting: how many sends had not even been begun.
        """
        places = [f"{way} {address}" for way, address in self._endpoints]
        text = (
            f"the {self._sock.type.name} socket ({', '.join(places)}) was closed, and"
            f" has not sent everything within flush={self._seconds:g} s"
        )
        if waiting:
            return TimedOut(
                Errno.ETIMEDOUT, f"{text}: {waiting} sends still had to wait"
            )
        if self._missing:
            missing = ", ".join(sorted(self._missing))
            return TimedOut(
                Errno.ETIMEDOUT, f"{text}: there is no connection to {missing}"
            )
        return TimedOut(
            Errno.ETIMEDOUT, f"{text}: a peer does not take it, or is absent"
        )


def _linger_argument(linger: Any) -> int:
    """Check a `linger` before the socket is closed, as ``close`` without flush does."""
    milliseconds = whole_milliseconds("linger", linger)
    if not -_LONGEST <= milliseconds <= _LONGEST:
        raise OverflowError(f"linger={linger!r} does not fit a C int")
    return milliseconds


def close_flushed(sock: Socket[Any], linger: int | None, seconds: float) -> None:
    """Close a synchronous socket; see ``Socket.close``.

    :raises TimedOut: when something is left after so many seconds.
    """
    from zmq.sugar.socket import Socket as SyncSocket

    flush = Flush(sock, linger, seconds)
    try:
        monitor = flush.start(sock._monitor_socket_class or SyncSocket)
    finally:
        sock.close()
    if monitor is None:
        return
    try:
        _see_end(flush, monitor)
    finally:
        monitor.close(linger=0)


# Beside the "finally": CPython 3.12 to 3.14 skip one when a signal handler raises as a
# loop in its "try" jumps back on a condition.


def _see_end(flush: Flush, monitor: Any) -> None:
    while monitor.poll(flush.seconds_left * 1000):
        if flush.note(monitor.recv_multipart()):
            return
    raise flush.failed()


async def _see_end_in_loop(flush: Flush, monitor: Any) -> None:
    while await monitor.poll(flush.seconds_left * 1000):
        if flush.note(await monitor.recv_multipart()):
            return
    raise flush.failed()


async def wait_in_loop(flush: Flush, monitor: Any) -> None:
    """Wait for the end of a socket that is closed, where waiting is to be awaited.

    :param monitor: what ``flush.start`` has returned.
    :raises TimedOut: when something is left at the end of the time.
    """
    try:
        await _see_end_in_loop(flush, monitor)
    finally:
        monitor.close(linger=0)
