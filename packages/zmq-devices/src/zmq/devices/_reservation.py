"""Keeping a port for a socket that is made later."""

from __future__ import annotations

import errno
import os
import socket
import weakref


class Reservation:
    """Holds a port for as long as it exists, so that the system gives it to nobody.

    It is bound and does not listen. Then sockets that ask for just this port may bind
    to it too, if they allow for others (SO_REUSEADDR), as those of libzmq do; but the
    system does not choose it for who asks for any port, or connects. Where that
    is not so (Windows), nothing is held.

    :param endpoint: where a socket was bound, as its ``LAST_ENDPOINT`` has it.
    :param same_port: False holds another port of that host, which the system chooses.
    """

    def __init__(self, endpoint: str, same_port: bool = True) -> None:
        #: The port that is to be bound to.
        self.port = 0
        #: Whether somebody else has the port by now.
        self.lost = False
        transport, _, address = endpoint.partition("://")
        host, _, port = address.rpartition(":")
        if port.isdigit():
            self.port = int(port)
        if transport == "tcp" and os.name == "posix":
            self._hold(host.strip("[]"), self.port if same_port else 0)

    def _hold(self, host: str, port: int) -> None:
        family, kind, protocol, _, target = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )[0]
        try:
            holder = socket.socket(family, kind, protocol)
            weakref.finalize(self, holder.close)
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(target)
        except OSError as error:
            self.lost = error.errno == errno.EADDRINUSE
        else:
            self.port = holder.getsockname()[1]

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Stay behind when a device goes to another process, as ports do not."""
        return Reservation, ("",)
