"""Where a socket is bound and connected."""

from __future__ import annotations

import os
import stat
from errno import EACCES

from zmq.backend import Socket as SocketBase
from zmq.backend import strerror
from zmq.constants import Errno, SecurityMechanism, SocketOption
from zmq.error import ZMQBindError, ZMQError, error_for
from zmq.sugar.bound import SocketContext, inproc_bells, ring_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

    from zmq.backend import Socket as _Base
else:
    _Base = object

_MECHANISM = int(SocketOption.MECHANISM)
_CURVE = int(SecurityMechanism.CURVE)
_WITH_PORTS = ("tcp:", "udp:", "ws:", "wss:")
_WITHOUT_PORTS = ("inproc:", "ipc:")


class Addresses(_Base):
    """The methods of a socket that bind and connect it."""

    def bind(self, addr: str) -> SocketContext[Self]:
        """Accept connections at an address.

        :param addr: such as ``tcp://127.0.0.1:5555``, ``ipc:///tmp/sock`` or
            ``inproc://name``. With port 0, or ``*``, the system chooses the port:
            ``last_endpoint`` tells which.
        :returns: a context manager that gives the socket, and unbinds at the end.
        :raises ZMQError: EADDRINUSE, EINVAL and others; the message has the address.

        A CURVE socket without the keys it needs warns, as nobody could talk to it.

        .. versionchanged:: 20.0
            Can be used as a context manager.
        """
        self._check("bind", addr)
        self._expect(addr)
        super().bind(addr)
        if inproc_bells:
            ring_all()
        return SocketContext(self, "bind", _last_endpoint(self).decode() or addr)

    def connect(self, addr: str) -> SocketContext[Self]:
        """Connect to an address.

        libzmq connects in the background, and again after every loss: this returns at
        once, and is no error when nobody listens.

        :param addr: as for :meth:`bind`.
        :returns: a context manager that gives the socket, and disconnects at the end.
        :raises ZMQError: EINVAL and others, when there can be no such address.

        .. versionchanged:: 20.0
            Can be used as a context manager.
        """
        self._check("connect", addr)
        self._expect(addr)
        super().connect(addr)
        if inproc_bells:
            ring_all()
        return SocketContext(self, "connect", addr)

    def _check(self, way: str, addr: object) -> None:
        """Look for what libzmq would not say: keys, files, and ports that are none."""
        if SocketBase.get(self, _MECHANISM) == _CURVE:
            from zmq.sugar.curve_keys import warn_of_missing_keys

            sock: Any = self
            warn_of_missing_keys(sock, way)
        if isinstance(addr, bytes):
            # what is no UTF-8 is for the backend to refuse
            addr = addr.decode("utf-8", "surrogateescape")
        if not isinstance(addr, str):
            return
        if way == "bind" and addr.startswith("ipc://"):
            _check_path(addr)
        if addr.startswith(_WITH_PORTS):
            port = addr.rpartition(":")[2]
            # Of a larger number it keeps the last 16 bits, and takes another port.
            if len(port) > 4 and port.isdecimal() and _is_above_all_ports(port):
                raise error_for(
                    Errno.EINVAL,
                    f"{strerror(Errno.EINVAL)} (addr={addr!r}: {port!r} is no port, a"
                    " number from 0 to 65535)",
                )

    def disconnect(self, addr: str | bytes) -> None:
        """Undo a connect.

        :param addr: the address, as str or bytes.
        :raises ZMQError: ENOENT, when the socket is not connected to it.
        """
        super().disconnect(addr)
        self._forget(addr)

    def unbind(self, addr: str | bytes) -> None:
        """Undo a bind.

        :param addr: the address, as str or bytes; after a bind to a wildcard port it is
            ``last_endpoint``.
        :raises ZMQError: ENOENT, when the socket is not bound to it.
        """
        super().unbind(addr)
        self._forget(addr)

    def _expect(self, addr: object) -> None:
        """Have the peers at an address counted, where the socket is tracked."""
        sock: Any = self
        if sock._peers is not None and isinstance(addr, (str, bytes)):
            sock._peers.expect(_text(addr))

    def _forget(self, addr: str | bytes) -> None:
        """Have the peers at an address counted no more."""
        sock: Any = self
        if sock._peers is not None:
            kept = [address for _, address in sock._endpoints]
            sock._peers.forget(_text(addr), kept)

    def bind_to_random_port(
        self,
        addr: str,
        min_port: int = 49152,
        max_port: int = 65536,
        max_tries: int = 100,
    ) -> int:
        """Bind to some free port.

        :param addr: the address without the port, such as ``tcp://127.0.0.1``.
        :param min_port: the lowest port to try. With the default range, the system
            chooses one that is free.
        :param max_port: one more than the highest port to try.
        :param max_tries: how many ports to try.
        :returns: the port.
        :raises ZMQBindError: when there was no free port among those tried.
        :raises ZMQError: when the address is wrong.
        :raises ValueError: when `addr` is of a transport without ports, or there is no
            port from `min_port` to below `max_port`.
        """
        if min_port == 49152 and max_port == 65536:
            if str(addr).startswith(_WITHOUT_PORTS):
                raise ValueError(
                    "bind_to_random_port() is for addresses with a port, such as those"
                    f" of tcp, and not for {addr!r}: use bind()"
                )
            self.bind(f"{addr}:*")
            return int(_last_endpoint(self).rpartition(b":")[2])
        if min_port >= max_port:
            raise ValueError(
                f"there is no port from min_port={min_port} to below"
                f" max_port={max_port}"
            )
        import random

        for _ in range(max_tries):
            port = random.randrange(min_port, max_port)  # noqa: S311
            try:
                self.bind(f"{addr}:{port}")
            except ZMQError as error:
                if error.errno not in (Errno.EADDRINUSE, EACCES):
                    raise
            else:
                return port
        raise ZMQBindError(
            f"Could not bind socket to random port: none of {max_tries} ports from"
            f" {min_port} to {max_port - 1} tried at {addr} was free"
        )


def _is_above_all_ports(digits: str) -> bool:
    # Python makes no number of thousands of digits
    digits = digits.lstrip("0") or "0"
    return len(digits) > 5 or int(digits) > 65535


def _text(addr: str | bytes) -> str:
    return addr if isinstance(addr, str) else addr.decode("utf-8", "replace")


def _check_path(addr: str) -> None:
    """Raise for an ipc address where there is something that libzmq would delete.

    It deletes whatever has the name, before it binds. That is meant for what a program
    that crashed has left. An empty file is no loss: `tempfile` makes one for a name.
    """
    path = addr[len("ipc://") :]
    if path == "*":
        return  # libzmq finds a name. Files it also deletes for abstract ones, "@..."
    try:
        there = os.lstat(path)
    except (OSError, ValueError):
        # nothing, or for libzmq to refuse
        return
    mode = there.st_mode
    if stat.S_ISSOCK(mode) or stat.S_ISLNK(mode):
        return
    if stat.S_ISREG(mode) and there.st_size == 0:
        return
    raise error_for(
        Errno.EADDRINUSE,
        f"{strerror(Errno.EADDRINUSE)} (addr={addr!r}: there is something else at"
        f" {path!r} than a socket)",
    )


def _last_endpoint(sock: Any) -> bytes:
    endpoint: bytes = sock.last_endpoint
    return endpoint
