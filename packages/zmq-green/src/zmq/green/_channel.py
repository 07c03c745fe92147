"""What wakes greenlets that wait for a socket.

A socket's descriptor is readable while commands wait in its mailbox, and whoever calls
into the socket empties that. So the descriptor alone does not do to wait on: what it
had to tell may have been swallowed by another greenlet's call, or another thread's.
zmq-core reports whatever such calls leave to be had (``Socket._watch``): with both, no
event is missed, and nothing needs to be looked at from time to time.
"""

from __future__ import annotations

from collections import deque

from zmq.backend import Socket as SocketBase
from zmq.constants import POLLIN, POLLOUT, SocketOption, SocketType
from zmq.error import DraftFDWarning, ZMQError
from zmq.green._gevent import get_hub_if_exists
from zmq.green._mailbox import mailbox_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.green._gevent import Hub, Watcher
    from zmq.green._waiter import Waiter

EVENTS = SocketOption.EVENTS
READABLE = 1  # gevent's number for it
# Operations of enums take longer than those of ints.
_POLLIN, _POLLOUT = int(POLLIN), int(POLLOUT)


class Line:
    """The greenlets of one hub that wait for one event of a socket.

    Those who want to take a message, or to leave one, are woken one by one, in the
    order they came: where there is more to be had, the operation of the first one tells
    the next. Those who only want to know are woken all.
    """

    __slots__ = ("_hub", "_mailbox", "_told", "lookers", "queue")

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._mailbox = mailbox_of(hub)
        self._told = False
        self.queue: deque[Waiter] = deque()
        self.lookers: list[Waiter] = []

    def told(self) -> None:
        """Take note of the event; called by zmq-core, in any thread."""
        if get_hub_if_exists() is self._hub:
            self.wake()
        elif not self._told:
            # Before the call, since the hub may be faster than this thread.
            self._told = True
            if not self._mailbox.call(self._wake_as_told):
                self._told = False

    def _wake_as_told(self) -> None:
        self._told = False
        self.wake()

    def wake(self) -> None:
        """Wake those whose turn it is."""
        for waiter in self.lookers:
            waiter.wake()
        for waiter in self.queue:
            if not waiter.woken and not waiter.refused:
                waiter.wake()
                return


def _lines_of(events: int) -> list[int]:
    # Who polls for none of these still wants to learn when the socket is closed.
    return [event for event in (_POLLIN, _POLLOUT) if events & event] or [_POLLIN]


