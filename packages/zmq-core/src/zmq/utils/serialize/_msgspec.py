"""Objects of a type that is checked, by the package msgspec."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from zmq._needed import needed
from zmq.utils.serialize._codec import FormatError, only_frame

T = TypeVar("T")


class Msgspec(Generic[T]):
    """Objects of one type, which is checked on receipt; needs the package msgspec.

    :param kind: the type of what arrives: a ``msgspec.Struct``, a dataclass,
        ``list[int]``, ... For a union, tell type checkers:
        ``codec: Msgspec[One | Two] = Msgspec(One | Two)``.
    :param encoding: ``"msgpack"`` (the default) or ``"json"``.
    :raises ModuleNotFoundError: when msgspec is not installed.
    :raises ValueError: for another encoding.
    """

    copy = True

    if TYPE_CHECKING:

        @overload
        def __init__(self, kind: type[T], encoding: str = "msgpack") -> None: ...
        @overload
        def __init__(self, kind: Any, encoding: str = "msgpack") -> None: ...

    def __init__(self, kind: Any, encoding: str = "msgpack") -> None:
        if encoding not in ("json", "msgpack"):
            raise ValueError(f"encoding={encoding!r} must be 'json' or 'msgpack'")
        msgspec: Any = needed("msgspec", "Msgspec")
        module = getattr(msgspec, encoding)
        self._encode = module.Encoder().encode
        self._decode = module.Decoder(kind).decode
        self._error: type[Exception] = msgspec.MsgspecError
        self._repr = f"Msgspec({getattr(kind, '__name__', kind)}, {encoding!r})"

    def __repr__(self) -> str:
        return self._repr

    def encode(self, obj: T, /) -> list[bytes]:
        """Return the frame of an object; its type is not checked.

        :raises TypeError: when msgspec cannot write it.
        """
        return [self._encode(obj)]

    def decode(self, frames: Sequence[Any], /) -> T:
        """Return the object in a frame.

        :raises FormatError: when it is not of the type; says where it is not.
        """
        frame = only_frame(frames, "Msgspec")
        try:
            decoded: T = self._decode(frame)
        except (self._error, ValueError, RecursionError) as error:
            raise FormatError(f"{self._repr}: {error}") from error
        return decoded
