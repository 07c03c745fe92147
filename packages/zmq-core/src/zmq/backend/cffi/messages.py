"""The methods of a Socket that move messages.

What is common is done here, in one call of C; all else goes the long way.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import (
    DONTWAIT,
    EAGAIN,
    deadline_in_ms,
    flags_argument,
    int_argument,
    ms_argument,
)
from zmq.backend.cffi.frame import LARGE
from zmq.backend.cffi.recv import (
    borrow_catch,
    deliver_caught,
    give_back_catch,
    recv_burst,
    recv_frames,
    recv_into,
    recv_one,
    rescue,
    take_caught,
)
from zmq.backend.cffi.send import (
    after,
    burst_flags,
    send_burst,
    send_frames,
    send_one,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_WOULD_WAIT = -EAGAIN
_put = lib.zq_put
_take = lib.zq_take
_take_all = lib.zq_take_all
_unpack = ffi.unpack


class Messages:
    """What :class:`Socket` sends and receives with."""

    _h: Any = None
    _box: Any = ffi.NULL
    _copy_threshold: int = 0

    def _handle(self) -> Handle:
        raise NotImplementedError

    def _usable(self) -> Handle:
        raise NotImplementedError

    def send(
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: Any = None,
        group: Any = None,
    ) -> Any:
        """Send one message frame.

        :param data: bytes, a :class:`zmq.Frame`, or any contiguous buffer.
        :param flags: ``zmq.DONTWAIT`` not to wait, ``zmq.SNDMORE`` when another frame
            of the same message follows.
        :param copy: False lets libzmq refer to the memory of `data` from
            ``copy_threshold`` bytes on: it must not change until it is sent.
        :param track: return a :class:`zmq.MessageTracker` (with ``copy=False``).
        :param routing_id: the recipient, of SERVER sockets (draft).
        :param group: the group, of RADIO sockets (draft).
        :returns: None, or the tracker.
        :raises TypeError: when `data` is a str, or has no buffer; nothing is sent.
        :raises ValueError: when `track` is set and `data` is an untracked Frame.
        :raises Again: when it would have to wait with ``DONTWAIT``, or has waited for
            ``SNDTIMEO`` ms.
        :raises ZMQError: whatever else libzmq reports.
        """
        if (
            type(data) is bytes
            and flags == 0
            and copy
            and routing_id is None
            and group is None
            and len(data) < LARGE
        ):
            rc = _put(self._box, data, len(data), 0)
            if rc == 0:
                return None
            if rc > 0:
                after(self._h, rc)
                return None
        sent = send_one(
            self._handle(),
            data,
            flags_argument(flags),
            copy,
            track,
            self._copy_threshold,
            routing_id,
            group,
        )
        if sent is False:
            raise self._again(flags, True)
        return sent

    def send_multipart(
        self,
        msg_parts: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: Any = None,
        group: Any = None,
    ) -> Any:
        """Send a message of several frames: all of them, or, on an error, none.

        :param msg_parts: an iterable of what :meth:`send` takes as `data`.
        :param flags: ``zmq.DONTWAIT``; ``zmq.SNDMORE`` when more frames follow.
        :param copy: as for :meth:`send`.
        :param track: as for :meth:`send`; the tracker is done when all frames are.
        :param routing_id: the recipient, of SERVER sockets (draft).
        :param group: the group, of RADIO sockets (draft).
        :returns: None, or the tracker.
        :raises TypeError: when a frame cannot be sent; names it by its index.
        :raises IndexError: when there is no frame.
        :raises Again: as for :meth:`send`.
        :raises ZMQError: whatever else libzmq reports.
        """
        sent = send_frames(
            self._handle(),
            msg_parts,
            flags_argument(flags),
            copy,
            track,
            self._copy_threshold,
            routing_id,
            group,
        )
        if sent is False:
            raise self._again(flags, True)
        return sent

    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any:
        """Receive one message frame.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns a :class:`zmq.Frame`, which shares libzmq's memory.
        :param track: give that Frame a tracker.
        :returns: bytes, or a Frame. ``rcvmore`` tells whether another frame follows.
        :raises Again: when there is none with ``DONTWAIT``, or none came within
            ``RCVTIMEO`` ms.
        :raises ZMQError: whatever else libzmq reports.
        """
        if flags == 0 and copy:
            c = borrow_catch()
            rc = _take(self._box, c, 0)
            if rc >= 0 and c.copied:
                data: bytes = _unpack(c.data, rc)
                tell = c.tell
                give_back_catch(c)
                if tell:
                    self._h.tell_watchers()
                return data
            if rc >= 0:
                return deliver_caught(self._h, c)
            give_back_catch(c)
        frame = recv_one(self._handle(), flags_argument(flags), copy, track)
        if frame is None:
            raise self._again(flags, False)
        return frame

    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Any:
        """Receive a whole message, as the list of its frames.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns :class:`zmq.Frame` objects.
        :param track: give these trackers.
        :returns: a list of bytes, or of Frames.
        :raises Again: as for :meth:`recv`.
        :raises ZMQError: whatever else libzmq reports.
        """
        if flags == 0 and copy:
            c = borrow_catch()
            frames: list[Any] = []
            c.n = 0
            try:
                rc = _take_all(self._box, c, 0)
                if rc >= 0:
                    return take_caught(self._h, c, frames, True, False)
            except BaseException:
                rescue(self._h, c, frames)
                raise
            give_back_catch(c)
        found = recv_frames(self._handle(), flags_argument(flags), copy, track)
        if found is None:
            raise self._again(flags, False)
        return found

    def send_many(self, messages: Any, flags: int = 0, copy: bool = True) -> Any:
        """Send many messages in one call.

        Waits, like :meth:`send_multipart`, until the first can be sent, and then sends
        what can be sent without waiting.

        :param messages: an iterable of messages, each of them a list, or another
            iterable, of frames. All are checked before the first is sent.
        :param flags: ``zmq.DONTWAIT`` not to wait for the first, either.
        :param copy: as for :meth:`send`.
        :returns: how many were sent, each as a whole; 0 only when there are none.
        :raises Again: when not even the first can be sent, as for :meth:`send`.
        :raises ZMQError: whatever else libzmq reports of the first message.

        .. versionadded:: 28.0
        """
        sent = send_burst(
            self._handle(), messages, burst_flags(flags), copy, self._copy_threshold
        )
        if sent is False:
            raise self._again(flags, True)
        return sent

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
        messages = recv_burst(self._handle(), max_messages, burst_flags(flags), copy)
        if messages is None:
            raise self._again(flags, False)
        return messages

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
        size = recv_into(self._handle(), buffer, nbytes, flags_argument(flags))
        if size is None:
            raise self._again(flags, False)
        return size

    def poll(self, timeout: Any = None, flags: int = 1) -> Any:
        """Wait until the socket is ready; :class:`zmq.Poller` waits for several.

        :param timeout: milliseconds; None or a negative number, waits for ever.
        :param flags: a mask of :class:`zmq.PollEvent`; by default ``POLLIN``.
        :returns: the mask of what it is ready for; 0 when the time is over.
        """
        ms = ms_argument(timeout)
        wanted = int_argument("flags", flags)
        h = self._usable()
        deadline = None
        while True:
            events = h.look_and_tell() & wanted
            if events or ms == 0:
                return events
            if deadline is None:
                deadline = deadline_in_ms(ms)
            if not h.wait(wanted, deadline, "was polled"):
                return 0
            h.unusable()

    # What asynchronous flavours build upon: see zmq.backend.abc.

    def _try_send(
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: Any = None,
        group: Any = None,
    ) -> Any:
        if (
            type(data) is bytes
            and flags == 0
            and copy
            and routing_id is None
            and group is None
            and len(data) < LARGE
        ):
            rc = _put(self._box, data, len(data), 0)
            if rc == 0:
                return None
            if rc > 0:
                after(self._h, rc)
                return None
        return send_one(
            self._handle(),
            data,
            flags_argument(flags) | DONTWAIT,
            copy,
            track,
            self._copy_threshold,
            routing_id,
            group,
        )

    def _try_send_multipart(
        self,
        msg_parts: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: Any = None,
        group: Any = None,
    ) -> Any:
        return send_frames(
            self._handle(),
            msg_parts,
            flags_argument(flags) | DONTWAIT,
            copy,
            track,
            self._copy_threshold,
            routing_id,
            group,
        )

    def _try_recv(self, copy: bool = True, track: bool = False) -> Any:
        if copy:
            c = borrow_catch()
            rc = _take(self._box, c, 0)
            if rc >= 0 and c.copied:
                data: bytes = _unpack(c.data, rc)
                self._h.order = None
                tell = c.tell
                give_back_catch(c)
                if tell:
                    self._h.tell_watchers()
                return data
            if rc >= 0:
                self._h.order = None
                return deliver_caught(self._h, c)
            give_back_catch(c)
            if rc == _WOULD_WAIT and not self._h.watchers:
                return None
        return recv_one(self._handle(), DONTWAIT, copy, track)

    def _try_recv_multipart(self, copy: bool = True, track: bool = False) -> Any:
        if copy:
            c = borrow_catch()
            frames: list[Any] = []
            c.n = 0
            try:
                rc = _take_all(self._box, c, 0)
                if rc >= 0:
                    self._h.order = None
                    return take_caught(self._h, c, frames, True, False)
            except BaseException:
                rescue(self._h, c, frames)
                raise
            give_back_catch(c)
            if rc == _WOULD_WAIT and not self._h.watchers:
                return None
        return recv_frames(self._handle(), DONTWAIT, copy, track)

    def _try_recv_into(self, buffer: Any, nbytes: int = 0) -> Any:
        return recv_into(self._handle(), buffer, nbytes, DONTWAIT)

    def _try_send_many(self, messages: Any, copy: bool = True) -> Any:
        return send_burst(
            self._handle(), messages, DONTWAIT, copy, self._copy_threshold
        )

    def _try_recv_many(self, max_messages: int, copy: bool = True) -> Any:
        return recv_burst(self._handle(), max_messages, DONTWAIT, copy)

    def _again(self, flags: Any, sending: bool) -> Exception:
        """Return the Again that `send(flags=flags)`, or a receive, would raise now."""
        return self._handle().again(int_argument("flags", flags), sending)
