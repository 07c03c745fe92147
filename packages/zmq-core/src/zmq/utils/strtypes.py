"""Conversions between str and bytes, kept for old programs.

.. deprecated:: 23
   ``str.encode`` and ``bytes.decode`` do the same.
"""

from __future__ import annotations

import warnings

__all__ = [
    "asbytes",
    "bytes",
    "unicode",
    "basestring",
    "b",
    "u",
    "cast_bytes",
    "cast_unicode",
]

# the names that differed between Python 2 and 3
bytes = bytes  # noqa: A001
unicode = str
basestring: tuple[type[str]] = (str,)


def cast_bytes(s: str | bytes, encoding: str = "utf8", errors: str = "strict") -> bytes:
    """Return bytes as they are, and a str encoded.

    :param s: the string.
    :param encoding: as in :meth:`str.encode`.
    :param errors: as in :meth:`str.encode`.
    :raises TypeError: when it is neither.
    """
    _warn("str.encode()")
    _check(s)
    return s if isinstance(s, bytes) else s.encode(encoding, errors)


def cast_unicode(s: str | bytes, encoding: str = "utf8", errors: str = "strict") -> str:
    """Return a str as it is, and bytes decoded.

    :param s: the string.
    :param encoding: as in :meth:`bytes.decode`.
    :param errors: as in :meth:`bytes.decode`.
    :raises TypeError: when it is neither.
    """
    _warn("bytes.decode()")
    _check(s)
    return s.decode(encoding, errors) if isinstance(s, bytes) else s


def _warn(instead: str) -> None:
    warnings.warn(
        f"zmq.utils.strtypes is deprecated since pyzmq 23: use {instead}",
        DeprecationWarning,
        stacklevel=3,
    )


def _check(s: object) -> None:
    if not isinstance(s, (str, bytes)):
        raise TypeError(f"Expected str or bytes, got {s!r}")


b = cast_bytes
asbytes = cast_bytes
u = cast_unicode
