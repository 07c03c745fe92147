"""A connection to a server that keeps to a deadline."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from ._deadline import Deadline


def dial(host: str, port: int, deadline: Deadline) -> socket.socket:
    """Connect to the first address of a host that answers.

    :raises OSError: when none does until the deadline: what the last one said.
    """
    failure = OSError(f"{host} has no address")
    for _, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        where = (str(address[0]), port)
        try:
            # the time that is left is one for all of them
            return socket.create_connection(where, deadline.left or 0.001)
        except OSError as error:
            failure = error
    raise failure


@contextlib.contextmanager
def cut_off_at(deadline: Deadline, connection: socket.socket) -> Generator[None]:
    """Break a connection when the block has not ended until the deadline.

    For libraries that limit each step, of which a server may have them take many.
    """

    def cut_off() -> None:
        with contextlib.suppress(OSError):  # it has been closed
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(deadline.left, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
