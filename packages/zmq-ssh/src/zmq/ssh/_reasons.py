"""Which error ssh's own words mean."""

from __future__ import annotations

from .errors import (
    AuthenticationError,
    ForwardError,
    HostKeyError,
    PortTakenError,
    TunnelError,
    TunnelTimeoutError,
)

# In this order: a later word may also be said on the way to an earlier failure.
_WORDS: tuple[tuple[str, type[TunnelError], str], ...] = (
    ("host key verification failed", HostKeyError, "the server's key is not known"),
    ("host identification has changed", HostKeyError, "the server's key has changed"),
    ("permission denied (", AuthenticationError, "login failed"),
    ("too many authentication failures", AuthenticationError, "login failed"),
    ("cannot listen to port", PortTakenError, "the local port is taken"),
    ("could not request local forward", ForwardError, "forwarding failed"),
    ("open failed", ForwardError, "the remote address cannot be reached"),
    ("timed out", TunnelTimeoutError, "the server did not answer in time"),
)

OPEN_FAILED = "open failed"
"""What ssh prints when the server could not connect to the remote address."""


def explain(server: str, output: str) -> TunnelError:
    """Return the error for what ssh said before it gave up."""
    said = output.lower()
    for words, kind, reason in _WORDS:
        if words in said:
            return kind(server, reason, output)
    return TunnelError(server, "ssh gave up", output)
