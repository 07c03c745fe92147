"""One limit of time for all the steps of making a tunnel."""

from __future__ import annotations

import time

LONGEST_S = 1e6
"""Eleven days: as good as no limit, and a number that ssh and sockets can take."""


class Deadline:
    """A moment, so many seconds from now, `LONGEST_S` at most."""

    def __init__(self, seconds: float) -> None:
        if not isinstance(seconds, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"timeout must be a number of seconds, not {seconds!r}")
        if not seconds > 0:
            raise ValueError(f"timeout must be above 0 seconds, not {seconds!r}")
        self.seconds = min(seconds, LONGEST_S)
        self._end = time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds until the moment, never below zero."""
        return max(0.0, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the moment has passed."""
        return self.left == 0.0

    def extend(self, seconds: float) -> None:
        """Move the moment: the time that a person needs to type does not count."""
        self._end += seconds
