"""The topic of a log record: root, level and subtopics, without any socket."""

from __future__ import annotations

import copy
import logging

TOPIC_DELIM = "::"
"""Stands between the subtopics and the text in a log message."""


def build_topic(root: str, level: str, subtopics: str) -> bytes:
    """Join the parts that are not empty with dots, as the first frame of a message."""
    return encode(".".join(part for part in (root, level, subtopics) if part))


def as_text(root: str | bytes) -> str:
    """Return a root topic as text; older programs give bytes."""
    return root.decode("utf-8", "replace") if isinstance(root, bytes) else root


def encode(text: str) -> bytes:
    """Encode as UTF-8; what has no encoding (lone surrogates) is escaped."""
    return text.encode("utf-8", "backslashreplace")


def split_subtopics(record: logging.LogRecord) -> tuple[str, logging.LogRecord]:
    """Take the subtopics off the message of a record.

    :returns: the subtopics (empty when there are none), and the record without them:
        the same one, or a copy, since other handlers still need the original.
    """
    text = record.msg if isinstance(record.msg, str) else str(record.msg)
    if TOPIC_DELIM not in text:
        return "", record
    subtopics, body = text.split(TOPIC_DELIM, 1)
    rest = copy.copy(record)
    rest.msg = body
    if record.args and "%" in subtopics and not _takes_all_arguments(rest):
        subtopics, rest.msg = (text % record.args).split(TOPIC_DELIM, 1)
        rest.args = ()
    return subtopics, rest


def _takes_all_arguments(record: logging.LogRecord) -> bool:
    """Whether the text alone uses the arguments up, so that none is the topic's."""
    try:
        record.getMessage()
    except (KeyError, TypeError, ValueError):
        return False
    return True
