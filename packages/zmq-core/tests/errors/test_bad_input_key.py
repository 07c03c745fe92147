"""Keys, encodings and names that are none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.torture.checks import refused

import zmq
from zmq.utils import z85


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("data", [b"1", b"1234", b"123456", "1234"], ids=repr)
def test_z85_is_decoded_five_by_five(data: Any) -> None:
    with refused(ValueError, "5", len(data)):
        z85.decode(data)


@pytest.mark.parametrize("data", [b"1", b"12345", b"\0" * 7], ids=repr)
def test_z85_is_encoded_four_by_four(data: bytes) -> None:
    with refused(ValueError, "4", len(data)):
        z85.encode(data)


@pytest.mark.parametrize(
    "data", [b"1234~", b"\x00" * 5, b"1234\xff", b"12 45", "1234~", "1234é"], ids=repr
)
def test_z85_knows_85_characters(data: Any) -> None:
    with refused((KeyError, ValueError)) as _:
        z85.decode(data)


@pytest.mark.parametrize("data", [b"#####", b"%nSc1"], ids=repr)
def test_z85_of_more_than_32_bits(data: bytes) -> None:
    with pytest.raises(Exception, match=r".") as caught:
        z85.decode(data)
    assert not isinstance(caught.value, SystemError)


@pytest.mark.parametrize("data", [None, 5, 1.5, object()], ids=repr)
def test_z85_needs_bytes(data: Any) -> None:
    for convert in (z85.decode, z85.encode):
        with refused(TypeError, type(data).__name__):
            convert(data)


@pytest.mark.capability("curve")
@pytest.mark.parametrize("size", [0, 1, 32, 39, 41, 80])
def test_curve_public_needs_40_characters(size: int) -> None:
    for key in (b"x" * size, "x" * size):
        with refused(ValueError, "40"):
            zmq.curve_public(key)


@pytest.mark.capability("curve")
@pytest.mark.parametrize("key", [b"~" * 40, b" " * 40, "é" * 20, b"\0" * 40], ids=repr)
def test_curve_public_needs_z85(key: Any) -> None:
    with refused((ValueError, zmq.ZMQError)):
        zmq.curve_public(key)


@pytest.mark.capability("curve")
def test_curve_public_does_not_repeat_the_key() -> None:
    for secret in (b"hunter2" * 3, b"hunter2~" * 5):
        with pytest.raises((ValueError, zmq.ZMQError)) as caught:
            zmq.curve_public(secret)
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("key", [None, 5, 1.5, object(), []], ids=repr)
def test_curve_public_needs_bytes(key: Any) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        zmq.curve_public(key)
    assert str(caught.value)


@pytest.mark.parametrize("name", [None, 5, b"ipc", 1.5, []], ids=repr)
def test_capabilities_are_str(name: Any) -> None:
    with pytest.raises(TypeError) as caught:
        zmq.has(name)
    assert str(name) in str(caught.value) or kind(name) in str(caught.value)


@pytest.mark.parametrize("name", ["", "no-such-thing", "é", "ipc\0x", "x" * 10_000])
def test_unknown_capabilities(name: str) -> None:
    assert zmq.has(name) is False


@pytest.mark.parametrize("code", [None, "x", b"x", []], ids=repr)
def test_strerror_needs_an_int(code: Any) -> None:
    with refused(TypeError, "int"):
        zmq.strerror(code)


@pytest.mark.parametrize("code", [-1, 99_999, (1 << 31) - 1])
def test_strerror_of_unknown_codes(code: int) -> None:
    assert zmq.strerror(code)
    assert str(zmq.ZMQError(code))


def test_strerror_of_what_does_not_fit() -> None:
    with pytest.raises(OverflowError):
        zmq.strerror(1 << 40)
