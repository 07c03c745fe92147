"""The methods of a Socket that send.

What is common is done here, in one call of C; all else goes the long way.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi._native import lib
from zmq.backend.cffi.errors import DONTWAIT, flags_argument
from zmq.backend.cffi.frame import LARGE
from zmq.backend.cffi.handle import HandleUser
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

_put = lib.zq_put
_put_parts = lib.zq_put_few


class Sender(HandleUser):
    """What :class:`Socket` sends with."""

    _copy_threshold: int = 0

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
        :raises ZMQError: EFSM, when it is not the turn of a REQ or REP socket;
            EHOSTUNREACH, when a ROUTER with ``ROUTER_MANDATORY`` does not know the
            recipient; ENOTSUP, for a type that cannot send; and others.
        """
        if (
            type(data) is bytes
            and flags == 0
            and copy
            and routing_id is None
            and group is None
            and self._put_small(data)
        ):
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
        :raises ZMQError: as for :meth:`send`.
        """
        if self._put_few(msg_parts, flags, copy, routing_id, group):
            return None
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

    def _put_small(self, data: bytes) -> bool:
        """Send what most programs send, if that needs neither waiting nor an error."""
        if len(data) >= LARGE:
            return False
        rc: int = _put(self._box, data, len(data), 0)
        if rc > 0:
            after(self._h, rc)
        return rc >= 0

    def _put_few(
        self, parts: Any, flags: int, copy: bool, routing_id: Any, group: Any
    ) -> bool:
        """Send up to four frames of bytes, with no other argument; as `_put_small`.

        It has no loop, since PyPy compiles loops to slower code.
        """
        if flags != 0 or not copy or routing_id is not None or group is not None:
            return False
        kind: Any = type(parts)  # pyright: ignore[reportUnknownVariableType]
        if kind is not list and kind is not tuple:
            return False
        n = len(parts)
        a = b = c = d = b""
        try:
            if n == 3:
                a, b, c = parts
            elif n == 2:
                a, b = parts
            elif n == 4:
                a, b, c, d = parts
            elif n == 1:
                (a,) = parts
            else:
                return False
        except ValueError:  # changed by another thread
            return False
        if not (type(a) is type(b) is type(c) is type(d) is bytes):
            return False
        if n == 1:
            return self._put_small(a)
        if len(a) + len(b) + len(c) + len(d) >= LARGE:
            return False
        rc: int = _put_parts(self._box, n, a, len(a), b, len(b), c, len(c), d, len(d))
        if rc > 0:
            after(self._h, rc)
        return rc >= 0

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
            and self._put_small(data)
        ):
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
        if self._put_few(msg_parts, flags, copy, routing_id, group):
            return None
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

    def _try_send_many(self, messages: Any, copy: bool = True) -> Any:
        return send_burst(
            self._handle(), messages, DONTWAIT, copy, self._copy_threshold
        )
