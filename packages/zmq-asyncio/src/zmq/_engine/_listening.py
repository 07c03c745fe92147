"""Which events a socket is watched for, for those who wait for it in a loop."""

# One engine in several files. The Waiters are Any: pyright meets them twice, here and
# in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket


def watch_for(waiters: Any, sock: TypedSocket, events: int) -> None:
    """Have ``on_event`` called after operations that leave one of these events only.

    :param events: 0 to have it called no more.
    """
    try:
        _watch_for(waiters, sock, events, bool(waiters.listening))
    except BaseException:
        # Of a signal handler. Others may wait for these events; and what is watched for
        # nobody would be forgotten, and watched once more with the next who waits.
        _watch_for(waiters, sock, events, True)
        raise


def _watch_for(waiters: Any, sock: TypedSocket, events: int, watched: bool) -> None:
    if watched:
        sock._unwatch(waiters.on_event)
    waiters.listening = events
    if events:
        sock._watch(waiters.on_event, events)
