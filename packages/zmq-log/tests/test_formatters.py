"""Formatters: per level, and JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime, timezone
from typing import Any, Callable

import pytest

from zmq.log import JSONFormatter
from zmq.log.handlers import PUBHandler

Make = Callable[..., PUBHandler]


def record(level: int, msg: object = "text") -> logging.LogRecord:
    return logging.LogRecord("a.b", level, "/path/file.py", 7, msg, (), None, "func")


def constant(text: str) -> logging.Formatter:
    return logging.Formatter(text, validate=False)


def text(handler: PUBHandler, level: int) -> str:
    return handler.format(record(level))


def test_defaults_name_place_and_level_but_for_info(make_handler: Make) -> None:
    handler = make_handler()
    assert text(handler, logging.INFO) == "text\n"
    for level in (10, 30, 40, 50):
        name = logging.getLevelName(level)
        assert text(handler, level) == f"{name} file.py:7 - text\n"


@pytest.mark.parametrize("level", [1, 15, 25, 99])
def test_any_level_has_a_format(make_handler: Make, level: int) -> None:
    assert text(make_handler(), level) == f"Level {level} file.py:7 - text\n"


def test_one_formatter_for_all(make_handler: Make) -> None:
    handler = make_handler()
    handler.setFormatter(constant("old"), 15)
    handler.setFormatter(logging.Formatter("%(levelno)d!%(message)s"))
    for level in (10, 15, 20, 30, 40, 50, 99):
        assert text(handler, level) == f"{level}!text"
        assert set(handler.formatters) == {10, 20, 30, 40, 50}


@pytest.mark.parametrize("level", [logging.DEBUG, "DEBUG"])
def test_a_formatter_for_one_level(make_handler: Make, level: Any) -> None:
    handler = make_handler()
    handler.setFormatter(constant("all"))
    handler.setFormatter(constant("one"), level)
    assert text(handler, logging.DEBUG) == "one"
    assert text(handler, logging.INFO) == "all"


def test_a_formatter_for_a_custom_level(make_handler: Make) -> None:
    handler = make_handler()
    handler.setFormatter(constant("trace"), 5)
    assert text(handler, 5) == "trace"
    assert text(handler, 6) == "Level 6 file.py:7 - text\n"


def test_none_restores_the_default(make_handler: Make) -> None:
    handler = make_handler()
    handler.setFormatter(constant("all"))
    handler.setFormatter(None, logging.INFO)
    assert text(handler, logging.INFO) == "text\n"
    assert text(handler, logging.ERROR) == "all"
    handler.setFormatter(None)
    assert text(handler, logging.ERROR) == "ERROR file.py:7 - text\n"
    assert text(handler, 15) == "Level 15 file.py:7 - text\n"


def test_an_unknown_level_name(make_handler: Make) -> None:
    with pytest.raises(ValueError, match="Unknown level: 'LOUD'"):
        make_handler().setFormatter(constant("x"), "LOUD")


def parsed(one: logging.LogRecord) -> dict[str, Any]:
    line = JSONFormatter().format(one)
    assert "\n" not in line
    return dict(json.loads(line))


def test_json_fields() -> None:
    one = record(logging.WARNING, "größer\nals")
    fields = parsed(one)
    assert datetime.fromisoformat(fields.pop("time")) == datetime.fromtimestamp(
        round(one.created, 6), timezone.utc
    )
    assert fields == {
        "level": "WARNING",
        "levelno": 30,
        "logger": "a.b",
        "message": "größer\nals",
        "file": "/path/file.py",
        "line": 7,
        "function": "func",
        "process": one.process,
        "thread": "MainThread",
    }


def test_json_extras_never_hide_a_field() -> None:
    one = record(logging.INFO)
    one.user = "me"
    one.what = {1, 2}.__class__
    one.time = "mine"
    fields = parsed(one)
    assert fields["user"] == "me"
    assert fields["what"] == "<class 'set'>"
    assert fields["time"] != "mine"


def test_json_keeps_exceptions_and_stacks() -> None:
    try:
        raise LookupError("gone")
    except LookupError:
        one = record(logging.ERROR)
        one.exc_info = sys.exc_info()
    one.stack_info = "Stack (most recent call last):"
    fields = parsed(one)
    assert fields["exception"].endswith("LookupError: gone")
    assert fields["stack"].startswith("Stack")


def test_json_without_an_exception_to_tell_of() -> None:
    one = record(logging.ERROR)
    one.exc_info = (None, None, None)
    assert "exception" not in parsed(one)
    one.exc_info = None
    one.exc_text = "from a queue"
    assert parsed(one)["exception"] == "from a queue"


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no")


CIRCULAR: list[Any] = []
CIRCULAR.append(CIRCULAR)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (float("nan"), "nan"),
        ([float("inf")], "[inf]"),
        (CIRCULAR, "[[...]]"),
        (Unprintable(), "<Unprintable without a repr: RuntimeError>"),
    ],
)
def test_json_of_values_that_json_does_not_know(value: Any, written: str) -> None:
    """They cost neither the record nor the values beside them."""
    one = record(logging.INFO, "text")
    one.value = value
    one.beside = {"a": [1]}

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    fields = json.loads(JSONFormatter().format(one), parse_constant=refuse)
    assert fields["value"] == written
    assert fields["beside"] == {"a": [1]}
    assert fields["message"] == "text"
