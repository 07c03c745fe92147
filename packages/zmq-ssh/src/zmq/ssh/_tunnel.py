"""A tunnel that stands: the same for OpenSSH and paramiko."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from .errors import TunnelError

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from ._address import Target

_logger = logging.getLogger("zmq.ssh")
_open: list[Tunnel] = []
_lock = threading.Lock()


class Tunnel(ABC):
    """A local port that leads through an ssh server to a remote one.

    It stands until it is closed, by `close`, at the end of a ``with`` block or at the
    exit of the program, or until the server goes away. Then `check` raises what
    happened, and the logger ``zmq.ssh`` has it too. A forked child does not own the
    tunnels of its parent: closing one there does nothing.
    """

    server: str
    """The server, as it was given."""

    local_port: int
    """The port of 127.0.0.1 where the tunnel begins."""

    remote: Target
    """Host and port where the tunnel ends, as seen from the server."""

    _failure: TunnelError | None
    _closed: bool

    def _stands(self, server: str, local_port: int, remote: Target) -> None:
        """Take down where it leads, and see to it that it is closed at exit."""
        self.server = server
        self.local_port = local_port
        self.remote = remote
        self._failure = None
        self._closed = False
        self._owner = os.getpid()
        with _lock:
            _open.append(self)

    @property
    def url(self) -> str:
        """The address for a socket to connect to, ``tcp://127.0.0.1:<local port>``."""
        return f"tcp://127.0.0.1:{self.local_port}"

    def is_alive(self) -> bool:
        """Whether the tunnel stands."""
        return not self._closed and self._failure is None

    def check(self) -> None:
        """Raise the `TunnelError` that ended the tunnel, if one did."""
        if self._failure is not None and not self._closed:
            raise self._failure

    def close(self) -> None:
        """Take the tunnel down; its process, threads and port are gone on return.

        Closing twice does nothing.
        """
        with _lock:
            mine = not self._closed and self._owner == os.getpid()
            self._closed = True
            _forget(self)
        if mine:
            self._take_down()

    def terminate(self) -> None:
        """Do as `close`; so the tunnel can stand where a process is expected."""
        self.close()

    def kill(self) -> None:
        """Do as `close`; so the tunnel can stand where a process is expected."""
        self.close()

    @abstractmethod
    def join(self, timeout: float | None = None) -> None:
        """Wait until the tunnel has ended, `timeout` seconds at most."""

    @abstractmethod
    def _take_down(self) -> None:
        """Free process, threads and port."""

    @abstractmethod
    def _abandon(self) -> None:
        """Close what a forked child has inherited, without touching the tunnel."""

    def _ended(self, reason: str, output: str = "") -> None:
        """Take down that the tunnel is gone; called from its threads."""
        with _lock:
            if self._closed or self._failure is not None:
                return
            self._failure = TunnelError(self.server, reason, output)
        _logger.error("%s", self._failure)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "standing" if self.is_alive() else "closed" if self._closed else "ended"
        return (
            f"<{type(self).__name__} {self.url} through {self.server}"
            f" to {self.remote}, {state}>"
        )


def _forget(tunnel: Tunnel) -> None:
    # by identity: tunnels of OpenSSH are numbers, equal when the system reuses one
    _open[:] = [other for other in _open if other is not tunnel]


@atexit.register
def _close_all() -> None:
    for tunnel in list(_open):
        tunnel.close()


def _abandon_all() -> None:
    global _lock
    _lock = threading.Lock()  # a thread of the parent may have held the old one
    for tunnel in _open:
        tunnel._abandon()  # pyright: ignore[reportPrivateUsage] - same module
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon_all)
