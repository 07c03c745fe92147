"""What a case must reach: factors over a rival, or a bound in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

OURS, PYZMQ, C, PYOMQ = "ours", "pyzmq", "C", "pyomq"
ZMQ_ANYIO = "zmq-anyio"


class Target(Protocol):
    """A bound on the seconds that each rival takes for one operation."""

    def met(self, seconds: Mapping[str, float]) -> bool | None:
        """Tell whether the target is met; None when a figure is missing."""


def speedup(seconds: Mapping[str, float], rival: str) -> float | None:
    """Return how many times faster than ``rival`` ours is, if that can be told.

    Of an import that costs next to nothing it cannot: the time is a difference, and
    may come out below zero.
    """
    ours, theirs = seconds.get(OURS, 0.0), seconds.get(rival, 0.0)
    return theirs / ours if ours > 0 and theirs > 0 else None


@dataclass(frozen=True)
class Faster:
    """At least ``factor`` times the speed of ``rival``, less a share of noise."""

    rival: str
    factor: float
    noise: float = 0.0

    def met(self, seconds: Mapping[str, float]) -> bool | None:
        """Tell whether the target is met; None when the rival did not run."""
        factor = speedup(seconds, self.rival)
        return None if factor is None else factor >= self.factor * (1 - self.noise)

    def __str__(self) -> str:
        noise = f" -{self.noise:.0%}" if self.noise else ""
        return f">= {self.factor:.3g}x {self.rival}{noise}"


@dataclass(frozen=True)
class Share:
    """At most ``share`` of the time that ``rival`` takes."""

    rival: str
    share: float

    def met(self, seconds: Mapping[str, float]) -> bool | None:
        """Tell whether the target is met; None when the rival did not run."""
        factor = speedup(seconds, self.rival)
        return None if factor is None else factor * self.share >= 1

    def __str__(self) -> str:
        return f"<= {self.share:.3g} of {self.rival}'s time"


@dataclass(frozen=True)
class Within:
    """At most ``milliseconds``, whatever the rivals do."""

    milliseconds: float

    def met(self, seconds: Mapping[str, float]) -> bool | None:
        """Tell whether the target is met; None when ours did not run."""
        if OURS not in seconds:
            return None
        return seconds[OURS] * 1e3 <= self.milliseconds

    def __str__(self) -> str:
        return f"<= {self.milliseconds:g} ms"
