"""MessagePack, by the package msgpack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zmq._needed import needed
from zmq.utils.serialize._codec import FormatError, only_frame


class MsgPack:
    """Objects as MessagePack, in one frame; needs the package msgpack.

    It is shorter than JSON, and has bytes. Tuples arrive as lists.

    :raises ModuleNotFoundError: when msgpack is not installed.
    """

    copy = True

    def __init__(self) -> None:
        msgpack: Any = needed("msgpack", "MsgPack")
        self._pack = msgpack.packb
        self._unpack = msgpack.unpackb

    def __repr__(self) -> str:
        return "MsgPack()"

    def encode(self, obj: Any, /) -> list[bytes]:
        """Return the frame of an object.

        :raises TypeError: when msgpack cannot write it.
        """
        return [self._pack(obj)]

    def decode(self, frames: Sequence[Any], /) -> Any:
        """Return the object in a frame.

        :raises FormatError: when it is no MessagePack.
        """
        frame = only_frame(frames, "MsgPack")
        try:
            return self._unpack(frame, strict_map_key=False)
        except (ValueError, TypeError, RecursionError) as error:
            # TypeError: a list, say, as the key of a map
            reason = str(error) or type(error).__name__
            raise FormatError(f"MsgPack: {reason}") from error
