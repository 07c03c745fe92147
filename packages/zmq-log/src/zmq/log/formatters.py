"""Formatters of the handler: its defaults, and one JSON object per record."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timezone
from typing import Any

LEVELS = (
    logging.DEBUG,
    logging.INFO,
    logging.WARNING,
    logging.ERROR,
    logging.CRITICAL,
)

PLAIN = logging.Formatter("%(message)s\n")
"""INFO as it looks by default, which is the message alone."""

LOCATED = logging.Formatter("%(levelname)s %(filename)s:%(lineno)d - %(message)s\n")
"""How every other level looks by default, one of your own making included."""

# What a record is born with; everything beside it came with `extra=`.
_OWN_ATTRIBUTES = frozenset(vars(logging.makeLogRecord({}))) | {
    "asctime",
    "message",
    "taskName",
}


def default_formatters() -> dict[int, logging.Formatter]:
    """The formatters of the five standard levels, as a new dictionary."""
    return {level: PLAIN if level == logging.INFO else LOCATED for level in LEVELS}


class JSONFormatter(logging.Formatter):
    """Format a record as one JSON object on one line.

    Its keys are ``time`` (ISO 8601, UTC, microseconds), ``level``, ``levelno``,
    ``logger``, ``message``, ``file``, ``line``, ``function``, ``process`` (id),
    ``thread`` (name); ``exception`` and ``stack`` where the record has them; and the
    names given with ``extra=``, which never replace one of the keys before. What JSON
    does not know, NaN and infinity included, is written as its `repr`.

    `handler.setFormatter(JSONFormatter())` makes every record of a `PUBHandler` a
    JSON object, and ``python -m zmq.log --json`` prints them one per line.

    .. versionadded:: zmq-log 1.0
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON object, without a line end.

        :param record: any record; its arguments are merged into ``message``.
        """
        extras, fields = self._extras(record), self._fields(record)
        try:
            return _dump({**extras, **fields})
        except Exception:
            # Whatever is wrong with a value, it does not cost the record.
            writable = {name: _writable(value) for name, value in extras.items()}
            return _dump({**writable, **fields})

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        created = datetime.fromtimestamp(record.created, timezone.utc)
        fields: dict[str, Any] = {
            "time": created.isoformat(timespec="microseconds"),
            "level": record.levelname,
            "levelno": record.levelno,
            "logger": record.name,
            "message": record.getMessage(),
            "file": record.pathname,
            "line": record.lineno,
            "function": record.funcName,
            "process": record.process,
            "thread": record.threadName,
        }
        if record.exc_info and record.exc_info[0] is not None:
            fields["exception"] = self.formatException(record.exc_info)
        elif record.exc_text:
            fields["exception"] = record.exc_text
        if record.stack_info:
            fields["stack"] = self.formatStack(record.stack_info)
        return fields

    @staticmethod
    def _extras(record: logging.LogRecord) -> dict[str, Any]:
        return {
            name: value
            for name, value in vars(record).items()
            if name not in _OWN_ATTRIBUTES
        }


def _dump(fields: dict[str, Any]) -> str:
    return json.dumps(
        fields, default=repr, ensure_ascii=False, skipkeys=True, allow_nan=False
    )


def _writable(value: Any) -> Any:
    """Return a value if JSON can say it, else its `repr`."""
    try:
        _dump({"": value})
    except Exception:
        # NaN, something that contains itself, a number of too many digits
        return _represented(value)
    return value


def _represented(value: Any) -> str:
    try:
        return repr(value)
    except Exception as error:
        return f"<{type(value).__name__} without a repr: {type(error).__name__}>"
