"""Sends that are refused though the socket is ready to send: for another peer.

So it is with ROUTER sockets. Who sent again at once would do so again and again.
"""

# One engine in several files. The Waiters are Any: pyright meets them twice, here and
# in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq
from zmq._engine._listening import watch_for
from zmq.sugar.waiting.backoff import longer

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket
    from zmq._engine._waiting import Waiting

_POLLOUT = int(zmq.POLLOUT)
_NEVER = 1 << 20  # an event that no socket ever has


def pause(waiters: Any, sock: TypedSocket, first: Waiting) -> None:
    """Have the first one who sends try again after a while."""
    if waiters.listening & _POLLOUT:
        # Or two shadows would tell each other for ever.
        watch_for(waiters, sock, waiters.listening & ~_POLLOUT | _NEVER)
    if waiters.retry is None:
        assert sock._loop is not None
        first.pause = longer(first.pause)
        waiters.retry = sock._loop.call_later(first.pause, _try_again, waiters, sock)


def end_pause(waiters: Any, sock: TypedSocket) -> None:
    """Have the first one who sends try again: something has been heard of a peer."""
    first = waiters.sending[0]
    if first.refused or waiters.listening & _NEVER:
        first.refused = False
        waiters.listen(sock, _POLLOUT)


def _try_again(waiters: Any, sock: TypedSocket) -> None:
    waiters.retry = None
    waiters.readable(sock)
