"""Messages put back: they come before everything that libzmq holds.

`Handle.returned` is a list of (order, frames), to be received from its start. `frames`
are all frames of a message, bytes or Frames. `order` is when it was received, or None
for what was simply put back ahead of all others. A message that is received again, and
put back again, keeps its number: `Handle.order` has it in between. `Handle.partial` are
the frames still to come of a message that is received frame by frame.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi.frame import Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_FIRST = (0,)
_UNSIGNED = 0xFFFFFFFF


class Source:
    """Where a message that had been put back was taken from, to be restored."""

    __slots__ = ("entries", "taken", "whole")

    def __init__(self, whole: bool) -> None:
        self.whole: bool = whole
        self.entries: list[tuple[int | None, list[Any]]] = []
        self.taken: list[Any] = []  # of the frames that were still to come

    def take(self, h: Handle) -> list[Any]:
        """Take a message, or a frame, off a socket; empty when there is none."""
        h.order = None
        box = h.box
        box.within = bool(h.partial)
        box.taken = (box.taken + 2) & _UNSIGNED
        # Lists are changed in one step of the interpreter each: between two steps a
        # signal handler may raise, and then every frame has to be in one of them.
        if h.partial:
            if self.whole:
                self.taken += h.partial
                h.partial.clear()
            else:
                self.taken.extend(map(h.partial.pop, _FIRST))
            frames = self.taken
        else:
            try:
                self.entries.extend(map(h.returned.pop, _FIRST))
            except IndexError:  # another thread was faster
                h.mark_returned()
                return []
            h.order, frames = self.entries[0]
            if not self.whole:
                h.partial[:] = frames[1:]
                frames = frames[:1]
        h.mark_returned()
        return frames

    def restore(self, h: Handle) -> None:
        """Put it back as it was."""
        if self.entries:
            h.partial.clear()
            h.returned.insert(0, self.entries[0])
        elif self.whole:
            h.partial[:] = self.taken or h.partial
        else:
            h.partial[:0] = self.taken
        h.mark_returned()
        h.call_back_readable()


def as_asked(
    frames: list[Any], copy: bool, track: bool, more: bool, made: list[Any]
) -> None:
    """Append frames that had been put back, as the caller wants them, to `made`.

    :param more: whether the last of them has another one after it.
    """
    last = len(frames) - 1
    for i, frame in enumerate(frames):
        if isinstance(frame, Frame):
            made.append(frame.bytes if copy else frame)
        elif copy:
            made.append(frame)
        else:
            wrapped = Frame(frame, track)
            wrapped.more = more or i < last
            made.append(wrapped)


def whole_message(message: Any) -> list[Any]:
    """Return a copy of a message, which its caller may change."""
    if not isinstance(message, list):
        raise TypeError(f"expected a list of frames, got {message!r}")
    frames: list[Any] = [*message]
    if not frames:
        raise IndexError("a message needs at least one frame")
    for i, frame in enumerate(frames):
        if not isinstance(frame, (bytes, Frame)):
            raise TypeError(f"frame {i} ({frame!r:.100}) must be bytes or a Frame")
    return frames


def next_returned(h: Handle) -> list[Any]:
    """Take the next message put back, as Frames; empty if there is none."""
    made: list[Any] = []
    as_asked(Source(True).take(h), False, False, False, made)
    return made
