"""A greenlet that waits."""

from __future__ import annotations

import math
from time import monotonic

from zmq.green._gevent import getcurrent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.green._gevent import Hub


def shortest_time(hub: Hub) -> float:
    """Return the seconds of the shortest timer; of libuv, a long one."""
    seconds: float = hub.loop.approx_timer_resolution
    return seconds


class Waiter:
    """One greenlet, while it waits for whatever may come. Of one thread only."""

    __slots__ = ("_greenlet", "_hub", "refused", "woken")

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._greenlet: Any = None
        #: Whether something has come since this was last set to False.
        self.woken = False
        #: Whether it was refused what EVENTS promise, and no peer has been heard since.
        self.refused = False

    def sleep(self, deadline: float) -> bool:
        """Let others run until this is woken.

        :param deadline: when to end, by the monotonic clock.
        :returns: whether it was woken, rather than the time over.
        """
        if self.woken:
            return True
        timer = None
        if deadline != math.inf:
            left = deadline - monotonic()
            if left <= 0:
                return False
            timer = self._hub.loop.timer(max(left, shortest_time(self._hub)))
            timer.start(self.resume, update=True)
        self._greenlet = getcurrent()
        try:
            self._hub.switch()
        finally:
            self._greenlet = None
            if timer is not None:
                timer.close()
        return self.woken or monotonic() < deadline

    def wake(self) -> None:
        """Have the greenlet go on soon; do nothing if that has been done."""
        if not self.woken:
            self.woken = True
            if self._greenlet is not None:
                self._hub.loop.run_callback(self.resume)

    def resume(self) -> None:
        """Have the greenlet go on now; to be called by the hub only."""
        # It may have been killed since, and wait for something else.
        greenlet = self._greenlet
        if greenlet is not None:
            self._greenlet = None
            greenlet.switch()
