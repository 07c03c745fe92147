"""An operation that has to wait, in steps: how to wait between them is the flavour's.

::

    steps = wait_in_line(...)
    end = next(steps)
    while True:
        end = steps.send(waiter.sleep(end))  # until StopIteration has the result
"""

from __future__ import annotations

import math

from zmq.backend import Socket as SocketBase
from zmq.constants import SocketOption
from zmq.sugar.waiting.backoff import longer
from zmq.sugar.waiting.channel import EVENTS
from zmq.sugar.waiting.closedness import closed_while

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any, Literal, TypeVar

    from zmq.sugar.waiting.channel import Channel, Waiter

    T = TypeVar("T")

_POLLIN, _POLLOUT = 1, 2
# For each event: the option that limits how long it is waited for, and what for.
_LIMITS = {_POLLIN: SocketOption.RCVTIMEO, _POLLOUT: SocketOption.SNDTIMEO}
_PURPOSES = {_POLLIN: "it waited to receive", _POLLOUT: "it waited to send"}


def deadline_of(socket: SocketBase, event: int, clock: Callable[[], float]) -> float:
    """Return until when an operation may wait, by `clock`.

    :raises Again: when it may not wait at all.
    """
    timeout: Any = SocketBase.get(socket, _LIMITS[event])
    if timeout == 0:
        raise socket._again(0, event == _POLLOUT)
    return math.inf if timeout < 0 else clock() + timeout / 1000


def wait_in_line(
    socket: SocketBase,
    channel: Channel,
    waiter: Waiter,
    event: int,
    attempt: Callable[[], T],
    refused: Literal[False] | None,
    deadline: float,
    clock: Callable[[], float],
) -> Generator[float, bool, T]:
    """Return what `attempt()` does, once that is not `refused`.

    Yields until when to let others run; is sent whether the waiter was woken before.

    :raises Again: when the time is over.
    :raises ZMQError: ENOTSOCK, when the socket is closed meanwhile.
    """
    pause = 0.0
    end = deadline
    turn = False  # it is this one's, who was woken and has not been refused since
    socket._count_wait(event == _POLLOUT)
    try:
        channel.enter(socket, waiter, event)
        # Another thread may just have swallowed what would wake this one.
        SocketBase.get(socket, EVENTS)
        while True:
            if waiter.woken:
                # Before the attempt, whose own last look may tell of more.
                turn = True
                waiter.woken = False
                result = attempt()
                if result is not refused:
                    return result
                turn = False
                # If EVENTS say POLLOUT all the same, that is for other peers (of a
                # ROUTER, say): the descriptor counts then, and a look from time to
                # time, as others may swallow what it has to tell.
                waiter.refused = event == _POLLOUT and bool(
                    SocketBase.get(socket, EVENTS) & _POLLOUT
                )
                if waiter.refused:
                    waiter.woken = False
                    channel.pass_on(event)  # who comes behind may send to those peers
            if waiter.refused:
                pause = longer(pause)
                end = min(deadline, clock() + pause)
            in_time = yield end
            check_open(socket, _PURPOSES[event])
            if not in_time and end == deadline:
                raise socket._again(0, event == _POLLOUT)
            waiter.woken = True
            waiter.refused = False
            if channel.waiting == 1:
                # Nobody else has to be told what the attempt leaves to be had.
                channel.leave(socket, waiter, event)
                result = attempt()
                if result is not refused:
                    return result
                channel.enter(socket, waiter, event)
            # Last, and not under a condition: where a loop ends with one, CPython 3.12
            # to 3.14 skip the "finally" when a signal handler raises there.
            end = deadline
    finally:
        waiter.woken |= turn
        channel.leave(socket, waiter, event)


def check_open(socket: SocketBase, when: str) -> None:
    """Raise ENOTSOCK, or ETERM, if a socket was closed while somebody waited for it."""
    if socket.closed:
        raise closed_while(socket, when)
