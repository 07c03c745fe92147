"""Sending."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq import constants
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import (
    DONTWAIT,
    EAGAIN,
    EINVAL,
    POLLOUT,
    SNDMORE,
    fail,
    int_argument,
    is_of_handler,
)
from zmq.backend.cffi.frame import (
    LARGE,
    Frame,
    fill,
    finished_tracker,
    is_exposed,
    memory_of,
)
from zmq.backend.cffi.labels import label
from zmq.backend.cffi.lease import drain
from zmq.backend.tracker import MessageTracker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from zmq.backend.cffi.handle import Handle

_SNDTIMEO = int(constants.SocketOption.SNDTIMEO)
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1_000_000, 20_000_000  # nanoseconds
_MOST_JOINED = 65536  # bytes of small frames that are copied together
_FULL_RAISE: int = lib.ZQ_FULL_RAISE
_TELL = 1
_DRAIN = 2


def after(h: Handle, bits: int) -> None:
    """Do what an operation that succeeded has left to do."""
    if bits & _DRAIN:
        drain()
    if bits & _TELL:
        h.tell_watchers()


def until_sent(h: Handle, attempt: Callable[[], int], flags: int) -> bool:
    """Attempt to send until that succeeds; False, and nothing is sent, if it waits."""
    deadline: int | None = None
    pause = _SHORTEST_PAUSE
    while True:
        rc = attempt()
        if rc >= 0:
            if rc:
                after(h, rc)
            return True
        if rc != -EAGAIN:
            h.failed(rc, "send")
            continue
        if h.on_full == _FULL_RAISE:
            if h.watchers:
                h.tell_watchers()
            raise h.again(DONTWAIT, True)
        if flags & DONTWAIT:
            if h.watchers:
                h.tell_watchers()
            return False
        if deadline is None:
            if h.counting:
                lib.zq_count_one(h.box, lib.ZQ_SENDS_WAITED)
            deadline = h.deadline_by_option(_SNDTIMEO)
        if not lib.zq_refused_events(h.box) & POLLOUT:
            if not h.wait(POLLOUT, deadline, "waited to send"):
                return False
            continue
        # It is ready for another peer (of a ROUTER, say): that would end each wait.
        end = int(lib.zq_now_ns()) + pause
        if 0 <= deadline <= end:
            if not h.wait(0, deadline, "waited to send"):
                return False
        else:
            h.wait(0, end, "waited to send")
        pause = min(2 * pause, _LONGEST_PAUSE)


def fill_frame(
    message: Any, data: Any, copy: bool, threshold: int, leases: list[Any] | None
) -> None:
    """Make an empty message carry `data`; what is lent joins `leases`, if a list."""
    if isinstance(data, Frame):
        if leases is not None:
            if data.tracker is None:
                raise ValueError(
                    "Not a tracked message: a Frame to be tracked needs track=True"
                )
            leases.append(data.tracker)
        if copy and data._data is not None and not data._readonly:
            fill(message, data, False)  # its buffer may be changed after the send
            return
        rc = lib.zq_message_copy(message, data._message)
        if rc < 0:
            fail(-rc)
        return
    if type(data) is bytes:
        # Nobody can tell whether an immutable object was copied: when it is large,
        # lending it is cheaper.
        size = len(data)
        share = size >= LARGE or not (copy or size < threshold)
    elif isinstance(data, str):
        raise TypeError("str cannot be sent: use send_string, or encode it first")
    elif not is_exposed(data):
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}")
    elif copy:
        share = False
    else:
        with memory_of(data) as view:
            share = view.nbytes >= threshold
    lease = fill(message, data, share)
    if lease is not None and leases is not None:
        leases.append(lease)


def _send_made(
    h: Handle,
    parts: list[Any],
    flags: int,
    copy: bool,
    threshold: int,
    leases: list[Any] | None,
    routing_id: Any,
    group: Any,
) -> Any:
    """Send parts of any kind: every one is made before the first is sent.

    :returns: the tracker or None, or False where nothing was sent.
    """
    n = len(parts)
    frames = ffi.new("zq_frame[]", n)
    made = 0
    sent = False
    try:
        for number in range(n):
            if number >= len(parts):
                raise RuntimeError("msg_parts changed while it was being sent")
            lib.zq_frame_init(frames + number)
            made += 1
            message = ffi.addressof(frames[number], "msg")
            fill_frame(message, parts[number], copy, threshold, leases)
            if routing_id is not None or group is not None:
                label(message, routing_id, group)
        # Before the send: what failed after it would tell of a message not sent.
        tracker = _tracker(leases)
        box = h.box
        sent = until_sent(h, lambda: lib.zq_put_frames(box, frames, n, flags), flags)
    finally:
        if not sent:
            lib.zq_frames_close(frames, made)
            drain()
    return tracker if sent else False


def send_one(
    h: Handle,
    data: Any,
    flags: int,
    copy: bool,
    track: bool,
    threshold: int,
    routing_id: Any = None,
    group: Any = None,
) -> Any:
    """Send one frame; False, and nothing is sent, where it would have to wait."""
    if type(data) is bytes and copy and routing_id is None and group is None:
        size = len(data)
        if size < LARGE:
            box = h.box
            h.unusable()
            put = lib.zq_put
            return (
                None
                if until_sent(h, lambda: put(box, data, size, flags), flags)
                else False
            )
    if track and copy and isinstance(data, Frame) and data.tracker is None:
        raise ValueError(
            "Not a tracked message: a Frame to be tracked needs track=True"
        )
    h.unusable()
    leases: list[Any] | None = [] if track and not copy else None
    return _send_made(h, [data], flags, copy, threshold, leases, routing_id, group)


def _tracker(leases: list[Any] | None) -> Any:
    if leases is None:
        return None
    return MessageTracker(*leases) if leases else finished_tracker


def _as_parts(msg_parts: Any) -> list[Any]:
    """Return the frames of a message in a new list."""
    parts = list(msg_parts)
    if parts and isinstance(msg_parts, (bytes, bytearray, str)):
        raise TypeError(
            f"Frame 0 ({parts[0]!r}) does not support the buffer interface:"
            f" msg_parts is {type(msg_parts).__name__} {msg_parts!r:.100}, not a list"
            " of frames. To send one frame, use send(data), or send_multipart([data])."
        )
    return parts


def _refuse_part(number: int, part: Any) -> NoReturn:
    hint = " Encode the str first: text.encode()." if isinstance(part, str) else ""
    raise TypeError(
        f"Frame {number} ({part!r:.100}) does not support the buffer interface.{hint}"
    )


def _joinable(parts: list[Any]) -> int:
    """The bytes of frames that can be copied together; -1 if they cannot."""
    total = 0
    for part in parts:
        if type(part) is not bytes:
            return -1
        size = len(part)
        if size >= LARGE:
            return -1
        total += size
    return total if total < _MOST_JOINED else -1


def send_frames(
    h: Handle,
    msg_parts: Any,
    flags: int,
    copy: bool,
    track: bool,
    threshold: int,
    routing_id: Any = None,
    group: Any = None,
) -> Any:
    """Send all frames or none; False where it would have to wait."""
    # A list of our own: what is measured must be what is copied, and another thread may
    # change that of the caller.
    parts = _as_parts(msg_parts)
    n = len(parts)
    if n == 0:
        raise IndexError("a message needs at least one frame, msg_parts is empty")
    if copy and routing_id is None and group is None and _joinable(parts) >= 0:
        data = b"".join(parts)
        sizes = ffi.new("int[]", [len(part) for part in parts])
        h.unusable()
        box = h.box
        put = lib.zq_put_joined
        sent = until_sent(h, lambda: put(box, data, sizes, n, flags), flags)
        return None if sent else False
    h.unusable()
    for number, part in enumerate(parts):
        if not is_exposed(part):
            _refuse_part(number, part)
    leases: list[Any] | None = [] if track and not copy else None
    return _send_made(h, parts, flags, copy, threshold, leases, routing_id, group)


# Many messages in one call.


def burst_flags(flags: Any) -> int:
    """Check the flags of a call for many messages."""
    value = int_argument("flags", flags)
    if value & ~DONTWAIT:
        fail(EINVAL, f"flags={value:#x}: only zmq.DONTWAIT can be used here")
    return value


def _checked_burst(messages: Any) -> list[list[Any]]:
    """Return messages as lists of frames, all of which can be sent."""
    checked: list[list[Any]] = []
    if isinstance(messages, str) or is_exposed(messages):
        raise TypeError(
            f"messages must be several messages, not one {type(messages).__name__!r}"
        )
    for i, message in enumerate(messages):
        if isinstance(message, str) or is_exposed(message):
            raise TypeError(f"message {i} ({message!r:.100}) must be a list of frames")
        parts: list[Any] = list(message)
        if not parts:
            raise IndexError(f"message {i} has no frame")
        for j, part in enumerate(parts):
            if not is_exposed(part):
                raise TypeError(
                    f"Frame {j} of message {i} ({part!r:.100}) does not support the"
                    " buffer interface."
                )
            _require_one_block(part, i, j)
        checked.append(parts)
    return checked


def _require_one_block(part: Any, message: int, frame: int) -> None:
    if isinstance(part, (bytes, Frame)):
        return
    try:
        with memoryview(part) as view:
            if not view.contiguous:
                raise BufferError("memoryview: underlying buffer is not contiguous")
    except (BufferError, ValueError) as error:
        raise type(error)(f"Frame {frame} of message {message}: {error}") from None


def send_burst(h: Handle, messages: Any, flags: int, copy: bool, threshold: int) -> Any:
    """Send what can be, waiting for the first; how many, False where that waits."""
    sent = 0
    for parts in _checked_burst(messages):
        try:
            result = send_frames(h, parts, flags, copy, False, threshold)
        except Exception as error:
            if sent == 0 or is_of_handler(error):
                raise
            break  # who sends the rest meets it again, and knows what has been sent
        if result is False:
            if sent == 0:
                return False
            break
        sent += 1
        flags |= DONTWAIT
    return sent


__all__ = ["SNDMORE", "after", "burst_flags", "send_burst", "send_frames", "send_one"]
