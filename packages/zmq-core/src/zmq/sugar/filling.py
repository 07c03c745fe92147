"""Receiving into memory of the caller's."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.frame import Frame
    from zmq.sugar.socket import Socket


def try_fill(
    sock: Socket[Any], buffer: Any, nbytes: int, kept: list[Any]
) -> Frame | int | None:
    """Copy a frame into `buffer`; None where that would wait.

    :param kept: gets the frame, which may have to go back; or the size of it, when the
        memory is of a kind that only libzmq's data can be copied to.
    """
    if not _is_one_block(buffer):
        return sock._try_recv_into(buffer, nbytes, kept)
    with memoryview(buffer) as view, view.cast("B") as memory:
        if view.readonly or not 0 <= nbytes <= memory.nbytes:
            return sock._try_recv_into(buffer, nbytes, kept)  # which says why not
        frame: Frame | None = sock._try_recv(False, False, kept)
        if frame is not None:
            n = min(len(frame), nbytes or memory.nbytes)
            memory[:n] = frame.buffer[:n]
        return frame


def _is_one_block(buffer: Any) -> bool:
    """Whether its memory can be written to as bytes in a row."""
    try:
        with memoryview(buffer) as view:
            return view.c_contiguous
    except TypeError:
        return False


def size_of(received: Frame | int) -> int:
    """Return the size of what :func:`try_fill` has received."""
    return received if isinstance(received, int) else len(received)
