"""Bare file descriptors in a poll."""

from __future__ import annotations

from contextlib import contextmanager, suppress

from zmq.constants import POLLIN, POLLOUT
from zmq.green._gevent import epoll

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from zmq.green._gevent import Hub
    from zmq.green._waiter import Waiter

READ, WRITE = 1, 2  # gevent's numbers for them
EPOLLPRI = 2  # errors and hang-ups are reported always


@contextmanager
def watch_descriptor(
    hub: Hub, waiter: Waiter, thing: Any, events: int
) -> Generator[None, None, None]:
    """Have `waiter` woken when one of `events` may be there.

    :param thing: the descriptor, or an object with ``fileno()``.
    :param events: a mask of :class:`zmq.PollEvent`. gevent knows of reading and
        writing only, and reports errors as either.
    """
    fd = thing if isinstance(thing, int) else thing.fileno()
    mask = (READ if events & POLLIN else 0) | (WRITE if events & POLLOUT else 0)
    only_exceptions = None
    if not mask:
        mask = READ
        if epoll is not None:
            # Else it would be woken again and again by data that nobody asked for.
            only_exceptions = epoll()
            with suppress(PermissionError):  # of a file, which has no exceptions
                only_exceptions.register(fd, EPOLLPRI)
            fd = only_exceptions.fileno()
    watcher = hub.loop.io(fd, mask)
    watcher.start(waiter.wake)
    try:
        yield
    finally:
        watcher.close()
        if only_exceptions is not None:
            only_exceptions.close()
