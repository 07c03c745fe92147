"""Polling many sockets and descriptors, as a coroutine."""

from __future__ import annotations

import math
import os
from contextlib import ExitStack
from typing import Any

import zmq
from zmq.backend import Socket as SocketBase
from zmq.sugar.timeouts import deadline_after
from zmq.sugar.waiting.closedness import all_closed, closed_while, is_closed
from zmq.trio._closing import error_of
from zmq.trio._loops import Loop, Waiter, current_loop


class Poller(zmq.Poller):
    """A poller whose :meth:`poll` is a coroutine function."""

    __module__ = "zmq.trio"

    async def poll(  # type: ignore[override]
        self, timeout: float | None = None
    ) -> list[tuple[Any, int]]:
        """Wait until something is ready.

        :param timeout: milliseconds; None or a negative number waits for ever.
        :returns: a list of pairs, of what is ready only: the socket, or the int
            descriptor, and the mask of what it is ready for. Empty when the time is
            over, or nothing is registered.
        :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without
            a timeout; and when a socket is closed meanwhile. Beside others, and with a
            timeout, sockets that are closed already are never ready.
        """
        loop = current_loop()
        deadline = deadline_after(timeout, loop.time)
        items = [item for item in self.sockets if not is_closed(item[0])]
        await loop.checkpoint()
        ready = zmq.zmq_poll(items, 0)
        if ready or not self.sockets or timeout == 0:
            return ready
        try:
            if not items and deadline == math.inf:
                raise all_closed()
            _check_open(items)
            return await loop.undisturbed(_wait, loop, items, deadline)
        except zmq.ZMQError as error:
            for thing, _ in items or self.sockets:
                if is_closed(thing):
                    raise error_of(thing, loop, error) from None
            raise


def _check_open(items: list[tuple[Any, int]]) -> None:
    for thing, _ in items:
        if is_closed(thing):
            raise closed_while(thing, "it was polled")


async def _wait(
    loop: Loop, items: list[tuple[Any, int]], deadline: float
) -> list[tuple[Any, int]]:
    waiter = loop.waiter()
    with ExitStack() as stack:
        _watch(stack, loop, waiter, items)
        return await _look(waiter, items, deadline)


# The loops have functions of their own, since CPython 3.12 to 3.14 skip the end of a
# "with" when a signal handler raises as a loop in it jumps back on a condition.


def _watch(
    stack: ExitStack, loop: Loop, waiter: Waiter, items: list[tuple[Any, int]]
) -> None:
    for thing, events in items:
        if isinstance(thing, SocketBase):
            _watch_socket(stack, loop, waiter, thing, events)
        else:
            _watch_descriptor(stack, loop, waiter, thing, events)


async def _look(
    waiter: Waiter, items: list[tuple[Any, int]], deadline: float
) -> list[tuple[Any, int]]:
    while True:
        waiter.woken = False
        ready = zmq.zmq_poll(items, 0)
        if not ready:
            _check_open(items)
        if ready or not await waiter.sleep(deadline):
            return ready


def _watch_socket(
    stack: ExitStack, loop: Loop, waiter: Waiter, sock: SocketBase, events: int
) -> None:
    channel = loop.channel_of(sock)
    # In this order: a signal handler may raise between the two.
    stack.callback(channel.unwatch, sock, waiter, events)
    channel.watch(sock, waiter, events)
    stack.enter_context(loop.attend(channel))


def _watch_descriptor(
    stack: ExitStack, loop: Loop, waiter: Waiter, thing: Any, events: int
) -> None:
    fd = thing if isinstance(thing, int) else thing.fileno()
    if os.name == "posix":
        # A loop has one listener for a descriptor, and this one is not ours.
        fd = os.dup(fd)
        stack.callback(os.close, fd)
    stack.enter_context(loop.watch_descriptor(fd, events, waiter.wake))
