"""What has been received, on its way to who asked for it.

A signal handler runs between any two steps of the interpreter, and may raise. So that
nothing is lost then, a message stays in a catch of C, or in a list of a Receipt, until
the method that the user has called returns it; whoever sees an exception pass puts it
back ahead of all others.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.frame import LARGE, Frame, message_bytes, move_into, wrap
from zmq.backend.cffi.lease import drain
from zmq.backend.cffi.owned import new_catch
from zmq.backend.cffi.returned import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from zmq.backend.cffi.handle import Handle

AS_MESSAGE: int = lib.ZQ_AS_MESSAGE
_take_all = lib.zq_take_all
_unpack = ffi.unpack

# Where messages are received into; each is used by one call at a time.
_spare: list[Any] = []


def borrow_catch() -> Any:
    """Return memory to receive a message into, for `give_back_catch`."""
    try:
        c = _spare.pop()
        c.n = 0
        return c
    except IndexError:
        return new_catch()


give_back_catch: Callable[[Any], None] = _spare.append


class Receipt:
    """A message, or a frame, that is being received, wherever it is just now."""

    __slots__ = ("catch", "frames", "source")

    def __init__(self, catch: Any, frame: Any = None) -> None:
        self.catch: Any = catch  # None when it is no longer needed
        self.frames: list[Any] = [] if frame is None else [frame]
        self.source: Source | None = None  # of a message that had been put back


def fill(frames: list[Any], c: Any, copy: bool, track: bool) -> None:
    """Make Python's frames of those in a catch."""
    n = c.n
    if c.copied:
        sizes = c.sizes
        first = sizes[0]
        # Few of them without a loop, since PyPy compiles loops to slower code.
        if n == 1:
            frames.append(_unpack(c.data, first))
            return
        if n <= 4:
            frames.append(_unpack(c.data, first))
            frames.append(_unpack(c.data + first, sizes[1]))
            second = first + sizes[1]
            if n > 2:
                frames.append(_unpack(c.data + second, sizes[2]))
            if n > 3:
                frames.append(_unpack(c.data + second + sizes[2], sizes[3]))
            return
        total = begin = 0
        for i in range(n):
            total += sizes[i]
        data = _unpack(c.data, total) if total else b""
        for i in range(n):
            end = begin + sizes[i]
            frames.append(data[begin:end])
            begin = end
        return
    messages = c.messages
    large = False
    for i in range(n):
        if copy:
            content = message_bytes(messages + i)
            large = large or len(content) >= LARGE
            frames.append(content)
        else:
            # In this order: what it is moved to is known before.
            frame: Frame = Frame.__new__(Frame)
            frames.append(frame)
            move_into(frame, messages + i, track)
    lib.zq_catch_close(c)
    if large:
        drain()  # of a message of this process, perhaps


def rescue(h: Handle | None, receipt: Receipt) -> None:
    """Put back what an exception has kept from being returned."""
    source = receipt.source
    frames = receipt.frames
    if source is None:
        frames = _rest_of(receipt)
    c, receipt.catch = receipt.catch, None
    if c is not None:
        lib.zq_catch_close(c)
        give_back_catch(c)
    if h is None:
        return
    if h.closed:
        h.close_if_last()
    if h.closed or h.box.busy:
        return
    if source is not None:
        source.restore(h)
    elif frames:
        put_back_received(h, frames, None)


def _rest_of(receipt: Receipt) -> list[Any]:
    """Return all frames, whether they are in the catch still, or partly, or not."""
    c = receipt.catch
    frames: list[Any] = list(receipt.frames)
    receipt.frames.clear()
    if c is None or not c.n:
        return frames
    if c.copied:
        frames.clear()
        fill(frames, c, True, False)
        return frames
    made = [frame for frame in frames if isinstance(frame, Frame)]
    frames.clear()
    for i in range(c.n):
        moved = i < len(made) and len(made[i]) > 0
        frames.append(made[i] if moved else wrap(c.messages + i, False))
    return frames


def put_back_received(h: Handle, frames: list[Any], order: int | None) -> None:
    """Put what was received just now back: what is left of its message comes after it.

    :param frames: a message, or a part of one.
    :param order: its number, if it had been put back with one.
    """
    within = h.box.within
    if h.partial:
        frames += h.partial
        h.partial.clear()
    elif h.box.more:
        # A whole message can be put back, or the end of one.
        c = borrow_catch()
        if _take_all(h.box, c, AS_MESSAGE) > 0:
            fill(frames, c, False, False)
        give_back_catch(c)
    if not within:
        h.put_back(frames, order)
        return
    h.partial[:0] = frames
    h.mark_returned()
    h.call_back_readable()