class Channel:
    """What the greenlets of one hub share that wait for one socket."""

    __slots__ = (
        "_io", "_is_draft", "_keeps_io", "_lines", "_mailbox",
        "hub", "socket", "waiting",
    )  # fmt: skip

    def __init__(self, socket: SocketBase, hub: Hub) -> None:
        self.hub = hub
        #: The socket, while somebody waits: else it would never be garbage.
        self.socket: SocketBase | None = None
        self._is_draft = SocketBase.get(socket, SocketOption.TYPE) >= SocketType.SERVER
        # libuv has to forget descriptors before they are closed, and its watchers never
        # become garbage.
        self._keeps_io = type(hub.loop).__module__.startswith("gevent.libev")
        self._io: Watcher = None
        self._mailbox = mailbox_of(hub)
        self._lines = {_POLLIN: Line(hub), _POLLOUT: Line(hub)}
        #: How many wait.
        self.waiting = 0

    def enter(self, socket: SocketBase, waiter: Waiter, event: int) -> None:
        """Have `waiter` woken when it is its turn to try again.

        It has to look at EVENTS, or to try, before it sleeps: another thread may just
        have swallowed what it would have been woken by.
        """
        self._begin(socket)
        try:
            self._join(socket, event).queue.append(waiter)
        except BaseException:
            self._end(socket)
            raise

    def leave(self, socket: SocketBase, waiter: Waiter, event: int) -> None:
        """Undo an :meth:`enter`; do nothing if that has been done."""
        line = self._lines[event]
        if waiter in line.queue:
            line.queue.remove(waiter)
            if waiter.woken:
                line.wake()  # it does not take what it was woken for, so others may
            self._part(socket, line)
            self._end(socket)

    def watch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        """Have `waiter` woken whenever one of `events` may be there."""
        self._begin(socket)
        try:
            for event in _lines_of(events):
                self._join(socket, event).lookers.append(waiter)
        except BaseException:
            self.unwatch(socket, waiter, events)
            raise

    def unwatch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        """Undo a :meth:`watch`."""
        for event in _lines_of(events):
            line = self._lines[event]
            if waiter in line.lookers:
                line.lookers.remove(waiter)
                self._part(socket, line)
        self._end(socket)

    def _join(self, socket: SocketBase, event: int) -> Line:
        line = self._lines[event]
        if not line.queue and not line.lookers:
            socket._watch(line.told, event)
        return line

    def _part(self, socket: SocketBase, line: Line) -> None:
        if not line.queue and not line.lookers:
            socket._unwatch(line.told)

    def _begin(self, socket: SocketBase) -> None:
        if not self.waiting:
            # From here on another thread's close() leaves the descriptor open.
            socket._defer_close(self._told_of_close)
            try:
                if self._io is None:
                    self._io = self.hub.loop.io(self._descriptor(socket), READABLE)
            except BaseException:
                socket._allow_close(self._told_of_close)
                raise
            self.socket = socket
            self._io.start(self._fired)
        self.waiting += 1

    def _end(self, socket: SocketBase) -> None:
        self.waiting -= 1
        if not self.waiting:
            self._rest(socket)
            self.socket = None

    def _rest(self, socket: SocketBase) -> None:
        if self._io is not None:
            if self._keeps_io and not socket.closed:
                self._io.stop()
            else:
                self._io.close()
                self._io = None
        socket._allow_close(self._told_of_close)

    def _descriptor(self, socket: SocketBase) -> int:
        if not self._is_draft:
            return SocketBase.get(socket, SocketOption.FD)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DraftFDWarning)
            return SocketBase.get(socket, SocketOption.FD)

    def _fired(self) -> None:
        socket = self.socket
        assert socket is not None
        alone = self.waiting == 1
        try:
            if self._is_draft:
                # They have a descriptor that is emptied when it is asked for.
                self._descriptor(socket)
            if not alone:
                for waiter in self._lines[_POLLOUT].queue:
                    waiter.refused = False
                SocketBase.get(socket, EVENTS)  # tells the lines
        except ZMQError:
            self._wake_all()
            return
        if alone:
            # Whatever it does next looks into the socket, so nothing has to before.
            self._all()[0].resume()

    def _told_of_close(self) -> None:
        if get_hub_if_exists() is self.hub:
            self._closed()
        elif not self._mailbox.call(self._closed) and self.socket is not None:
            self.socket._allow_close(self._told_of_close)

    def _closed(self) -> None:
        if self.socket is not None:
            self._rest(self.socket)
            self._wake_all()

    def _wake_all(self) -> None:
        for waiter in self._all():
            waiter.wake()

    def _all(self) -> list[Waiter]:
        reading, writing = self._lines.values()
        return [*reading.lookers, *writing.lookers, *reading.queue, *writing.queue]


def channel_of(socket: SocketBase, hub: Hub) -> Channel:
    """Return the channel that greenlets of `hub` wait for `socket` with."""
    try:
        channels: dict[Hub, Channel] = socket.__dict__.setdefault("_channels", {})
    except AttributeError:
        return Channel(socket, hub)  # a compiled socket without a class of Python's
    channel = channels.get(hub)
    if channel is None:
        # Hubs of threads that have ended must not be kept.
        for other, idle in list(channels.items()):
            if not idle.waiting:
                channels.pop(other, None)
        channel = channels[hub] = Channel(socket, hub)
    return channel
