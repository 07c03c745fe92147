"""Polling many sockets and descriptors at once."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend import arguments
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import (
    ENOTSOCK,
    ENOTSUP,
    FIRST_DRAFT,
    deadline_in_ms,
    fail,
    int_argument,
    ms_argument,
)
from zmq.backend.cffi.handle import UNUSABLE
from zmq.backend.cffi.lease import drain_if_any
from zmq.backend.cffi.signals import interrupted
from zmq.backend.cffi.socket import Socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def _descriptor(thing: Any) -> int:
    fd = thing
    if not isinstance(fd, int):
        try:
            fd = thing.fileno()
        except AttributeError:
            raise TypeError(
                "Socket must be a 0MQ socket, an integer fd or have a fileno() method:"
                f" {thing!r}"
            ) from None
        if not isinstance(fd, int):
            raise TypeError(f"fileno() of {thing!r} returned {fd!r}, not an int")
    return arguments.descriptor(int(fd))


def zmq_poll(
    sockets: Iterable[tuple[Any, int]], timeout: float | None = -1
) -> list[tuple[Any, int]]:
    """Wait until one of several sockets or descriptors is ready.

    :param sockets: pairs of a socket (or an int descriptor, or an object with
        ``fileno()``) and the :class:`zmq.PollEvent` mask to wait for.
    :param timeout: milliseconds; a negative number or None waits for ever.
    :returns: a list of pairs, of those that are ready only: the socket, or the int
        descriptor, and the mask of what it is ready for.
    :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without a
        timeout; and when a socket is closed meanwhile. Beside others, and with a
        timeout, sockets that are closed already are never ready.
    """
    ms = ms_argument(timeout)
    things = list(sockets)
    n = len(things)
    if n == 0:
        return []
    items = ffi.new("zq_polled[]", n)
    handles: list[Any] = []
    closed = 0
    for i, (thing, events) in enumerate(things):
        item = items[i]
        item.events = int_argument("flags", events)
        if not isinstance(thing, Socket):
            item.fd = _descriptor(thing)
        elif thing._h is not None and thing._h.closed:
            # Programs close sockets and leave them registered, as epoll permits it.
            item.fd = -1
            closed += 1
        else:
            h = thing._usable()
            item.box = h.box
            handles.append(h)
    if closed == n and ms < 0:
        fail(ENOTSOCK, "all sockets that are polled have been closed")
    if _poll(items, n, handles, ms) == 0:
        return []
    ready: list[tuple[Any, int]] = []
    for i, (thing, _) in enumerate(things):
        found = items[i].found
        if found:
            ready.append((thing if items[i].box else int(items[i].fd), found))
    return ready


def _poll(items: Any, n: int, handles: list[Any], ms: float) -> int:
    deadline = deadline_in_ms(ms) if ms else 0
    spin = max((h.box.spin for h in handles), default=0)
    spin_end = ffi.new("int64_t *", lib.zq_spin_end(spin, deadline))
    try:
        while True:
            rc: int = lib.zq_poll_all(items, n, spin_end, deadline)
            if rc >= 0:
                break
            if rc == UNUSABLE:
                for h in handles:
                    if h.closed:
                        h.closed_while("it was polled")
                    h.unusable()
            elif not interrupted(rc):
                drafts = [h for h in handles if h.type >= FIRST_DRAFT]
                if rc == -ENOTSUP and drafts:
                    drafts[0].failed(rc, "poll")
                fail(-rc)
    finally:
        for h in handles:
            if h.closed:
                h.close_if_last()
    for h in handles:
        if h.watchers:
            h.tell_watchers()
    drain_if_any()
    return rc
