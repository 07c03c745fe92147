"""Monitor events, in an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq
from zmq.utils.events import EventSource, MonitorEvent

if TYPE_CHECKING:
    from typing_extensions import Self

    from zmq._engine._socket import AsyncSocket


class AsyncMonitorEvents(EventSource):
    """The events of a socket; see :class:`EventsOption`."""

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

    _socket: AsyncSocket

    def __call__(self, events: int = zmq.Event.ALL) -> AsyncMonitorEvents:
        """Iterate over what happens to the connections.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: an asynchronous context manager, that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`.
        :raises RuntimeError: on entry, when the socket is monitored already.
        """
        return AsyncMonitorEvents(self._socket, events)
