"""JSON to and from UTF-8 bytes, by the standard library."""

from __future__ import annotations

import json
import sys
from typing import Any

__all__ = ["dumps", "jsonmod", "loads"]

#: The module that writes and reads JSON, under its name from when there was a choice.
jsonmod = json

# What json.dumps and json.loads come down to, without a look at a dozen arguments.
_encode = json.JSONEncoder().encode
_decoder = json.JSONDecoder()
# PyPy's json.loads is faster than any decoder made here.
_BY_DECODER = sys.implementation.name != "pypy"


def dumps(o: object, **kwargs: Any) -> bytes:
    """Serialise an object to JSON.

    Parameters
    ----------
    o
        What :func:`json.dumps` can serialise.
    kwargs
        Passed on to :func:`json.dumps`.

    Returns
    -------
    bytes
        The text, in UTF-8.

    Raises
    ------
    TypeError, ValueError
        As :func:`json.dumps` does.
    """
    if kwargs:
        return json.dumps(o, **kwargs).encode("utf-8")
    return _encode(o).encode("utf-8")


def loads(s: bytes | str, **kwargs: Any) -> dict[str, Any] | list[Any] | str | float:
    """Read an object from JSON.

    Parameters
    ----------
    s
        The text: a str, or bytes in UTF-8.
    kwargs
        Passed on to :func:`json.loads`.

    Raises
    ------
    UnicodeDecodeError
        When the bytes are not UTF-8.
    json.JSONDecodeError
        When the text is not JSON. Both are kinds of ``ValueError``.
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
