"""A logger whose methods take a topic before the message."""

from __future__ import annotations

import logging
from typing import Any

from ._topics import TOPIC_DELIM


class TopicLogger(logging.Logger):
    """A logger whose methods take a topic as their first argument.

    ``logger.info("disk", "%d %% full", 93)`` logs at INFO what a `PUBHandler`
    publishes under the topic ``INFO.disk``; other handlers see ``disk::93 % full``.
    Everything else is as in `logging.Logger`: levels, `exc_info`, `extra`,
    `stacklevel`; file and line of a record are those of the caller.
    """

    # These methods take one argument more than those of `logging.Logger`; that is the
    # purpose of the class, and what the ignored override checks are about.

    def log(  # type: ignore[override]
        self, level: int, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log `msg` with `args` merged into it, under `topic`, at `level`.

        :param level: the numeric level.
        :param topic: subtopics, joined by dots.
        :param msg: as for `logging.Logger.log`.
        :param args: as for `logging.Logger.log`.
        :param kwargs: as for `logging.Logger.log`.
        """
        # what is no level is for `logging.Logger.log` to refuse
        if not isinstance(level, int) or self.isEnabledFor(level):  # pyright: ignore[reportUnnecessaryIsInstance]
            super().log(level, _join(topic, msg), *args, **_skip_frame(kwargs))

    def debug(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at DEBUG, see `log`."""
        if self.isEnabledFor(logging.DEBUG):
            super().debug(_join(topic, msg), *args, **_skip_frame(kwargs))

    def info(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at INFO, see `log`."""
        if self.isEnabledFor(logging.INFO):
            super().info(_join(topic, msg), *args, **_skip_frame(kwargs))

    def warning(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at WARNING, see `log`."""
        if self.isEnabledFor(logging.WARNING):
            super().warning(_join(topic, msg), *args, **_skip_frame(kwargs))

    warn = warning  # type: ignore[assignment]

    def error(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at ERROR, see `log`."""
        if self.isEnabledFor(logging.ERROR):
            super().error(_join(topic, msg), *args, **_skip_frame(kwargs))

    def exception(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at ERROR with the exception being handled, see `log`."""
        kwargs.setdefault("exc_info", True)
        if self.isEnabledFor(logging.ERROR):
            super().error(_join(topic, msg), *args, **_skip_frame(kwargs))

    def critical(  # type: ignore[override]
        self, topic: str, msg: object, *args: object, **kwargs: Any
    ) -> None:
        """Log under `topic` at CRITICAL, see `log`."""
        if self.isEnabledFor(logging.CRITICAL):
            super().critical(_join(topic, msg), *args, **_skip_frame(kwargs))

    fatal = critical  # type: ignore[assignment]


def _join(topic: str, msg: object) -> str:
    return f"{topic}{TOPIC_DELIM}{msg}"


def _skip_frame(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Make the record name the caller of our method, not our method."""
    return {**kwargs, "stacklevel": kwargs.get("stacklevel", 1) + 1}
