"""Messages that nobody without the key can have written."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from zmq.sugar.serialize import checked_codec
from zmq.utils.serialize._codec import Codec, FormatError, memory_of

T = TypeVar("T")

_SHORTEST_KEY = 16  # bytes


class SignatureError(FormatError):
    """The signature of a message does not fit: nothing of it was decoded."""


class Signed(Generic[T]):
    """The messages of another codec with a signature, HMAC-SHA256, as the last frame.

    The signature is checked, in a time that tells nothing of it, before anything is
    decoded. It does not tell whether the message was there before: put a number or the
    time into it where that matters.

    :param codec: makes the other frames.
    :param key: at least 16 bytes that both sides know, such as of
        ``secrets.token_bytes(32)``.
    :param accept: further keys that what is received may be signed with, for the time
        in which a key is replaced.
    :raises ValueError: when a key is too short.
    """

    def __init__(
        self, codec: Codec[T], key: bytes, *, accept: Iterable[bytes] = ()
    ) -> None:
        self._codec = checked_codec(codec)
        self._keys = [_checked(one) for one in (key, *accept)]

    def __repr__(self) -> str:
        return f"Signed({self._codec!r}, ...)"  # never the key: it would be in logs

    @property
    def copy(self) -> bool:
        """Whether frames are copied, as the other codec has it."""
        return self._codec.copy

    def encode(self, obj: T, /) -> list[Any]:
        """Return the frames of an object, and their signature."""
        frames = list(self._codec.encode(obj))
        return [*frames, _signature(self._keys[0], frames)]

    def decode(self, frames: Sequence[Any], /) -> T:
        """Return the object.

        :raises SignatureError: when the signature does not fit.
        :raises FormatError: when the other codec cannot read it, for all that.
        """
        signed, given = frames[:-1], b"".join(map(bytes, frames[-1:]))
        fits = False
        for key in self._keys:
            fits |= hmac.compare_digest(_signature(key, signed), given)
        if not fits:
            raise SignatureError("Signed: the signature does not fit")
        return self._codec.decode(signed)


def _checked(key: bytes) -> bytes:
    if not isinstance(key, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a key must be bytes, not {type(key).__name__}")
    if len(key) < _SHORTEST_KEY:
        raise ValueError(
            f"a key of {len(key)} bytes is too short: {_SHORTEST_KEY} at least"
        )
    return key


def _signature(key: bytes, frames: Sequence[Any]) -> bytes:
    # With the sizes, or what moves from one frame to the next would not change it.
    mac = hmac.new(key, digestmod="sha256")
    mac.update(len(frames).to_bytes(8, "big"))
    for frame in frames:
        with memory_of(frame) as view:
            mac.update(view.nbytes.to_bytes(8, "big"))
            mac.update(view)
    return mac.digest()
