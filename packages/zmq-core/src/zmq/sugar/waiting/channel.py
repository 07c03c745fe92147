"""What wakes those who wait for a socket in an event loop: greenlets, or tasks.

A socket's descriptor is readable while commands wait in its mailbox, and whoever calls
into the socket empties that. So the descriptor alone does not do to wait on: what it
had to tell may have been swallowed by another one's call, or another thread's. The
backend reports whatever such calls leave to be had (``Socket._watch``): with both, no
event is missed, and nothing needs to be looked at from time to time.

The flavours have subclasses, which say how a loop listens to a descriptor.
"""

# At run time the protocols are plain classes, as in zmq.backend.abc.
# pyright: reportReturnType=false

from __future__ import annotations

from collections import deque

from zmq.backend import Socket as SocketBase
from zmq.backend.stack import require_stack
from zmq.constants import POLLIN, POLLOUT, SocketOption, SocketType
from zmq.error import DraftFDWarning, ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import Any, Protocol, TypeVar

    KeyT = TypeVar("KeyT", bound=Hashable)
    ChannelT = TypeVar("ChannelT", bound="Channel")
else:
    Protocol = object

EVENTS = SocketOption.EVENTS
# Operations of enums take longer than those of ints.
_POLLIN, _POLLOUT = int(POLLIN), int(POLLOUT)


class Waiter(Protocol):
    """One who waits for whatever may come. Of one thread only."""

    #: Whether something has come since this was last set to False.
    woken: bool
    #: Whether it was refused what EVENTS promise, and no peer has been heard since.
    refused: bool

    def wake(self) -> None:
        """Have it go on soon; do nothing if that has been done."""


class Loop(Protocol):
    """The event loop, or hub, of one thread."""

    def is_here(self) -> bool:
        """Whether this thread runs it just now, and so may wake who waits in it."""

    def call(self, function: Callable[[], None]) -> bool:
        """Have it call a function soon, from any thread; return whether it will."""


class Line:
    """Those of one loop that wait for one event of a socket.

    Those who want to take a message, or to leave one, are woken one by one, in the
    order they came: when the first one leaves, it wakes the next. Those who only want
    to know are woken all.
    """

    __slots__ = ("_loop", "_told", "lookers", "queue")

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._told = False
        self.queue: deque[Waiter] = deque()
        self.lookers: list[Waiter] = []

    def told(self) -> None:
        """Take note of the event; called by the backend, in any thread."""
        if self._loop.is_here():
            self.wake()
        elif not self._told:
            # Before the call, since the loop may be faster than this thread.
            self._told = True
            if not self._loop.call(self._wake_as_told):
                self._told = False

    def _wake_as_told(self) -> None:
        self._told = False
        self.wake()

    def wake(self) -> None:
        """Wake those whose turn it is."""
        for waiter in self.lookers:
            waiter.wake()
        for waiter in self.queue:
            if not waiter.refused:
                # If it is woken already, it wakes the next one when it leaves.
                waiter.wake()
                return


def _lines_of(events: int) -> list[int]:
    # Who polls for none of these still wants to learn when the socket is closed.
    return [event for event in (_POLLIN, _POLLOUT) if events & event] or [_POLLIN]


