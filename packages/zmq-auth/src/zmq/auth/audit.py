"""One record for each decision, in fields that programs can read."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from zmq.utils import z85

from . import zap
from .counts import Decision
from .verdict import Verdict

LOGGER = "zmq.auth.audit"


class Record(NamedTuple):
    """A decision in words without line breaks, control characters or secrets."""

    domain: str
    address: str
    mechanism: str
    status: int
    reason: str
    user_id: str
    peer_key: str

    @property
    def decision(self) -> Decision:
        """What is counted of it."""
        return Decision(self.domain, self.mechanism, self.status, self.reason)


def describe(request: zap.Request, verdict: Verdict, encoding: str) -> Record:
    """Put a decision into words."""
    key = ""
    if request.mechanism == b"CURVE" and len(request.credentials) == 1:
        (octets,) = request.credentials
        key = z85.encode(octets).decode("ascii") if len(octets) == 32 else ""
    return Record(
        printable(request.domain.decode(encoding, "backslashreplace")),
        printable(request.address.decode("ascii", "backslashreplace")),
        printable(request.mechanism.decode("ascii", "backslashreplace")),
        int(verdict.status),
        printable(verdict.text),
        printable(verdict.user_id or verdict.claimed),
        key,
    )


def printable(text: str) -> str:
    """Escape what could forge a line of a log, or cannot be encoded."""
    return text if text.isprintable() else repr(text)[1:-1]


def write(logger: Any, record: Record, seconds: float) -> None:
    """Log a decision, if anybody wants to know: at the level INFO.

    :param seconds: what it took.
    """
    if not logger.isEnabledFor(logging.INFO):
        return
    decision = "accepted" if record.status == 200 else "refused"
    fields: dict[str, Any] = {
        "auth_decision": decision,
        **{f"auth_{name}": value for name, value in record._asdict().items()},
        "auth_seconds": seconds,
    }
    logger.info(
        "%s address '%s', domain '%s', mechanism '%s', user '%s': %s (%d)",
        decision,
        record.address,
        record.domain,
        record.mechanism,
        record.user_id,
        record.reason,
        record.status,
        extra=fields,
    )
