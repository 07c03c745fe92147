"""Monitor events, in an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zmq
from zmq.utils.events import AsyncMonitorEvents

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket


class EventsOption(int):
    """The option ``EVENTS``, and when called, the events of the connections.

    ::

        if sock.events & zmq.POLLIN: ...

        async with sock.events() as events:
            async for event in events:
                print(event.event.name, event.endpoint)

    The loop ends when the socket is closed; at the end of the block, however it is
    left, monitoring ends. A socket can be monitored only once at a time.
    """

    _socket: TypedSocket

    def __call__(self, events: int = zmq.Event.ALL) -> AsyncMonitorEvents:
        """Iterate over what happens to the connections.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: an asynchronous context manager, that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`.
        :raises RuntimeError: on entry, when the socket is monitored already.
        """
        return AsyncMonitorEvents(self._socket, events)