class Channel:
    """What those of one loop share that wait for one socket."""

    __slots__ = ("_is_draft", "_lines", "_loop", "socket", "waiting")

    def __init__(self, socket: SocketBase, loop: Loop) -> None:
        self._loop = loop
        #: The socket, while somebody waits: else it would never be garbage.
        self.socket: SocketBase | None = None
        self._is_draft = SocketBase.get(socket, SocketOption.TYPE) >= SocketType.SERVER
        self._lines: dict[int, Line] = {
            _POLLIN: self._line(loop),
            _POLLOUT: self._line(loop),
        }
        #: How many wait.
        self.waiting: int = 0

    # What subclasses say

    _line = Line

    def _listen(self, socket: SocketBase) -> None:
        """Have :meth:`fired` called from now on when the descriptor is readable."""
        raise NotImplementedError

    def _stop_listening(self, socket: SocketBase) -> None:
        """Leave the descriptor alone; no error when that has been done."""
        raise NotImplementedError

    # For those who wait

    def enter(self, socket: SocketBase, waiter: Waiter, event: int) -> None:
        """Have `waiter` woken when it is its turn to try again.

        It has to look at EVENTS, or to try, before it sleeps: another thread may just
        have swallowed what it would have been woken by.
        """
        try:
            self._begin(socket)
            self._join(socket, event).queue.append(waiter)
            self.waiting += 1
        except BaseException:  # also of a signal handler, anywhere in there
            self._leave(socket, waiter, self._lines[event])
            raise

    def leave(self, socket: SocketBase, waiter: Waiter, event: int) -> None:
        """Undo an :meth:`enter`; do nothing if that has been done, or did not come."""
        line = self._lines[event]
        if waiter in line.queue:
            try:
                self._leave(socket, waiter, line)
            except BaseException:  # of a signal handler: nobody would do it later
                self._leave(socket, waiter, line)
                raise

    def _leave(self, socket: SocketBase, waiter: Waiter, line: Line) -> None:
        if waiter in line.queue:
            line.queue.remove(waiter)
        if waiter.woken:
            line.wake()  # there may be more, or it did not take what was there
        self._part(socket, line)
        self._end(socket)

    def watch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        """Have `waiter` woken whenever one of `events` may be there."""
        try:
            self._begin(socket)
            for event in _lines_of(events):
                self._join(socket, event).lookers.append(waiter)
            self.waiting += 1
        except BaseException:
            self._unwatch(socket, waiter, events)
            raise

    def unwatch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        """Undo a :meth:`watch`; do nothing if that has been done, or did not come."""
        try:
            self._unwatch(socket, waiter, events)
        except BaseException:  # of a signal handler: nobody would do it later
            self._unwatch(socket, waiter, events)
            raise

    def _unwatch(self, socket: SocketBase, waiter: Waiter, events: int) -> None:
        for event in _lines_of(events):
            line = self._lines[event]
            if waiter in line.lookers:
                line.lookers.remove(waiter)
            self._part(socket, line)
        self._end(socket)

    def pass_on(self, event: int) -> None:
        """Wake the next in line: who was woken does without what is there."""
        self._lines[event].wake()

    def is_awaited(self, event: int) -> bool:
        """Whether somebody is in line for an event."""
        return bool(self._lines[event].queue)

    def _join(self, socket: SocketBase, event: int) -> Line:
        line = self._lines[event]
        if not line.queue and not line.lookers:
            socket._watch(line.told, event)
        return line

    def _part(self, socket: SocketBase, line: Line) -> None:
        if not line.queue and not line.lookers:
            socket._unwatch(line.told)

    def _begin(self, socket: SocketBase) -> None:
        if self.socket is None:
            require_stack()
            self.socket = socket
            # From here on another thread's close() leaves the descriptor open.
            socket._defer_close(self._told_of_close)
            self._listen(socket)

    def _end(self, socket: SocketBase) -> None:
        # Counted anew: a handler may have kept it from being counted.
        reading, writing = self._lines.values()
        self.waiting = len(reading.queue) + len(writing.queue)
        if reading.lookers or writing.lookers:
            self.waiting += len({*map(id, reading.lookers), *map(id, writing.lookers)})
        if not self.waiting and self.socket is not None:
            self._rest(socket)
            self.socket = None

    def _rest(self, socket: SocketBase) -> None:
        self._stop_listening(socket)
        socket._allow_close(self._told_of_close)

    # For the loop

    def descriptor(self, socket: SocketBase) -> int:
        """Return the descriptor to listen to; of a draft socket, it is emptied."""
        if not self._is_draft:
            return SocketBase.get(socket, SocketOption.FD)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DraftFDWarning)
            return SocketBase.get(socket, SocketOption.FD)

    def fired(self) -> None:
        """Have those woken whose turn it is: the descriptor is readable."""
        socket = self.socket
        if socket is None:
            return
        for waiter in self._lines[_POLLOUT].queue:
            waiter.refused = False
        try:
            if self._is_draft:
                self.descriptor(socket)
            SocketBase.get(socket, EVENTS)  # tells the lines
        except ZMQError:
            self._wake_all()

    # The end

    def _told_of_close(self) -> None:
        if self._loop.is_here():
            self._closed()
        elif not self._loop.call(self._closed) and self.socket is not None:
            self.socket._allow_close(self._told_of_close)

    def _closed(self) -> None:
        if self.socket is not None:
            self._rest(self.socket)
            self._wake_all()

    def _wake_all(self) -> None:
        for waiter in self.all():
            waiter.wake()

    def all(self) -> list[Any]:
        """Return everybody who waits."""
        reading, writing = self._lines.values()
        return [*reading.lookers, *writing.lookers, *reading.queue, *writing.queue]


def channel_of(
    socket: SocketBase, key: KeyT, make: Callable[[SocketBase, KeyT], ChannelT]
) -> ChannelT:
    """Return the channel that those of one loop wait for a socket with.

    :param key: stands for the loop.
    :param make: makes the channel where there is none yet.
    """
    try:
        channels: dict[KeyT, ChannelT] = socket.__dict__.setdefault("_channels", {})
    except AttributeError:
        return make(socket, key)  # a compiled socket without a class of Python's
    channel = channels.get(key)
    if channel is None:
        # Those of loops that have ended must not be kept.
        for other, idle in list(channels.items()):
            if not idle.waiting:
                channels.pop(other, None)
        channel = channels[key] = make(socket, key)
    return channel
