"""Watching the connections of an asynchronous socket."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import zmq

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq._engine._events import EventsOption
    from zmq._engine._typed import TypedSocket
    from zmq.utils.events import AsyncMonitorEvents
else:
    TypedSocket = object

_EVENTS = int(zmq.EVENTS)


class Monitoring(TypedSocket):
    """The methods of a socket that tell of its events."""

    @property
    def events(self) -> EventsOption:  # type: ignore[override]
        """The events that the socket has, a mask of :class:`zmq.PollEvent`.

        Called, it tells what happens to the connections: ``sock.events()`` is the same
        as :meth:`monitor_events`.
        """
        from zmq._engine._events import EventsOption

        option = EventsOption(self.get(_EVENTS))
        option._socket = self
        return option

    def monitor_events(self, events: int = zmq.Event.ALL) -> AsyncMonitorEvents:  # type: ignore[override]
        """Iterate over what happens to the connections.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: an asynchronous context manager, that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`; ``sock.events()`` is the same.
        :raises RuntimeError: on entry, when the socket is monitored already.
        """
        from zmq.utils.events import AsyncMonitorEvents

        return AsyncMonitorEvents(self, events)
