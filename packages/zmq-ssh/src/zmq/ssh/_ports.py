"""Local ports that nobody uses."""

from __future__ import annotations

import socket
from contextlib import ExitStack


def select_random_ports(n: int) -> list[int]:
    """Return `n` different tcp ports of 127.0.0.1 that were free just now.

    :param n: how many.
    """
    with ExitStack() as stack:
        # all are held until the last is found, so that none is found twice
        held = [stack.enter_context(socket.socket()) for _ in range(n)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in held]
