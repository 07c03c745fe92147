"""A published log message, as the watcher reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LEVEL_NUMBERS = {
    "DEBUG": 10,
    "INFO": 20,
    "WARN": 30,
    "WARNING": 30,
    "ERROR": 40,
    "FATAL": 50,
    "CRITICAL": 50,
}


@dataclass(frozen=True)
class LogMessage:
    """The topic and the text of one message."""

    topic: str
    text: str

    @classmethod
    def from_frames(cls, frames: Sequence[bytes]) -> LogMessage:
        """Decode a message; whoever sent it, any number of frames can be shown."""
        topic, *rest = [frame.decode("utf-8", "replace") for frame in frames]
        return cls(topic, " ".join(rest).rstrip("\r\n"))

    @property
    def levelno(self) -> int | None:
        """The number of the level that the topic names, or None."""
        for part in self.topic.split("."):
            if part in LEVEL_NUMBERS:
                return LEVEL_NUMBERS[part]
            name, _, number = part.partition(" ")
            # logging's own name for a level that has none
            # any sender's text, with digits of which Python makes no number
            if name == "Level" and number.isdecimal() and len(number) < 20:
                return int(number)
        return None

    def to_json(self, received: datetime) -> str:
        """Return one JSON object on one line.

        A text that is a JSON object itself, as of `JSONFormatter`, is taken in;
        ``topic`` and ``received`` are the watcher's.
        """
        seen = {
            "topic": self.topic,
            "received": received.isoformat(timespec="microseconds"),
        }
        plain = {"message": self.text}
        try:
            return _dump({**(self._object() or plain), **seen})
        except ValueError:
            # Python's JSON reads NaN and infinity, which JSON does not know
            return _dump({**plain, **seen})

    def _object(self) -> dict[str, Any] | None:
        try:
            body = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        return cast("dict[str, Any]", body) if isinstance(body, dict) else None


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, allow_nan=False)
