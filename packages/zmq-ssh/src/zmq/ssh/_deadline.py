"""One limit of time for all the steps of making a tunnel."""

from __future__ import annotations

import time


class Deadline:
    """A moment, so many seconds from now."""

    def __init__(self, seconds: float) -> None:
        if not seconds > 0:
            raise ValueError(f"timeout must be above 0 seconds, not {seconds!r}")
        self.seconds = seconds
        self._end = time.monotonic() + seconds

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
