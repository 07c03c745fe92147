"""JSON, by the standard library or a faster one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zmq.utils import jsonapi
from zmq.utils.serialize._codec import FormatError, only_frame


class JSON:
    """Objects as JSON, in one frame; :meth:`zmq.Socket.recv_json` reads it, too.

    :param library: ``"json"`` (the default) of the standard library, ``"orjson"`` or
        ``"msgspec"``, which must be installed and are several times faster. They
        differ from it in what they can write besides: dates, say.
    :raises ModuleNotFoundError: when the library is not installed.
    :raises ValueError: for another library.
    """

    copy = True

    def __init__(self, library: str = "json") -> None:
        self._dumps, self._loads = jsonapi.functions_of(library)
        self._library = library

    def __repr__(self) -> str:
        return f"JSON({self._library!r})"

    def encode(self, obj: Any, /) -> list[bytes]:
        """Return the frame of an object.

        :raises TypeError: when the library cannot write it.
        """
        return [self._dumps(obj)]

    def decode(self, frames: Sequence[Any], /) -> Any:
        """Return the object in a frame.

        :raises FormatError: when it is no JSON.
        """
        frame = only_frame(frames, "JSON")
        try:
            return self._loads(frame if isinstance(frame, bytes) else bytes(frame))
        except (ValueError, RecursionError) as error:
            raise FormatError(f"JSON: {error}") from error
