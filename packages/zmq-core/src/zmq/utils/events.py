"""What happens to the connections of a socket, as objects to iterate over."""

# Which socket monitors it is the socket's own business, of which this is a part.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import zmq
from zmq.utils.monitor import parse_monitor_message

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["AsyncMonitorEvents", "EventSource", "MonitorEvent", "MonitorEvents"]


class MonitorEvent(NamedTuple):
    """Something that happened to a connection of a monitored socket."""

    #: What happened.
    event: zmq.Event
    #: A file descriptor, an errno, an interval in milliseconds; for
    #: ``HANDSHAKE_FAILED_PROTOCOL`` a ``PROTOCOL_ERROR`` member of :class:`zmq.Event`;
    #: for ``HANDSHAKE_FAILED_AUTH`` the status of the authenticator, such as 400.
    value: int
    #: The address, local or remote, as it is for :meth:`zmq.Socket.connect`.
    endpoint: str


class EventSource:
    """A monitor of a socket: starts it, and cleans up after it. The flavours iterate.

    :param sock: the socket to monitor.
    :param events: the :class:`zmq.Event` mask of what is wanted.
    """

    def __init__(self, sock: zmq.Socket[Any], events: int = zmq.Event.ALL) -> None:
        if not hasattr(events, "__index__"):
            raise TypeError(f"an integer is required for events, got {events!r}")
        self._socket = sock
        # The last event of all tells that there are no more.
        self._events = events | zmq.Event.MONITOR_STOPPED
        self._monitor: zmq.Socket[Any] | None = None

    def __repr__(self) -> str:
        state = "" if self._monitor else ", not monitoring"
        return f"<{type(self).__name__} of {self._socket!r}{state}>"

    def _start(self) -> None:
        sock = self._socket
        with sock._while_monitor_changes():
            other = sock._monitor_socket
            if self._monitor is not None or (other is not None and not other.closed):
                raise RuntimeError(
                    f"{sock!r} is monitored already; it can be only once"
                )
            monitor = sock._existing_or_new_monitor(self._events, None)
        monitor.linger = 0
        self._monitor = monitor

    def _stop(self) -> None:
        monitor, self._monitor = self._monitor, None
        if monitor is None:
            return
        if not self._socket.closed and self._socket._monitor_socket is monitor:
            self._socket.disable_monitor()
        monitor.close(linger=0)

    def _parse(self, message: list[bytes]) -> MonitorEvent | None:
        """Return the event; None after the last one."""
        parsed = parse_monitor_message(message)
        if parsed["event"] == zmq.Event.MONITOR_STOPPED:
            return None
        endpoint = parsed["endpoint"].decode("utf-8", "replace")
        return MonitorEvent(parsed["event"], parsed["value"], endpoint)


class MonitorEvents(EventSource):
    """The events of a synchronous socket; see :meth:`zmq.Socket.monitor_events`."""

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stop()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> MonitorEvent:
        event = self.get()
        if event is None:
            raise StopIteration
        return event

    def get(self, timeout: float | None = None) -> MonitorEvent | None:
        """Wait for the next event.

        :param timeout: milliseconds; None, or a negative number, waits for ever.
        :returns: the event; None when the time is over, or the socket closed.
        """
        monitor = self._monitor
        if monitor is None or monitor.closed:
            return None
        try:
            if not monitor.poll(timeout):
                return None
            message = monitor.recv_multipart()
        except zmq.ZMQError as error:
            # Context.destroy() closes the monitor's socket with all others.
            if error.errno in (zmq.ENOTSOCK, zmq.ETERM) and monitor.closed:
                return None
            raise
        return self._parse(message)


class AsyncMonitorEvents(EventSource):
    """The events of a socket whose ``recv_multipart`` is to be awaited."""

    async def __aenter__(self) -> Self:
        self._start()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._stop()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> MonitorEvent:
        monitor: Any = self._monitor
        if monitor is None or monitor.closed:
            raise StopAsyncIteration
        # Ends, too, when the block is left while another task waits here.
        message = await monitor.__anext__()
        event = self._parse(message)
        if event is None:
            raise StopAsyncIteration
        return event
