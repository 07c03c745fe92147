# ruff: noqa: PLE1205 - it takes the first argument of these methods for the text
"""The logger whose methods take a topic."""

from __future__ import annotations

import logging
import sys
from typing import Any, Callable

import pytest

import zmq
from zmq.log.handlers import PUBHandler, TopicLogger


class Kept(logging.Handler):
    """Keeps the records."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def logger(kept: Kept) -> TopicLogger:
    logger = TopicLogger("topics")
    logger.addHandler(kept)
    return logger


METHODS = {
    "debug": 10,
    "info": 20,
    "warning": 30,
    "warn": 30,
    "error": 40,
    "critical": 50,
    "fatal": 50,
}


@pytest.mark.parametrize("name", METHODS)
def test_methods(logger: TopicLogger, kept: Kept, name: str) -> None:
    getattr(logger, name)("a.b", "%d of %d", 1, 2, extra={"user": "me"})
    (record,) = kept.records
    assert record.levelno == METHODS[name]
    assert record.getMessage() == "a.b::1 of 2"
    assert record.user == "me"  # type: ignore[attr-defined]


def test_log(logger: TopicLogger, kept: Kept) -> None:
    logger.log(15, "a", "text")
    assert kept.records[0].levelno == 15
    assert kept.records[0].getMessage() == "a::text"


def test_exception(logger: TopicLogger, kept: Kept) -> None:
    try:
        raise LookupError("gone")
    except LookupError:
        logger.exception("a", "text")
    (record,) = kept.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert record.exc_info[0] is LookupError


def test_level_and_objects(logger: TopicLogger, kept: Kept) -> None:
    logger.setLevel(logging.INFO)
    logger.debug("a", "text")
    logger.info("a", 123)
    assert [record.getMessage() for record in kept.records] == ["a::123"]


@pytest.mark.parametrize("name", [*METHODS, "exception"])
def test_a_record_names_its_caller(logger: TopicLogger, kept: Kept, name: str) -> None:
    getattr(logger, name)("a", "text")
    line = sys._getframe().f_lineno - 1
    (record,) = kept.records
    assert record.pathname == __file__
    assert record.lineno == line
    assert record.funcName == "test_a_record_names_its_caller"


def test_log_and_stacklevel_name_their_caller(logger: TopicLogger, kept: Kept) -> None:
    def helper() -> None:
        logger.log(20, "a", "text", stacklevel=2)

    helper()
    assert kept.records[0].funcName == "test_log_and_stacklevel_name_their_caller"


def test_published(
    make_handler: Callable[..., PUBHandler],
    subscribed: Callable[..., Any],
) -> None:
    handler = make_handler(root_topic="host")
    subscriber: zmq.Socket[bytes] = subscribed(handler)
    logger = TopicLogger("topics")
    logger.addHandler(handler)
    logger.info("disk", "%d %% full", 93)
    assert subscriber.recv_multipart() == [b"host.INFO.disk", b"93 % full\n"]


def test_it_serves_as_logger_class() -> None:
    logging.setLoggerClass(TopicLogger)
    try:
        made = logging.getLogger("made.by.get.logger")
    finally:
        logging.setLoggerClass(logging.Logger)
        logging.Logger.manager.loggerDict.pop("made.by.get.logger", None)
    assert isinstance(made, TopicLogger)
    assert TopicLogger.__module__ == "zmq.log.handlers"


class Costly:
    def __str__(self) -> str:
        raise AssertionError("nobody reads it")


@pytest.mark.parametrize("name", METHODS)
def test_what_is_not_logged_is_not_formatted(
    logger: TopicLogger, kept: Kept, name: str
) -> None:
    logger.setLevel(METHODS[name] + 1)
    getattr(logger, name)("a", Costly())
    logger.log(METHODS[name], "a", Costly())
    assert kept.records == []


def test_what_is_no_level_is_refused(logger: TopicLogger) -> None:
    no_level: Any = "INFO"
    with pytest.raises(TypeError, match="level must be an integer"):
        logger.log(no_level, "a", "b")
