"""Keeping a port for a socket that is made later."""

from __future__ import annotations

import contextlib
import os
import socket
import weakref


class Reservation:
    """Holds a port for as long as it exists, so that the system gives it to nobody.

    It is bound and does not listen. Then sockets that ask for just this port may bind
    to it too, if they allow for others (SO_REUSEADDR), as those of libzmq do; but the
    system does not choose it for who asks for any port, or connects. Where that
    is not so (Windows), and where the port is lost already, nothing is held.

    :param endpoint: where a socket was bound, as its ``LAST_ENDPOINT`` has it.
    """

    def __init__(self, endpoint: str) -> None:
        transport, _, address = endpoint.partition("://")
        host, _, port = address.rpartition(":")
        if transport != "tcp" or os.name != "posix":
            return
        with contextlib.suppress(OSError):
            family, kind, protocol, _, target = socket.getaddrinfo(
                host.strip("[]"),
                int(port),
                type=socket.SOCK_STREAM,
                flags=socket.AI_NUMERICHOST,
            )[0]
            holder = socket.socket(family, kind, protocol)
            weakref.finalize(self, holder.close)
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(target)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Stay behind when a device goes to another process, as ports do not."""
        return Reservation, ("",)
