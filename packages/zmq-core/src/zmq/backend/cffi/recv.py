"""Receiving."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

# The attempts are made by who is called with them, before the next round.
# ruff: noqa: B023
from zmq import constants
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import DONTWAIT, EAGAIN, POLLIN, size_argument
from zmq.backend.cffi.frame import Frame, message_bytes, wrap
from zmq.backend.cffi.handle import PUT_BACK
from zmq.backend.cffi.lease import drain
from zmq.error import ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_RCVTIMEO = int(constants.SocketOption.RCVTIMEO)
_unpack = ffi.unpack
ZQ_SMALL: int = lib.ZQ_SMALL

# Where messages are received into; each is used by one call at a time.
_spare: list[Any] = []


def borrow_catch() -> Any:
    """Return memory to receive a message into; to be given back by `_spare.append`."""
    try:
        return _spare.pop()
    except IndexError:
        made = lib.zq_catch_new()
        if not made:
            raise MemoryError("no memory to receive a message") from None
        return ffi.gc(made, lib.zq_catch_free)


give_back_catch: Callable[[Any], None] = _spare.append


def _until_received(h: Handle, attempt: Callable[[], int], flags: int) -> int | None:
    """Attempt to receive until that succeeds; None where it would have to wait."""
    deadline: int | None = None
    while True:
        rc = attempt()
        if rc >= 0 or rc == PUT_BACK:
            return rc
        if rc != -EAGAIN:
            h.failed(rc, "recv")
            continue
        if flags & DONTWAIT:
            if h.watchers:
                h.tell_watchers()
            return None
        if deadline is None:
            deadline = h.deadline_by_option(_RCVTIMEO)
        if not h.wait(POLLIN, deadline, "waited to receive"):
            return None


def _close_message(message: Any) -> None:
    lib.zmq_msg_close(message)
    drain()


def _deliver(message: Any, copy: bool, track: bool) -> Any:
    """Return a received message as what was asked for; closes it."""
    try:
        return message_bytes(message) if copy else wrap(message, track)
    finally:
        _close_message(message)


def deliver_caught(h: Handle, c: Any) -> bytes:
    """Return a large frame that was received, as bytes."""
    tell = c.tell
    try:
        data: bytes = _deliver(c.messages, True, False)
    finally:
        give_back_catch(c)
    if tell:
        h.tell_watchers()
    return data


def recv_one(h: Handle, flags: int, copy: bool, track: bool) -> Any:
    """Receive one frame; None where that would have to wait."""
    h.unusable()
    h.order = None
    box = h.box
    as_message = not copy
    while True:
        c = borrow_catch()
        rc = _until_received(h, lambda: lib.zq_take(box, c, as_message), flags)
        if rc is None:
            give_back_catch(c)
            return None
        if rc >= 0:
            if c.copied:
                frame: Any = _unpack(c.data, rc)
            else:
                frame = _deliver(c.messages, copy, track)
            tell = c.tell
            give_back_catch(c)
            if tell:
                h.tell_watchers()
            return frame
        give_back_catch(c)
        found = next_returned_frame(h, copy, track)
        if found is not None:
            return found


def recv_frames(h: Handle, flags: int, copy: bool, track: bool) -> Any:
    """Receive all frames of a message; None where that would have to wait."""
    h.unusable()
    h.order = None
    box = h.box
    as_messages = not copy
    while True:
        c = borrow_catch()
        c.n = 0
        frames: list[Any] = []
        try:
            rc = _until_received(h, lambda: lib.zq_take_all(box, c, as_messages), flags)
            if rc is not None and rc >= 0:
                return take_caught(h, c, frames, copy, track)
        except BaseException:
            rescue(h, c, frames)
            raise
        give_back_catch(c)
        if rc is None:
            return None
        message = h.next_returned()
        if message is not None:
            return _all_as_asked(message, copy, track)


def take_caught(
    h: Handle, c: Any, frames: list[Any], copy: bool, track: bool
) -> list[Any]:
    """Return `frames`, filled with those of the message that was received."""
    n = c.n
    if c.copied and n == 1:
        frames.append(_unpack(c.data, c.sizes[0]))
    elif c.copied:
        sizes = c.sizes
        total = begin = 0
        for i in range(n):
            total += sizes[i]
        data = _unpack(c.data, total) if total else b""
        for i in range(n):
            end = begin + sizes[i]
            frames.append(data[begin:end])
            begin = end
    else:
        for i in range(n):
            message = c.messages + i
            frames.append(message_bytes(message) if copy else wrap(message, track))
        for i in range(n):
            lib.zmq_msg_close(c.messages + i)
    tell = c.tell
    c.n = 0
    give_back_catch(c)
    if tell:
        h.tell_watchers()
    return frames


def rescue(h: Handle, c: Any, frames: list[Any]) -> None:
    """Put a message back that a signal handler has kept from being returned.

    :param frames: those of its frames that have been made already.
    """
    n = c.n
    if not n:
        return
    if c.copied:
        frames.clear()
        begin = 0
        for i in range(n):
            frames.append(ffi.buffer(c.data, ZQ_SMALL)[begin : begin + c.sizes[i]])
            begin += c.sizes[i]
    else:
        for i in range(len(frames), n):
            frames.append(wrap(c.messages + i, False))
    c.n = 0
    if not h.closed and h.busy is None:
        h.put_back(frames)


def recv_into(h: Handle, buffer: Any, nbytes: Any, flags: int) -> int | None:
    """Receive one frame into memory; None where that would have to wait."""
    h.unusable()
    most = size_argument(nbytes)
    if most < 0:
        raise ValueError(f"nbytes={nbytes} must not be negative")
    if isinstance(buffer, Frame):
        view = buffer.buffer
    else:
        try:
            view = memoryview(buffer)
        except TypeError:
            raise TypeError(
                f"a bytes-like object is required, not {type(buffer).__name__!r}"
            ) from None
    if view.readonly:
        raise BufferError("Object is not writable.")
    if not view.contiguous:
        raise BufferError("the buffer is not contiguous")
    if most > view.nbytes:
        raise ValueError(f"nbytes={nbytes} is more than the buffer's {view.nbytes}")
    most = most or view.nbytes
    c = borrow_catch()
    box = h.box
    while True:
        rc = _until_received(h, lambda: lib.zq_take(box, c, False), flags)
        if rc is None:
            give_back_catch(c)
            return None
        if rc >= 0:
            break
        data = next_returned_frame(h, True, False)
        if data is not None:
            give_back_catch(c)
            _write(view, data, min(len(data), most))
            return len(data)
    try:
        if c.copied:
            _write(view, _unpack(c.data, min(rc, most)), min(rc, most))
        else:
            try:
                _write_memory(view, lib.zmq_msg_data(c.messages), min(rc, most))
            finally:
                _close_message(c.messages)
        tell = c.tell
    finally:
        give_back_catch(c)
    if tell:
        h.tell_watchers()
    return rc


def _write(view: memoryview, data: bytes, size: int) -> None:
    if size:
        _write_memory(view, data, size)


def _write_memory(view: memoryview, source: Any, size: int) -> None:
    if not size:
        return
    if view.ndim == 1 and view.itemsize == 1 and view.format in ("B", "b", "c"):
        flat = view if view.format == "B" else view.cast("B")
        if isinstance(source, bytes):
            flat[:size] = source[:size]
        else:
            flat[:size] = ffi.buffer(source, size)
        return
    target = view.obj if not view.c_contiguous else view
    ffi.memmove(ffi.from_buffer(target), source, size)


# Messages put back.


def _as_asked(frame: Any, copy: bool, track: bool, more: bool) -> Any:
    if isinstance(frame, Frame):
        return frame.bytes if copy else frame
    if copy:
        return frame
    made = Frame(frame, track)
    made.more = more
    return made


def _all_as_asked(frames: list[Any], copy: bool, track: bool) -> list[Any]:
    last = len(frames) - 1
    return [_as_asked(f, copy, track, i < last) for i, f in enumerate(frames)]


def next_returned_frame(h: Handle, copy: bool, track: bool) -> Any:
    """Take the next frame of the messages put back; None if there is none."""
    frames = h.next_returned()
    if frames is None:
        return None
    frames = list(frames)
    frame = frames.pop(0)
    h.partial = frames
    h.mark_returned()
    return _as_asked(frame, copy, track, bool(frames))


def next_returned(h: Handle) -> list[Any] | None:
    """Take the next message put back, as Frames; None if there is none."""
    frames = h.next_returned()
    return None if frames is None else _all_as_asked(frames, False, False)


# Many messages in one call.


def recv_burst(h: Handle, max_messages: Any, flags: int, copy: bool) -> Any:
    """Receive what is there, waiting for the first; None where that would have to."""
    most = size_argument(max_messages)
    if most < 1:
        raise ValueError(f"max_messages={max_messages!r} must be at least 1")
    message = recv_frames(h, flags, copy, False)
    if message is None:
        return None
    messages = [message]
    try:
        while len(messages) < most:
            message = recv_frames(h, DONTWAIT, copy, False)
            if message is None:
                break
            messages.append(message)
    except ZMQError:
        pass  # the next call meets it again; these messages have been received
    except BaseException:
        # Of a signal handler: they come again, in their order.
        while messages and not h.closed and h.busy is None:
            h.put_back(messages.pop())
        raise
    return messages
