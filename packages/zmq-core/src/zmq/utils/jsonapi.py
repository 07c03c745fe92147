"""JSON to and from UTF-8 bytes, by the standard library or one that is faster."""

from __future__ import annotations

import json
import sys
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dumps", "functions_of", "jsonmod", "loads", "use"]

#: The module that writes and reads JSON, under its name from when there was a choice.
jsonmod = json

# What json.dumps and json.loads come down to, without a look at a dozen arguments.
_encode = json.JSONEncoder().encode
_decoder = json.JSONDecoder()
# PyPy's json.loads is faster than any decoder made here.
_BY_DECODER = sys.implementation.name != "pypy"


def dumps(o: object, **kwargs: Any) -> bytes:
    """Serialise an object to JSON.

    :param o: what :func:`json.dumps` can serialise.
    :param kwargs: passed on to :func:`json.dumps`.
    :returns: the text, in UTF-8.
    :raises TypeError: as :func:`json.dumps` does.
    :raises ValueError: as :func:`json.dumps` does.
    """
    if kwargs:
        return json.dumps(o, **kwargs).encode("utf-8")
    return _encode(o).encode("utf-8")


_standard_dumps = dumps


def loads(s: bytes | str, **kwargs: Any) -> dict[str, Any] | list[Any] | str | float:
    """Read an object from JSON.

    :param s: the text: a str, or bytes in UTF-8.
    :param kwargs: passed on to :func:`json.loads`.
    :raises UnicodeDecodeError: when the bytes are not UTF-8.
    :raises json.JSONDecodeError: when the text is not JSON. Both are kinds of
        ``ValueError``.
    """
    text: Any = s.decode("utf-8") if isinstance(s, bytes) else s
    loaded: dict[str, Any] | list[Any] | str | float
    # json.loads would guess the encoding of bytes, UTF-16 and UTF-32 too. It also looks
    # for white space around the text, which is rarely there.
    if not kwargs and _BY_DECODER and isinstance(text, str):
        try:
            loaded, end = _decoder.raw_decode(text)
        except ValueError:
            loaded, end = "", -1
        if end == len(text):
            return loaded
    loaded = json.loads(text, **kwargs)
    return loaded


_standard_loads = loads


def functions_of(library: str) -> tuple[Callable[..., bytes], Callable[..., Any]]:
    """Return functions like :func:`dumps` and :func:`loads` that use a library.

    :param library: ``"json"`` of the standard library, ``"orjson"`` or ``"msgspec"``.
    :returns: both functions. With arguments of :func:`json.dumps` and
        :func:`json.loads` they use the standard library all the same.
    :raises ModuleNotFoundError: when the library is not installed.
    :raises ValueError: when `library` is another one.
    """
    if library == "json":
        return _standard_dumps, _standard_loads
    if library not in ("orjson", "msgspec"):
        raise ValueError(f"library={library!r} must be 'json', 'orjson' or 'msgspec'")
    from zmq._needed import needed

    module: Any = needed(library, f"JSON by {library}")
    if library == "orjson":
        encode, decode = module.dumps, module.loads
    else:
        encode, decode = module.json.Encoder().encode, module.json.Decoder().decode
        if not issubclass(module.DecodeError, ValueError):
            decode = _with_value_errors(decode, module.DecodeError)

    def dumps(o: object, **kwargs: Any) -> bytes:
        written: bytes = _standard_dumps(o, **kwargs) if kwargs else encode(o)
        return written

    def loads(s: bytes | str, **kwargs: Any) -> Any:
        return _standard_loads(s, **kwargs) if kwargs else decode(s)

    return dumps, loads


def _with_value_errors(
    decode: Callable[[bytes | str], Any], kind: type[Exception]
) -> Callable[[bytes | str], Any]:
    """Return `decode` with a ValueError for its own: msgspec has that from 0.21 on."""

    def decode_json(s: bytes | str) -> Any:
        try:
            return decode(s)
        except kind as error:
            raise ValueError(str(error)) from error

    return decode_json


def use(library: str) -> None:
    """Have ``send_json`` and ``recv_json`` of all sockets use a library.

    Those of other libraries are several times faster. They refuse or write some things
    that ``json`` does not, such as keys that are no strings, NaN, or dates.

    :param library: ``"json"``, the default, ``"orjson"`` or ``"msgspec"``.
    :raises ModuleNotFoundError: when the library is not installed; nothing changes
        then.
    :raises ValueError: when `library` is another one.

    .. versionadded:: 28.0
    """
    global dumps, loads
    dumps, loads = functions_of(library)
