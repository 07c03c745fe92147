"""Closing a socket in an event loop, and waiting until it has sent everything."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from zmq.sugar.shutdown.flushing import Flush, wait_in_loop

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket


async def close_flushed(sock: TypedSocket, linger: int | None, seconds: float) -> None:
    """Close a socket; see ``AsyncSocket.aclose``.

    :raises TimedOut: when something is left after so many seconds.
    """
    flush = Flush(sock, linger, seconds)
    monitor: Any = None
    try:
        await _wait_for_sends(sock, flush)
        waiting = len(sock._sending)
        if not sock.closed:
            monitor = flush.start(sock._monitor_socket_class)
    finally:
        sock.close()
    if waiting:
        if monitor is not None:
            monitor.close(linger=0)
        raise flush.failed(waiting)
    if monitor is not None:
        await wait_in_loop(flush, monitor)


async def _wait_for_sends(sock: TypedSocket, flush: Flush) -> None:
    while sock._sending and flush.seconds_left:
        await asyncio.wait([sock._sending[-1]], timeout=flush.seconds_left)
