"""Topics of log records."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from zmq.log._topics import build_topic, split_subtopics


def record(msg: object, *args: Any) -> logging.LogRecord:
    return logging.LogRecord("name", logging.INFO, "f.py", 1, msg, args, None)


class Message:
    """A message object, as programs pass that build their text late."""

    def __str__(self) -> str:
        return "disk::full"


@pytest.mark.parametrize(
    ("root", "subtopics", "topic"),
    [
        ("", "", b"INFO"),
        ("root", "", b"root.INFO"),
        ("", "a.b", b"INFO.a.b"),
        ("ro.ot", "a", b"ro.ot.INFO.a"),
        ("é", "ü", "é.INFO.ü".encode()),
        ("\udc80", "", b"\\udc80.INFO"),
    ],
)
def test_topic(root: str, subtopics: str, topic: bytes) -> None:
    assert build_topic(root, "INFO", subtopics) == topic


@pytest.mark.parametrize(
    ("msg", "args", "subtopics", "text"),
    [
        ("plain", (), "", "plain"),
        ("a::text", (), "a", "text"),
        ("a::b::c", (), "a", "b::c"),
        ("::text", (), "", "text"),
        ("a::", (), "a", ""),
        ("a::%d of %d", (1, 2), "a", "1 of 2"),
        ("%s", ("not::a topic",), "", "not::a topic"),
        ("disk%s::full", ("1",), "disk1", "full"),
        ("disk%s::%s", ("1", "full"), "disk1", "full"),
        ("100%::%d", (3,), "100%", "3"),
        ("a::%(x)s", ({"x": 5},), "a", "5"),
        (Message(), (), "disk", "full"),
        (123, (), "", "123"),
        (None, (), "", "None"),
        ({"a": 1}, (), "", "{'a': 1}"),
    ],
)
def test_subtopics(msg: object, args: tuple[Any], subtopics: str, text: str) -> None:
    taken, rest = split_subtopics(record(msg, *args))
    assert (taken, rest.getMessage()) == (subtopics, text)


def test_the_record_of_other_handlers_stays_as_it_is() -> None:
    original = record("disk%s::%s", "1", "full")
    _, rest = split_subtopics(original)
    assert rest is not original
    assert original.getMessage() == "disk1::full"


def test_a_record_without_subtopics_is_not_copied() -> None:
    original = record({"an": "object"})
    assert split_subtopics(original)[1] is original
