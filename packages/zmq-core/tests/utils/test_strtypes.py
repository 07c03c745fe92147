"""The deprecated conversions between str and bytes."""

from __future__ import annotations

from typing import Any

import pytest

from zmq.utils import strtypes

to_bytes = pytest.mark.parametrize(
    "convert", [strtypes.cast_bytes, strtypes.asbytes, strtypes.b]
)
to_str = pytest.mark.parametrize("convert", [strtypes.cast_unicode, strtypes.u])


@to_bytes
def test_to_bytes(convert: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"str\.encode"):
        assert convert("ü") == b"\xc3\xbc"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert("ü", "latin-1") == b"\xfc"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert("ü", encoding="ascii", errors="replace") == b"?"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert(b"\xff") == b"\xff"


@to_str
def test_to_str(convert: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"bytes\.decode"):
        assert convert(b"\xc3\xbc") == "ü"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert(b"\xfc", "latin-1") == "ü"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert(b"\xfc", errors="replace") == "\ufffd"
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated"):
        assert convert("ü") == "ü"
    with (
        pytest.warns(DeprecationWarning, match="strtypes is deprecated"),
        pytest.raises(UnicodeDecodeError),
    ):
        convert(b"\xfc")


@pytest.mark.parametrize("convert", [strtypes.cast_bytes, strtypes.cast_unicode])
@pytest.mark.parametrize("value", [5, None, bytearray(b"x")])
def test_what_is_neither(convert: Any, value: Any) -> None:
    with (
        pytest.warns(DeprecationWarning, match="strtypes is deprecated"),
        pytest.raises(TypeError, match="Expected str"),
    ):
        convert(value)


def test_the_warning_points_at_the_caller() -> None:
    with pytest.warns(DeprecationWarning, match="strtypes is deprecated") as caught:
        strtypes.cast_bytes("x")
    assert caught[0].filename == __file__


def test_the_names_of_the_types() -> None:
    assert strtypes.bytes is bytes
    assert strtypes.unicode is str
    assert isinstance("x", strtypes.basestring)
    assert not isinstance(b"x", strtypes.basestring)
    assert all(hasattr(strtypes, name) for name in strtypes.__all__)
