"""How messages look on the terminal and as JSON, without any process."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest

from zmq.log._layout import Layout
from zmq.log._message import LogMessage

NOW = datetime(2026, 11, 20, 18, 30, 5, tzinfo=timezone.utc)


def lines(*messages: tuple[str, str], **options: Any) -> list[str]:
    settings = {"separator": " | ", "date_format": None, "align": False}
    layout = Layout(**{**settings, "colour": False, **options})
    return [layout.lay_out(LogMessage(*message), NOW) for message in messages]


def test_plain() -> None:
    assert lines(("a.INFO", "x\ny")) == ["a.INFO | x\ny"]


def test_separator_and_date() -> None:
    assert lines(("INFO", "x"), separator=": ", date_format="%Y-%m-%d %H:%M") == [
        "2026-11-20 18:30 INFO: x"
    ]


def test_align_widens_and_indents() -> None:
    assert lines(("INFO", "x"), ("WARNING", "y"), ("INFO", "1\n2"), align=True) == [
        "INFO | x",
        "WARNING | y",
        "INFO    | 1\n          2",
    ]


@pytest.mark.parametrize(
    ("topic", "colour"),
    [
        ("root.CRITICAL", "\x1b[1;31m"),
        ("ERROR.sub", "\x1b[31m"),
        ("WARNING", "\x1b[33m"),
        ("INFO", "\x1b[32m"),
        ("DEBUG", "\x1b[36m"),
        ("Level 5", "\x1b[2m"),
        ("r.Level 35", "\x1b[33m"),
    ],
)
def test_colours(topic: str, colour: str) -> None:
    assert lines((topic, "x"), colour=True) == [f"{colour}{topic} | x\x1b[0m"]


def test_no_colour_for_an_unknown_level() -> None:
    assert lines(("anything", "x"), colour=True) == ["anything | x"]


@pytest.mark.parametrize("number", ["\u00b2", "9" * 5000, "-1", ""])
def test_a_level_that_is_no_number(number: str) -> None:
    assert LogMessage(f"Level {number}", "text").levelno is None


@pytest.mark.parametrize(
    ("frames", "topic", "text"),
    [
        ([b"INFO", b"text\n"], "INFO", "text"),
        ([b"INFO", b"two\nlines\r\n"], "INFO", "two\nlines"),
        ([b"alone"], "alone", ""),
        ([b"three", b"a", b"b"], "three", "a b"),
        ([b"\xff", b"\xfe"], "\ufffd", "\ufffd"),
        ([b"", b""], "", ""),
    ],
)
def test_frames(frames: list[bytes], topic: str, text: str) -> None:
    assert LogMessage.from_frames(frames) == LogMessage(topic, text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("plain", {"message": "plain"}),
        ('{"message": "m", "line": 3}', {"message": "m", "line": 3}),
        ("{}", {"message": "{}"}),
        ("[1]", {"message": "[1]"}),
        ("3", {"message": "3"}),
        ('{"topic": "forged"}', {}),
        ("[" * 100_000, {"message": "[" * 100_000}),
        # Python reads these, but they are no JSON
        ('{"a": NaN}', {"message": '{"a": NaN}'}),
        ('{"a": 1e999}', {"message": '{"a": 1e999}'}),
    ],
)
def test_json(text: str, body: dict[str, Any]) -> None:
    line = LogMessage("r.INFO", text).to_json(NOW)
    assert "\n" not in line
    assert json.loads(line) == {
        **body,
        "topic": "r.INFO",
        "received": "2026-11-20T18:30:05.000000+00:00",
    }
