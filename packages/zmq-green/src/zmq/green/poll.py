"""Polling several sockets at once, as a greenlet."""

from __future__ import annotations

import math
from contextlib import ExitStack
from time import monotonic

import zmq
from zmq.backend import Socket as SocketBase
from zmq.green._channel import channel_of
from zmq.green._descriptors import watch_descriptor
from zmq.green._gevent import get_hub
from zmq.green._waiter import Waiter
from zmq.sugar.poll import _select_by  # pyright: ignore[reportPrivateUsage]
from zmq.sugar.timeouts import deadline_after
from zmq.sugar.waiting.closedness import all_closed, closed_while, is_closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from zmq.green._gevent import Hub


def zmq_poll(
    sockets: Iterable[tuple[Any, int]], timeout: float | None = -1
) -> list[tuple[Any, int]]:
    """Wait until one of several sockets or descriptors is ready.

    :param sockets: pairs of a socket (green or not), an int descriptor, or an object
        with ``fileno()``; and the :class:`zmq.PollEvent` mask to wait for.
    :param timeout: milliseconds; a negative number or None waits for ever.
    :returns: a list of pairs, of those that are ready only: the socket, or the int
        descriptor, and the mask of what it is ready for.
    :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without a
        timeout; and when a socket is closed meanwhile. Beside others, and with a
        timeout, sockets that are closed already are never ready.
    """
    deadline = deadline_after(timeout, monotonic)
    items = list(sockets)
    ready = zmq.zmq_poll(items, 0)
    if ready or not items or timeout == 0:
        return ready
    return _wait(items, deadline)


def _wait(items: list[tuple[Any, int]], deadline: float) -> list[tuple[Any, int]]:
    hub = get_hub()
    waiter = Waiter(hub)
    items = [item for item in items if not is_closed(item[0])]
    if not items and deadline == math.inf:
        raise all_closed()
    with ExitStack() as stack:
        _watch(stack, hub, waiter, items)
        return _look(waiter, items, deadline)


# The loops have functions of their own, since CPython 3.12 to 3.14 skip the end of a
# "with" when a signal handler raises as a loop in it jumps back on a condition.


def _watch(
    stack: ExitStack, hub: Hub, waiter: Waiter, items: list[tuple[Any, int]]
) -> None:
    for thing, events in items:
        if isinstance(thing, SocketBase):
            channel = channel_of(thing, hub)
            # In this order: a signal handler may raise between the two.
            stack.callback(channel.unwatch, thing, waiter, events)
            channel.watch(thing, waiter, events)
        else:
            stack.enter_context(watch_descriptor(hub, waiter, thing, events))


def _look(
    waiter: Waiter, items: list[tuple[Any, int]], deadline: float
) -> list[tuple[Any, int]]:
    while True:
        waiter.woken = False
        ready = zmq.zmq_poll(items, 0)
        closed = [thing for thing, _ in items if is_closed(thing)]
        if closed and not ready:
            raise closed_while(closed[0], "it was polled")
        if ready or not waiter.sleep(deadline):
            return ready


class Poller(zmq.Poller):
    """A :class:`zmq.Poller` whose waiting blocks only the greenlet."""

    __module__ = "zmq.green"

    def poll(self, timeout: float | None = None) -> list[tuple[Any, int]]:
        """Wait until something is ready.

        :param timeout: milliseconds; None or a negative number waits for ever.
        :returns: a list of pairs, of what is ready only: the socket, or the int
            descriptor, and the mask of what it is ready for. Empty when the time is
            over, or nothing is registered.
        :raises ZMQError: ENOTSOCK, as for :func:`zmq_poll`.
        """
        return zmq_poll(self.sockets, timeout)


# The name it had in pyzmq.
_Poller = Poller


def select(
    rlist: list[Any],
    wlist: list[Any],
    xlist: list[Any],
    timeout: float | None = None,
) -> tuple[list[Any], list[Any], list[Any]]:
    """Wait until something is ready, with the interface of ``select.select``.

    :param rlist: sockets, descriptors and objects with a ``fileno()``, to be read from.
    :param wlist: sockets and descriptors to be written to.
    :param xlist: sockets and descriptors that may have errors.
    :param timeout: **seconds**, as ``select.select`` has it; None waits for ever.
    :returns: the same three lists, of what is ready only, each once: the sockets, and
        int descriptors, also for objects with a ``fileno()``. What is no descriptor, or
        has another error, is in the third one, whichever it was given in.
    """
    return _select_by(zmq_poll, rlist, wlist, xlist, timeout)
