"""Seeing whether a forwarded port leads to somebody."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._deadline import Deadline


def answers(port: int, deadline: Deadline) -> bool:
    """Whether something comes out of a local port; False when it only hangs up.

    A zmq peer greets whoever connects. Others may wait for the first word, which is
    why our side is closed at once: most then hang up, and ssh passes that on. It does
    the same when the server could not connect, so False needs a second look.

    :raises OSError: when nobody listens at the port, or it stays silent until the
        deadline (TimeoutError).
    """
    with socket.create_connection(("127.0.0.1", port), deadline.left or 0.001) as probe:
        probe.shutdown(socket.SHUT_WR)
        probe.settimeout(deadline.left or 0.001)
        try:
            return bool(probe.recv(1))
        except ConnectionResetError:
            return False
        except socket.timeout:
            # not yet a TimeoutError in Python 3.9
            raise TimeoutError(f"port {port} stays silent") from None
