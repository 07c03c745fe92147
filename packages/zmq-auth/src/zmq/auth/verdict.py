"""What becomes of a client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import zap


@dataclass(frozen=True)
class Verdict:
    """What becomes of a client: what `Authenticator.decide` returns."""

    status: bytes
    """That of ZAP: ``b"200"`` (let in), ``b"300"`` (not now), ``b"400"`` (refused) or
    ``b"500"`` (our error)."""
    text: str
    """The reason, for the log and for libzmq; the client is only told the status."""
    user_id: str = ""
    """The ``User-Id`` of an accepted client's messages."""
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    """Further properties of an accepted client's messages."""
    claimed: str = field(default="", compare=False)
    """Who a refused client said it was, where that is a user that exists."""


def accept(user_id: str, metadata: Mapping[str, str] | None = None) -> Verdict:
    """Let the client in, unless the messages would come with another user id."""
    if "\0" in user_id:
        # where libzmq cuts it off
        return refuse("Invalid user id")
    return Verdict(zap.SUCCESS, "OK", user_id, metadata or {})


def refuse(reason: str, claimed: str = "") -> Verdict:
    """Do not let the client in."""
    return Verdict(zap.FAILURE, reason, claimed=claimed)


def refuse_for_now(reason: str, claimed: str = "") -> Verdict:
    """Do not let the client in; it will come again by itself."""
    return Verdict(zap.TEMPORARY_ERROR, reason, claimed=claimed)


INVALID_CREDENTIALS = refuse("Invalid credentials")
