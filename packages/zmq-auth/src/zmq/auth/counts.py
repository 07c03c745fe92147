"""What an authenticator has decided, in numbers."""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

MOST_SERIES = 1000
"""Different decisions, and domains with checks, that are counted apart from each other:
reasons come from checks, which may put anything into them."""

OTHERS = "others"
"""Stands for the domain, mechanism and reason of what is counted beyond that."""


class Decision(NamedTuple):
    """What decisions have in common that are counted together.

    .. versionadded:: zmq-auth 1.0
    """

    domain: str
    """The ``zap_domain`` of the server socket."""
    mechanism: str
    """``"NULL"``, ``"PLAIN"``, ``"CURVE"`` or ``"GSSAPI"``."""
    status: int
    """That of ZAP: 200 (let in), 300 (not now), 400 (refused), 500 (our error)."""
    reason: str
    """Why, in words; ``"OK"`` for 200."""


class CheckTimes(NamedTuple):
    """How long the checks and providers of a domain took.

    .. versionadded:: zmq-auth 1.0
    """

    calls: int
    """How many have ended or have been given up."""
    seconds: float
    """The time that they took together."""
    slowest: float
    """Seconds that the slowest of them took."""


class AuthMetrics(NamedTuple):
    """The numbers of an authenticator, see `Authenticator.metrics`.

    .. versionadded:: zmq-auth 1.0
    """

    decisions: dict[Decision, int]
    """How often each decision was taken. A client that comes again counts again."""
    checks: dict[str, CheckTimes]
    """The times of checks and providers, by domain."""
    pending: int
    """Clients that wait for a decision at this moment."""
    invalid: int
    """Messages that were no requests of ZAP."""

    @property
    def accepted(self) -> int:
        """How many clients were let in."""
        return sum(n for what, n in self.decisions.items() if what.status == 200)

    @property
    def refused(self) -> int:
        """How many clients were not."""
        return sum(n for what, n in self.decisions.items() if what.status != 200)


class Counts:
    """Counts; any thread may look."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._decisions: dict[Decision, int] = {}
        self._checks: dict[str, CheckTimes] = {}
        self._pending = 0
        self._invalid = 0

    def pending(self, change: int) -> None:
        """Count a client that waits, by 1, or does not any more, by -1."""
        with self._lock:
            self._pending += change

    def invalid(self) -> None:
        """Count a message that is no request."""
        with self._lock:
            self._invalid += 1

    def decided(self, decision: Decision) -> None:
        """Count a decision."""
        with self._lock:
            known = self._decisions
            if decision not in known and len(known) >= MOST_SERIES:
                decision = Decision(OTHERS, OTHERS, decision.status, OTHERS)
            known[decision] = known.get(decision, 0) + 1

    def checked(self, domain: str, seconds: float) -> None:
        """Count a check or provider that has ended, or was given up."""
        with self._lock:
            known = self._checks
            if domain not in known and len(known) >= MOST_SERIES:
                domain = OTHERS
            calls, total, slowest = known.get(domain, CheckTimes(0, 0.0, 0.0))
            known[domain] = CheckTimes(
                calls + 1, total + seconds, max(slowest, seconds)
            )

    def now(self) -> AuthMetrics:
        """Return the numbers of this moment."""
        with self._lock:
            return AuthMetrics(
                dict(self._decisions), dict(self._checks), self._pending, self._invalid
            )
