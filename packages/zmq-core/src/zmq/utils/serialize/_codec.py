"""What a codec is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class FormatError(ValueError):
    """A message is not what the codec reads. It has been received."""


class Codec(Protocol[T]):
    """What :meth:`zmq.Socket.send_object` and :meth:`zmq.Socket.recv_object` need.

    A class need not derive from this one.
    """

    @property
    def copy(self) -> bool:
        """Whether frames are copied.

        False lends the memory of what `encode` returns to libzmq, and gives `decode`
        :class:`zmq.Frame` objects in place of bytes.
        """
        ...

    def encode(self, obj: T, /) -> Iterable[Any]:
        """Return the frames of an object: bytes, or what has a buffer."""
        ...

    def decode(self, frames: Sequence[Any], /) -> T:
        """Return the object of a list of frames.

        :raises FormatError: when they are not what `encode` makes.
        """
        ...


def only_frame(frames: Sequence[Any], name: str) -> Any:
    """Return the frame of a message that must have just one.

    :param name: of the codec, for the error.
    """
    if len(frames) != 1:
        raise FormatError(f"{name}: a message of 1 frame expected, got {len(frames)}")
    return frames[0]


def memory_of(frame: Any) -> memoryview:
    """Return the memory of a frame, or of what has a buffer.

    Before Python 3.12, a class of Python's, such as the Frame of the CFFI backend, has
    no buffer of its own.
    """
    return memoryview(getattr(frame, "buffer", frame))
