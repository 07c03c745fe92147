"""The methods of a Socket that receive.

What is common is done here, in one call of C; all else goes the long way. In all of
them a message stays where it can be put back from until it is returned: see caught.py.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi._native import ffi
from zmq.backend.cffi.caught import (
    Receipt,
    borrow_catch,
    give_back_catch,
    put_back_received,
    rescue,
)
from zmq.backend.cffi.errors import (
    DONTWAIT,
    EAGAIN,
    deadline_in_ms,
    flags_argument,
    int_argument,
    ms_argument,
    size_argument,
)
from zmq.backend.cffi.handle import HandleUser
from zmq.backend.cffi.lease import drain_if_any
from zmq.backend.cffi.recv import (
    WAITS,
    begin,
    go_on,
    recv_burst,
    recv_into,
    rescue_burst,
    take,
    take_all,
)
from zmq.backend.cffi.returned import whole_message
from zmq.backend.cffi.send import burst_flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WOULD_WAIT = -EAGAIN
_unpack = ffi.unpack


class Receiver(HandleUser):
    """What :class:`Socket` receives with."""

    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any:
        """Receive one message frame.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns a :class:`zmq.Frame`, which shares libzmq's memory.
        :param track: give that Frame a tracker.
        :returns: bytes, or a Frame. ``rcvmore`` tells whether another frame follows.
        :raises Again: when there is none with ``DONTWAIT``, or none came within
            ``RCVTIMEO`` ms.
        :raises ZMQError: EFSM, when it is not the turn of a REQ or REP socket; ENOTSUP,
            for a type that cannot receive; and others.
        """
        c = borrow_catch()
        r: Any = None
        data: Any = None
        try:
            if flags == 0 and copy:
                rc = take(self._box, c, WAITS)
                if rc >= 0 and c.copied:
                    data = _unpack(c.data, rc)
                    if c.tell:
                        self._h.tell_watchers()
                    done, c = c, None
                    give_back_catch(done)
                    return data
                r = Receipt(c)
                found = go_on(self._handle(), r, rc, take, WAITS, True, False)
            else:
                r = Receipt(c)
                checked = flags_argument(flags)
                found = begin(self._handle(), r, checked, take, copy, track)
            if found:
                return r.frames[0]
        except BaseException:
            rescue(self._h, Receipt(c, data) if r is None else r)
            raise
        raise self._again(flags, False)

    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Any:
        """Receive a whole message, as the list of its frames.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns :class:`zmq.Frame` objects.
        :param track: give these trackers.
        :returns: a list of bytes, or of Frames.
        :raises Again: as for :meth:`recv`.
        :raises ZMQError: as for :meth:`recv`.
        """
        r = Receipt(borrow_catch())
        try:
            if flags == 0 and copy:
                rc = take_all(self._box, r.catch, WAITS)
                found = go_on(self._handle(), r, rc, take_all, WAITS, True, False)
            else:
                checked = flags_argument(flags)
                found = begin(self._handle(), r, checked, take_all, copy, track)
            if found:
                return r.frames
        except BaseException:
            rescue(self._h, r)
            raise
        raise self._again(flags, False)

    def recv_many(self, max_messages: int, flags: int = 0, copy: bool = True) -> Any:
        """Receive many messages in one call.

        Waits, like :meth:`recv_multipart`, for the first, and then takes what is there.

        :param max_messages: how many to receive at most.
        :param flags: ``zmq.DONTWAIT`` not to wait for the first, either.
        :param copy: False returns :class:`zmq.Frame` objects.
        :returns: a list of messages, each of them a list of bytes, or of Frames; never
            empty.
        :raises ValueError: when `max_messages` is less than 1.
        :raises Again: as for :meth:`recv`.

        .. versionadded:: 28.0
        """
        checked = burst_flags(flags)
        messages: list[list[Any]] = []
        orders: list[int | None] = []
        try:
            most = _most(max_messages)
            recv_burst(self._handle(), most, checked, copy, messages, orders)
            if messages:
                return messages
        except BaseException:
            rescue_burst(self._h, messages, orders)
            raise
        raise self._again(flags, False)

    def recv_into(self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0) -> Any:
        """Receive one message frame into memory of the caller's.

        :param buffer: a writable, contiguous buffer.
        :param nbytes: bytes to write at most; 0, the default, means its whole size.
        :param flags: ``zmq.DONTWAIT`` not to wait.
        :returns: the size of the frame. When that is more than was to be written, the
            rest of the frame is lost.
        :raises BufferError: when the buffer is read-only, or not contiguous.
        :raises ValueError: when `nbytes` is negative, or larger than the buffer.
        :raises Again: as for :meth:`recv`.

        .. versionadded:: 26.4
        """
        r = Receipt(borrow_catch())
        try:
            if recv_into(self._handle(), r, buffer, nbytes, flags_argument(flags)):
                return len(r.frames[0])
        except BaseException:
            rescue(self._h, r)
            raise
        raise self._again(flags, False)

    def poll(self, timeout: Any = None, flags: int = 1) -> Any:
        """Wait until the socket is ready; :class:`zmq.Poller` waits for several.

        :param timeout: milliseconds; None or a negative number, waits for ever.
        :param flags: a mask of :class:`zmq.PollEvent`; by default ``POLLIN``.
        :returns: the mask of what it is ready for; 0 when the time is over.
        :raises ZMQError: ENOTSOCK, when the socket is closed, also meanwhile.
        """
        ms = ms_argument(timeout)
        wanted = int_argument("flags", flags)
        h = self._usable()
        deadline = None
        while True:
            events = h.look_and_tell() & wanted
            drain_if_any()
            if events or ms == 0:
                return events
            if deadline is None:
                deadline = deadline_in_ms(ms)
            if not h.wait(wanted, deadline, "was polled"):
                return 0
            h.unusable()

    # What asynchronous flavours build upon: see zmq.backend.abc.

    def _try_recv(
        self,
        copy: bool = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> Any:
        c = borrow_catch()
        r: Any = None
        data: Any = None
        rc = 0
        try:
            if copy:
                rc = take(self._box, c, 0)
                if rc >= 0 and c.copied:
                    data = _unpack(c.data, rc)
                    self._h.order = self._h.orders = None
                    if c.tell:
                        self._h.tell_watchers()
                    done, c = c, None
                    give_back_catch(done)
                    if kept is not None:
                        kept.append(data)
                    return data
                if rc == _WOULD_WAIT and not self._h.watchers:
                    done, c = c, None
                    give_back_catch(done)
                    return None
            r = Receipt(c)
            if copy:
                h = self._handle()
                h.order = h.orders = None
                found = go_on(h, r, rc, take, 0, True, False)
            else:
                found = begin(self._handle(), r, DONTWAIT, take, copy, track)
            if not found:
                return None
            if kept is not None:
                kept.append(r.frames[0])
            return r.frames[0]
        except BaseException:
            if not kept:
                rescue(self._h, Receipt(c, data) if r is None else r)
            raise

    def _try_recv_multipart(
        self,
        copy: bool = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> Any:
        r = Receipt(borrow_catch())
        try:
            h = self._handle()
            if copy:
                # As begin() does, with fewer calls: an await mostly comes here.
                rc = take_all(self._box, r.catch, 0)
                h.order = h.orders = None
                found = go_on(h, r, rc, take_all, 0, True, False)
            else:
                found = begin(h, r, DONTWAIT, take_all, False, track)
            if not found:
                return None
            if kept is not None:
                kept.append(r.frames)
            return r.frames
        except BaseException:
            if not kept:
                rescue(self._h, r)
            raise

    def _try_recv_into(
        self, buffer: Any, nbytes: int = 0, kept: list[Any] | None = None
    ) -> Any:
        r = Receipt(borrow_catch())
        try:
            if not recv_into(self._handle(), r, buffer, nbytes, DONTWAIT):
                return None
            size = len(r.frames[0])
            if kept is not None:
                kept.append(size)
            return size
        except BaseException:
            if not kept:
                rescue(self._h, r)
            raise

    def _try_recv_many(
        self, max_messages: int, copy: bool = True, kept: list[Any] | None = None
    ) -> Any:
        messages: list[list[Any]] = []
        orders: list[int | None] = []
        try:
            most = _most(max_messages)
            recv_burst(self._handle(), most, DONTWAIT, copy, messages, orders)
            if kept is not None and messages:
                kept.append(messages)
            return messages or None
        except BaseException:
            if not kept:
                rescue_burst(self._h, messages, orders)
            raise

    @property
    def _refused(self) -> bool:
        """Whether the last thing done with the socket was to receive in vain.

        What has come since then its descriptor tells.
        """
        h = self._h
        return h is not None and bool(h.box.refused) and not h.foreign

    def _received_part(self) -> int:
        box = self._box
        part = box.within or box.more or self._h.partial
        return box.taken if part else 0

    def _undo_recv(self, frames: Any, /) -> None:
        put_back_received(self._usable(), whole_message(frames), self._h.order)


def _most(max_messages: Any) -> int:
    most = size_argument(max_messages)
    if most < 1:
        raise ValueError(f"max_messages={max_messages!r} must be at least 1")
    return most
