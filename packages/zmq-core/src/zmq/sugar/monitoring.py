"""Monitoring of the connections of a socket."""

from __future__ import annotations

from itertools import count

from zmq.constants import Event, SocketType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

    from zmq.backend import Socket as SocketBase
    from zmq.sugar.socket import Socket
    from zmq.utils.events import MonitorEvents
else:
    SocketBase = object

_monitor_numbers = count()


class Monitoring(SocketBase):
    """The methods of a socket that watch its connections."""

    # What get_monitor_socket makes; None: what the context makes.
    _monitor_socket_class: type[Socket[Any]] | None = None
    _monitor_socket: Socket[Any] | None = None

    def get_monitor_socket(
        self, events: int | None = None, addr: str | None = None
    ) -> Self:
        """Return a PAIR socket that receives what happens to the connections.

        Read it with :func:`zmq.utils.monitor.recv_monitor_message`. There is one per
        socket: the same one is returned until :meth:`disable_monitor`.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :param addr: the ``inproc://`` address to use; by default an unused one.

        .. versionadded:: 14.0
        """
        existing: Any = self._monitor_socket
        if existing is not None and not existing.closed:
            return existing  # type: ignore[no-any-return]
        context: Any = self.context
        if context is None:
            raise ValueError(
                f"{self!r}, made elsewhere, has no context to monitor it in"
            )
        if addr is None:
            # Without a GIL two threads may be given the same number.
            addr = f"inproc://monitor.s-{id(self):x}-{next(_monitor_numbers)}"
        self.monitor(addr, Event.ALL if events is None else events)
        monitor: Any = context.socket(
            SocketType.PAIR, socket_class=self._monitor_socket_class
        )
        monitor.rcvhwm = 0  # libzmq would stop all traffic for an event it cannot send
        monitor.connect(addr)
        monitor._becomes_monitor_of(self)
        self._monitor_socket = monitor
        return monitor  # type: ignore[no-any-return]

    def monitor_events(self, events: int = Event.ALL) -> MonitorEvents:
        """Iterate over what happens to the connections.

        ::

            with sock.monitor_events() as events:
                for event in events:
                    print(event.event.name, event.endpoint)

        The loop ends when the socket is closed; at the end of the block, however it is
        left, monitoring ends.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: a context manager that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`.

        .. versionadded:: 28.0
        """
        from zmq.utils.events import MonitorEvents

        socket: Any = self
        return MonitorEvents(socket, events)

    def disable_monitor(self) -> None:
        """End monitoring; the monitor socket gets ``EVENT_MONITOR_STOPPED``.

        .. versionadded:: 14.4
        """
        self._monitor_socket = None
        self.monitor(None, 0)
