"""Greenlets that wait for sockets: who they are, and what wakes them.

A socket's descriptor is readable while commands wait in its mailbox, and whoever calls
into the socket empties that. So the descriptor alone does not do to wait on: what it
had to tell may have been swallowed by another greenlet's call, or another thread's.
zmq-core reports whatever such calls leave to be had (``Socket._watch``): with both, no
event is missed, and nothing needs to be looked at from time to time.
"""

from __future__ import annotations

import math
from collections import deque
from time import monotonic

from zmq.backend import Socket as SocketBase
from zmq.constants import POLLIN, POLLOUT, SocketOption, SocketType
from zmq.error import DraftFDWarning, ZMQError
from zmq.green._gevent import get_hub_if_exists, getcurrent
from zmq.green._mailbox import mailbox_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.green._gevent import Hub, Watcher

EVENTS = SocketOption.EVENTS
READABLE = 1  # gevent's number for it
# Operations of enums take longer than those of ints.
_POLLIN, _POLLOUT = int(POLLIN), int(POLLOUT)


def shortest_time(hub: Hub) -> float:
    """Return the seconds of the shortest timer; of libuv, a long one."""
    seconds: float = hub.loop.approx_timer_resolution
    return seconds


def _descriptor(socket: SocketBase) -> int:
    if SocketBase.get(socket, SocketOption.TYPE) < SocketType.SERVER:
        return SocketBase.get(socket, SocketOption.FD)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DraftFDWarning)
        return SocketBase.get(socket, SocketOption.FD)


class Waiter:
    """One greenlet, while it waits for whatever may come. Of one thread only."""

    __slots__ = ("_greenlet", "_hub", "woken")

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._greenlet: Any = None
        #: Whether something has come since this was last set to False.
        self.woken = False

    def sleep(self, deadline: float) -> bool:
        """Let others run until this is woken.

        :param deadline: when to end, by the monotonic clock.
        :returns: whether it was woken, rather than the time over.
        """
        if self.woken:
            return True
        timer = None
        if deadline != math.inf:
            left = deadline - monotonic()
            if left <= 0:
                return False
            timer = self._hub.loop.timer(max(left, shortest_time(self._hub)))
            timer.start(self.resume, update=True)
        self._greenlet = getcurrent()
        try:
            self._hub.switch()
        finally:
            self._greenlet = None
            if timer is not None:
                timer.close()
        return self.woken or monotonic() < deadline

    def wake(self) -> None:
        """Have the greenlet go on soon."""
        if not self.woken:
            self.woken = True
            if self._greenlet is not None:
                self._hub.loop.run_callback(self.resume)

    def resume(self) -> None:
        """Have the greenlet go on now; to be called by the hub only."""
        # It may have been killed since, and wait for something else.
        greenlet = self._greenlet
        if greenlet is not None:
            self._greenlet = None
            greenlet.switch()


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
            self._told = self._mailbox.call(self._wake_as_told)

    def _wake_as_told(self) -> None:
        self._told = False
        self.wake()

    def wake(self) -> None:
        """Wake those whose turn it is."""
        for waiter in self.lookers:
            waiter.wake()
        for waiter in self.queue:
            if not waiter.woken:
                waiter.wake()
                return


def _lines_of(events: int) -> list[int]:
    # Who polls for none of these still wants to learn when the socket is closed.
    return [event for event in (_POLLIN, _POLLOUT) if events & event] or [_POLLIN]


class Channel:
    """What the greenlets of one hub share that wait for one socket."""

    __slots__ = ("_io", "_lines", "_mailbox", "hub", "socket", "waiting")

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        #: The socket, while somebody waits: else it would never be garbage.
        self.socket: SocketBase | None = None
        self._io: Watcher = None
        self._mailbox = mailbox_of(hub)
        self._lines = {_POLLIN: Line(hub), _POLLOUT: Line(hub)}
        #: How many wait.
        self.waiting = 0

    def enter(self, socket: SocketBase, waiter: Waiter, event: int) -> None:
        """Have `waiter` woken when it is its turn to try again.

        It has to try once before it sleeps: another thread may just have swallowed what
        it would have been woken by.
        """
        self._begin(socket)
        try:
            self._join(event).queue.append(waiter)
        except BaseException:
            self._end()
            raise

    def leave(self, waiter: Waiter, event: int) -> None:
        """Undo an :meth:`enter`."""
        line = self._lines[event]
        line.queue.remove(waiter)
        if waiter.woken:
            line.wake()  # it does not take what it was woken for, so others may
        self._part(line)
        self._end()

    def watch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        """Have `waiter` woken whenever one of `events` may be there."""
        self._begin(socket)
        try:
            for event in _lines_of(events):
                self._join(event).lookers.append(waiter)
        except BaseException:
            self.unwatch(waiter, events)
            raise

    def unwatch(self, waiter: Waiter, events: int) -> None:
        """Undo a :meth:`watch`."""
        for event in _lines_of(events):
            line = self._lines[event]
            if waiter in line.lookers:
                line.lookers.remove(waiter)
                self._part(line)
        self._end()

    def _join(self, event: int) -> Line:
        line = self._lines[event]
        if not line.queue and not line.lookers:
            assert self.socket is not None
            self.socket._watch(line.told, event)
        return line

    def _part(self, line: Line) -> None:
        if not line.queue and not line.lookers:
            assert self.socket is not None
            self.socket._unwatch(line.told)

    def _begin(self, socket: SocketBase) -> None:
        if not self.waiting:
            self._io = self.hub.loop.io(_descriptor(socket), READABLE)
            socket._hold(self._told_of_close)
            self.socket = socket
            self._io.start(self._fired)
        self.waiting += 1

    def _end(self) -> None:
        self.waiting -= 1
        if not self.waiting:
            # libuv has to forget the descriptor before it is closed
            self._io.close()
            assert self.socket is not None
            self.socket._release(self._told_of_close)
            self.socket = None

    def _fired(self) -> None:
        try:
            # tells the lines what there is
            assert self.socket is not None
            if SocketBase.get(self.socket, SocketOption.TYPE) >= SocketType.SERVER:
                # Drafts have a descriptor that is emptied when it is asked for.
                _descriptor(self.socket)
            SocketBase.get(self.socket, EVENTS)
        except ZMQError:
            self._wake_all()

    def _told_of_close(self) -> None:
        if get_hub_if_exists() is self.hub:
            self._closed()
        elif not self._mailbox.call(self._closed) and self.socket is not None:
            self.socket._release(self._told_of_close)

    def _closed(self) -> None:
        if self.socket is not None:
            self._io.close()
            self.socket._release(self._told_of_close)
            self._wake_all()

    def _wake_all(self) -> None:
        for line in self._lines.values():
            for waiter in (*line.lookers, *line.queue):
                waiter.wake()


def channel_of(socket: SocketBase, hub: Hub) -> Channel:
    """Return the channel that greenlets of `hub` wait for `socket` with."""
    try:
        channels: dict[Hub, Channel] = socket.__dict__.setdefault("_channels", {})
    except AttributeError:
        return Channel(hub)  # a compiled socket without a class of Python's
    channel = channels.get(hub)
    if channel is None:
        # Hubs of threads that have ended must not be kept.
        for other, idle in list(channels.items()):
            if not idle.waiting:
                channels.pop(other, None)
        channel = channels[hub] = Channel(hub)
    return channel
