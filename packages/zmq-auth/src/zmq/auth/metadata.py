"""Properties of a client's messages, as the metadata of a ZAP reply."""

from __future__ import annotations

import re
from collections.abc import Mapping

PEER_KEY = "Peer-Key"
"""The property that `zmq.Frame.peer_key` reads."""

# octets that the length fields of ZMTP (RFC 23) can count
MAX_NAME = 255
MAX_VALUE = 0x7FFFFFFF

_NAME = re.compile(r"[A-Za-z0-9_.+-]+", re.ASCII)

# Those that libzmq heeds, or sets itself, and ours. Names of ZMTP do not tell capital
# letters from small ones.
_RESERVED = frozenset(
    (
        "identity",
        "peer-address",
        PEER_KEY.lower(),
        "routing-id",
        "socket-type",
        "user-id",
    )
)


def check(metadata: Mapping[str, str]) -> dict[str, str]:
    """Copy properties that libzmq can carry.

    :param metadata: from names (letters, digits and ``-_.+``, at most 255) to values.
    :raises TypeError: when it is no mapping, or holds anything but str.
    :raises ValueError: when a name or a value cannot be carried, a name is one of
        libzmq's own, or two names differ in capital letters only.
    """
    # who calls may have no type checker
    if not isinstance(metadata, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"metadata must be a mapping of str to str, not {type(metadata).__name__}"
        )
    checked: dict[str, str] = {}
    names: set[str] = set()
    for name, value in metadata.items():
        _check_name(name)
        if name.lower() in names:
            raise ValueError(f"metadata has the name {name!r} twice")
        _check_value(name, value)
        names.add(name.lower())
        checked[name] = value
    return checked


def encode(metadata: Mapping[str, str]) -> bytes:
    """Make the metadata frame of a reply of properties that `check` has returned."""
    parts: list[bytes] = []
    for name, value in metadata.items():
        octets = value.encode("utf-8")
        parts += (bytes((len(name),)), name.encode("ascii"))
        parts += (len(octets).to_bytes(4, "big"), octets)
    return b"".join(parts)


def _check_name(name: object) -> None:
    if not isinstance(name, str):
        raise TypeError(f"a name of metadata must be a str, not {type(name).__name__}")
    if not _NAME.fullmatch(name) or len(name) > MAX_NAME:
        raise ValueError(
            f"metadata name {name[:MAX_NAME]!r}: 1 to {MAX_NAME} letters, digits and "
            "any of '-_.+' are allowed"
        )
    if name.lower() in _RESERVED:
        raise ValueError(f"metadata name {name!r} is reserved")


# no value is quoted: it may be a token
def _check_value(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"metadata {name!r} must be a str, not {type(value).__name__}")
    if "\0" in value:
        raise ValueError(f"metadata {name!r} has a NUL, where libzmq would cut it off")
    try:
        size = len(value.encode("utf-8"))
    except UnicodeEncodeError:
        raise ValueError(f"metadata {name!r} is no text: it has surrogates") from None
    if size > MAX_VALUE:
        raise ValueError(f"metadata {name!r} has {size} octets: too long")
