"""Z85 text: the examples of the RFC, and what is wrong with wrong input."""

from __future__ import annotations

import random

import pytest

import zmq
from zmq.utils import z85

HELLO = bytes.fromhex("864FD26FB559F75B")
# the public key that libzmq's documentation of CURVE uses
KEY_TEXT = b"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
KEY = bytes.fromhex("BB88471D65E2659B30C55A5321CEBB5AAB2B70A398645C26DCA2B2FCB43FC518")


def test_the_example_of_the_rfc() -> None:
    assert z85.encode(HELLO) == b"HelloWorld"
    assert z85.decode(b"HelloWorld") == HELLO
    assert z85.decode("HelloWorld") == HELLO


def test_a_known_key() -> None:
    assert z85.encode(KEY) == KEY_TEXT
    assert z85.decode(KEY_TEXT) == KEY


def test_nothing() -> None:
    assert z85.encode(b"") == b""
    assert z85.decode("") == z85.decode(b"") == b""


def test_extremes() -> None:
    assert z85.encode(b"\0\0\0\0") == b"00000"
    assert z85.encode(b"\xff\xff\xff\xff") == b"%nSc0"
    assert z85.decode(b"%nSc0") == b"\xff\xff\xff\xff"


def test_there_and_back() -> None:
    numbers = random.Random(85)
    for words in (1, 2, 8, 100, 5000):
        raw = numbers.randbytes(4 * words)
        text = z85.encode(raw)
        assert len(text) == 5 * words
        assert not set(text) - set(z85.Z85CHARS)
        assert z85.decode(text) == raw
        assert z85.decode(text.decode()) == raw


def test_any_buffer() -> None:
    for kind in (bytearray, memoryview):
        assert z85.encode(kind(HELLO)) == b"HelloWorld"
        assert z85.decode(kind(b"HelloWorld")) == HELLO


def test_the_alphabet() -> None:
    assert len(z85.Z85CHARS) == len(set(z85.Z85CHARS)) == 85
    assert all(z85.Z85CHARS[digit] == char for char, digit in z85.Z85MAP.items())


@pytest.mark.parametrize("length", [1, 2, 3, 5, 1001])
def test_data_of_a_wrong_length(length: int) -> None:
    with pytest.raises(ValueError, match=f"multiple of 4 bytes, not {length}$"):
        z85.encode(bytes(length))


@pytest.mark.parametrize("text", ["1", "HelloWorl", "HelloWorldX", "üüüü"])
def test_text_of_a_wrong_length(text: str) -> None:
    message = f"multiple of 5 characters, not {len(text)}$"
    with pytest.raises(ValueError, match=message):
        z85.decode(text)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('He"lo', 2),
        ("HelloWorl ", 9),
        ("Hello\0orld", 5),
        ("Hellü", 4),
        ("Helloü\ud800rld", 5),
        (b"Hell\xff", 4),
    ],
)
def test_text_with_a_foreign_character(text: str | bytes, position: int) -> None:
    with pytest.raises(ValueError, match=f"at position {position}$") as caught:
        z85.decode(text)
    assert "Hell" not in str(caught.value), "it may be a secret key"


@pytest.mark.parametrize(
    ("text", "position"), [("#####", 0), ("HelloWorld%nSc1", 10), (b"00000%nSc1", 5)]
)
def test_text_that_exceeds_32_bits(text: str | bytes, position: int) -> None:
    with pytest.raises(ValueError, match=f"at position {position} exceed 32 bits"):
        z85.decode(text)


def test_what_is_neither_text_nor_data() -> None:
    with pytest.raises(TypeError, match="not 'str'"):
        z85.encode("abcd")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        z85.encode(4)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        z85.decode(5)  # type: ignore[arg-type]


@pytest.mark.capability("curve")
def test_the_keys_of_libzmq() -> None:
    for key in zmq.curve_keypair():
        assert z85.encode(z85.decode(key)) == key
