"""JSON to and from UTF-8 bytes, by the standard library."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["dumps", "loads"]

# What json.dumps and json.loads come down to, without a look at a dozen arguments.
_encode = json.JSONEncoder().encode
_decoder = json.JSONDecoder()


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
    if isinstance(s, bytes):
        # json.loads would guess UTF-16 and UTF-32 too
        s = s.decode("utf-8")
    loaded: dict[str, Any] | list[Any] | str | float
    if kwargs or not isinstance(s, str):
        loaded = json.loads(s, **kwargs)
        return loaded
    # Without json.loads's search for white space around the text, which is rarely there.
    try:
        loaded, end = _decoder.raw_decode(s)
    except ValueError:
        end = -1
    return loaded if end == len(s) else json.loads(s)
