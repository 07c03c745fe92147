"""Monitoring of the connections of a socket."""

from __future__ import annotations

from _thread import RLock
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


class _Making:
    """A monitor socket that is being made, and that nobody else could close.

    A signal handler that closes the monitored socket and ends the context would wait
    for it for ever: until it is there, it is closed together with the monitored one.
    """

    def __init__(self, monitored: Any) -> None:
        self.monitored = monitored
        self.monitor: Any = None
        self.started = self.over = False

    def begin(self) -> None:
        """Have it closed together with the monitored socket."""
        self.monitored._defer_close(self.close)

    def make(self, context: Any, socket_type: int, **kwargs: Any) -> Any:
        """Do what calling the class of monitor sockets does, step by step."""
        cls: Any = self.monitored._monitor_socket_class or context._socket_class
        if not isinstance(cls, type):
            self.monitor = cls(context, socket_type, **kwargs)
            return self.monitor
        new: Any = cls.__new__
        self.monitor = new(cls, context, socket_type, **kwargs)
        self.monitor.__init__(context, socket_type, **kwargs)
        return self.monitor

    def close(self) -> None:
        """Close it."""
        self.end()
        if self.monitor is not None:
            self.monitor.close(linger=0)

    def give_up(self) -> None:
        """Close it, and before that end what it receives.

        Without a receiver, events would stop all traffic.
        """
        try:
            if self.started and not self.monitored.closed:
                self.monitored.monitor(None, 0)
        finally:
            self.close()

    def end(self) -> None:
        """Let the monitored socket be closed alone, as ever."""
        self.over = True
        self.monitored._allow_close(self.close)


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
        :raises RuntimeError: in a signal handler that interrupts this very call.

        .. versionadded:: 14.0
        """
        with self._while_monitor_changes():
            return self._existing_or_new_monitor(events, addr)  # type: ignore[no-any-return]

    def _existing_or_new_monitor(self, events: int | None, addr: str | None) -> Any:
        existing: Any = self._monitor_socket
        if existing is not None and not existing.closed:
            return existing
        if self.context is None:
            raise ValueError(
                f"{self!r}, made elsewhere, has no context to monitor it in"
            )
        making = _Making(self)
        try:
            making.begin()
            return self._new_monitor(making, events, addr)
        except BaseException:
            making.give_up()
            raise
        finally:
            making.end()

    def _new_monitor(
        self, making: _Making, events: int | None, addr: str | None
    ) -> Any:
        context: Any = self.context
        monitor = context.socket(SocketType.PAIR, socket_class=making.make)
        if addr is None:
            # Without a GIL two threads may be given the same number.
            addr = f"inproc://monitor.s-{id(self):x}-{next(_monitor_numbers)}"
        monitor.rcvhwm = 0  # libzmq would stop all traffic for an event it cannot send
        making.started = True
        self.monitor(addr, Event.ALL if events is None else events)
        monitor.connect(addr)
        if self._peers is None:  # type: ignore[attr-defined]
            monitor._becomes_monitor_of(self)
        self._monitor_socket = monitor
        return monitor

    def _while_monitor_changes(self) -> Any:
        """Return a lock: what starts and ends monitoring takes several steps."""
        # Two threads that ask for a monitor at once get the same one.
        lock = self.__dict__.setdefault("_monitor_lock", RLock())
        if lock._is_owned():
            raise RuntimeError(
                f"the monitor of {self!r} is just being started or ended by what this "
                "signal handler, or hook, interrupts"
            )
        return lock

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
        :raises RuntimeError: on entry, when the socket is monitored already.

        .. versionadded:: 28.0
        """
        from zmq.utils.events import MonitorEvents

        socket: Any = self
        return MonitorEvents(socket, events)

    def disable_monitor(self) -> None:
        """End monitoring; the monitor socket gets ``EVENT_MONITOR_STOPPED``.

        .. versionadded:: 14.4
        """
        with self._while_monitor_changes():
            self._monitor_socket = None
            self.monitor(None, 0)

    def monitor(self, addr: str | bytes | None, events: int = 0xFFFF) -> None:
        """Publish what happens to the connections of this socket.

        :param addr: an ``inproc://`` address for a PAIR socket to connect to at once:
            libzmq blocks a call whose event nobody can receive yet. None ends it.
            ``get_monitor_socket`` does all of this.
        :param events: a bit mask of :class:`zmq.Event`; by default all.
        """
        peers: Any = self._peers  # type: ignore[attr-defined]
        if peers is None:
            super().monitor(addr, events)
        else:
            # libzmq has one monitor for a socket, and that one is taken.
            from zmq.sugar.readiness.forwarding import forward

            forward(self, peers, addr, events)  # pyright: ignore[reportUnknownArgumentType]
