"""What can go wrong with a tunnel.

::

    TunnelError (RuntimeError)
    +-- AuthenticationError
    +-- HostKeyError
    +-- ForwardError
    |   +-- PortTakenError
    +-- MaxRetryExceeded
    +-- TunnelTimeoutError (also TimeoutError)
"""

from __future__ import annotations

__all__ = [
    "AuthenticationError",
    "ForwardError",
    "HostKeyError",
    "MaxRetryExceeded",
    "PortTakenError",
    "TunnelError",
    "TunnelTimeoutError",
]


class TunnelError(RuntimeError):
    """A tunnel could not be made, or has ended by itself.

    Raised itself when the server cannot be reached or hangs up, and for whatever has
    no class of its own below.

    :param server: the server as it was given.
    :param reason: what happened, in one sentence.
    :param output: what ssh said, as it said it; empty if it said nothing.
    """

    def __init__(self, server: str, reason: str, output: str = "") -> None:
        self.server: str = server
        self.reason: str = reason
        self.output: str = output.strip()
        said = f": {self.output}" if self.output else ""
        super().__init__(f"tunnel through {server}: {reason}{said}")


class AuthenticationError(TunnelError):
    """The server did not accept any key or password, or wanted one that is not there.

    A server that is not the expected one is a `HostKeyError` instead.
    """


class HostKeyError(TunnelError):
    """The key of the server is unknown, or not the known one.

    An unknown server is never accepted without being asked for: connect once with
    ``ssh`` by hand, or add its key to ``known_hosts``.
    """


class ForwardError(TunnelError):
    """Login worked, but not the forwarding.

    The local port is taken, or the server could not reach the remote address or must
    not forward to it.
    """


class PortTakenError(ForwardError):
    """Somebody else listens on the local port."""


class MaxRetryExceeded(TunnelError):  # noqa: N818 - the published name
    """Every local port that was tried had been taken by somebody else."""


class TunnelTimeoutError(TunnelError, TimeoutError):
    """The tunnel did not stand within the time given."""
