"""How the watcher lays out a message on the terminal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from ._message import LogMessage

# ECMA-48 sequences, which every terminal of today knows; no library needed.
_RESET = "\x1b[0m"
_COLOURS = (
    (logging.CRITICAL, "\x1b[1;31m"),
    (logging.ERROR, "\x1b[31m"),
    (logging.WARNING, "\x1b[33m"),
    (logging.INFO, "\x1b[32m"),
    (logging.DEBUG, "\x1b[36m"),
)
_DIM = "\x1b[2m"


class Layout:
    """Turns messages into lines: ``time topic | text``.

    :param separator: what stands between topic and text.
    :param date_format: a `strftime` format for the time of arrival, or None for no
        time.
    :param align: whether to fill up topics to the widest one seen, and to indent the
        further lines of a text below its first.
    :param colour: whether to colour each line by its level.
    """

    def __init__(
        self, separator: str, date_format: str | None, *, align: bool, colour: bool
    ) -> None:
        self._separator = separator
        self._date_format = date_format
        self._align = align
        self._colour = colour
        self._width = 0

    def lay_out(self, message: LogMessage, received: datetime) -> str:
        """Return the line, or lines, of a message, without the last line end."""
        head = self._head(message.topic, received)
        text = message.text
        if self._align:
            text = text.replace("\n", "\n" + " " * len(head))
        line = head + text
        return _coloured(line, message.levelno) if self._colour else line

    def _head(self, topic: str, received: datetime) -> str:
        if self._align:
            self._width = max(self._width, len(topic))
            topic = topic.ljust(self._width)
        date = received.strftime(self._date_format) + " " if self._date_format else ""
        return f"{date}{topic}{self._separator}"


def _coloured(line: str, levelno: int | None) -> str:
    if levelno is None:
        return line
    colour = next((code for floor, code in _COLOURS if levelno >= floor), _DIM)
    return f"{colour}{line}{_RESET}"
