"""Z85, the text form of binary keys: five printable characters for four bytes.

Described in `ZeroMQ RFC 32 <https://rfc.zeromq.org/spec/32/>`_.
"""

from __future__ import annotations

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, Union

    Buffer = Union[bytes, bytearray, memoryview]

Z85CHARS: Final = (
    b"0123456789abcdefghijklmnopqrstuvwxyz"
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    b".-:+=^!/*?&<>()[]{}@%$#"
)
Z85MAP: Final = {char: digit for digit, char in enumerate(Z85CHARS)}

__all__ = ["Z85CHARS", "Z85MAP", "decode", "encode"]

_NO_DIGIT = 255
_TO_CHARS = Z85CHARS.ljust(256, b"\0")
_TO_DIGITS = bytes(Z85MAP.get(char, _NO_DIGIT) for char in range(256))
_LARGEST = (1 << 32) - 1


def encode(rawbytes: Buffer) -> bytes:
    """Encode binary data.

    :param rawbytes: the data: bytes, or any contiguous buffer, of a multiple of 4
        bytes.
    :returns: five ASCII characters for every four bytes.
    :raises ValueError: when the length is no multiple of 4.
    :raises TypeError: when it is no buffer; a str must be encoded first.
    """
    with memoryview(rawbytes) as view, view.cast("B") as data:
        if len(data) % 4:
            raise ValueError(f"length must be a multiple of 4 bytes, not {len(data)}")
        values = struct.unpack(f">{len(data) // 4}I", data)
    digits = [
        digit
        for value in values
        for digit in (
            value // 52200625,
            value // 614125 % 85,
            value // 7225 % 85,
            value // 85 % 85,
            value % 85,
        )
    ]
    return bytes(digits).translate(_TO_CHARS)


def decode(z85bytes: str | Buffer) -> bytes:
    """Decode Z85 text.

    :param z85bytes: the text: a str, or a buffer of ASCII characters, of a multiple of
        5 characters.
    :returns: four bytes for every five characters.
    :raises ValueError: when the length is no multiple of 5, when a character is not of
        the alphabet, or when five of them stand for more than 32 bits. The message
        names the position, but not the text around it, which may be a secret key.
    """
    if isinstance(z85bytes, str):
        length = len(z85bytes)
        # What is not ASCII becomes several bytes, none of them a character of Z85, and
        # the first of them stands where the character stood.
        text = z85bytes.encode("utf-8", "surrogatepass")
    else:
        with memoryview(z85bytes) as view:
            text = bytes(view)
        length = len(text)
    if length % 5:
        raise ValueError(f"length must be a multiple of 5 characters, not {length}")
    digits = text.translate(_TO_DIGITS)
    if _NO_DIGIT in digits:
        raise ValueError(f"no Z85 character at position {digits.index(_NO_DIGIT)}")
    fives = [iter(digits)] * 5
    values = [
        (((a * 85 + b) * 85 + c) * 85 + d) * 85 + e for a, b, c, d, e in zip(*fives)
    ]
    if values and max(values) > _LARGEST:
        first = next(i for i, value in enumerate(values) if value > _LARGEST)
        raise ValueError(f"the five characters at position {5 * first} exceed 32 bits")
    return struct.pack(f">{len(values)}I", *values)
