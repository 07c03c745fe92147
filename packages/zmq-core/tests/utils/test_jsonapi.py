"""JSON as UTF-8 bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from zmq.utils import jsonapi


@pytest.mark.parametrize(
    "value",
    [{"a": [1, 2.5, None, True]}, [], "ü€😀", 5, 1.5, None, {"nested": {"x": []}}],
)
def test_there_and_back(value: Any) -> None:
    text = jsonapi.dumps(value)
    assert isinstance(text, bytes)
    assert jsonapi.loads(text) == value
    assert jsonapi.loads(text.decode()) == value


def test_options_are_passed_on() -> None:
    assert jsonapi.dumps("ü", ensure_ascii=False) == b'"\xc3\xbc"'
    assert jsonapi.dumps({"b": 1, "a": 2}, sort_keys=True) == b'{"a": 2, "b": 1}'
    assert jsonapi.loads(b"1.1", parse_float=Decimal) == Decimal("1.1")


def test_what_is_no_json() -> None:
    with pytest.raises(json.JSONDecodeError):
        jsonapi.loads(b"{")
    with pytest.raises(UnicodeDecodeError):
        jsonapi.loads(b'"\xff"')
    with pytest.raises(UnicodeDecodeError):
        jsonapi.loads("[1]".encode("utf-16"))
    with pytest.raises(TypeError, match="not JSON serializable"):
        jsonapi.dumps(object())


def test_the_module_behind_it() -> None:
    assert jsonapi.jsonmod is json
