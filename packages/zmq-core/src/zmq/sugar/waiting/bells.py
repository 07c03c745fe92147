"""Waiting in one thread for what another one, or many, may do."""

from __future__ import annotations

import _thread
import sys
from time import monotonic

from zmq.sugar.timeouts import seconds_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def original(name: str) -> Any:
    """Return something of ``_thread``, which gevent may have replaced by its own."""
    monkey: Any = sys.modules.get("gevent.monkey")
    return monkey.get_original("_thread", name) if monkey else getattr(_thread, name)


# A signal that comes just before a thread sleeps, or that the system gives to another
# thread, does not wake it: it looks for signals after so many seconds.
LONGEST_SLEEP = 1.0


def acquire_within(lock: Any, timeout: float | None) -> bool:
    """Acquire a lock; False when the time, in seconds, is over first.

    Signal handlers run meanwhile, and what they raise is raised here.
    """
    deadline = Deadline(timeout)
    left = timeout
    while left is None or left > LONGEST_SLEEP:
        if lock.acquire(timeout=LONGEST_SLEEP):
            return True
        left = deadline.left
    return bool(lock.acquire(timeout=left))


class Bell:
    """Rung by any thread, heard by one; rung before, it is heard at once."""

    def __init__(self) -> None:
        self._silent: Any = original("allocate_lock")()
        self._silent.acquire()

    def ring(self) -> None:
        """Have :meth:`wait` return."""
        try:
            self._silent.release()
        except RecursionError:
            raise  # it is a RuntimeError, too; nobody has been told
        except RuntimeError:
            pass  # it has been rung

    def wait(self, timeout: float | None) -> bool:
        """Wait until it is rung; False when the time, in seconds, is over first.

        Signal handlers run meanwhile, and what they raise is raised here.
        """
        return acquire_within(self._silent, timeout)


class Deadline:
    """The end of a time in seconds, or of none.

    :param timeout: seconds; None for ever.
    :param clock: returns the time in seconds.
    """

    def __init__(
        self, timeout: float | None, clock: Callable[[], float] = monotonic
    ) -> None:
        self.timeout = timeout
        self._clock = clock
        self._end: float | None = None
        if timeout is not None:
            self._end = clock() + seconds_argument("timeout", timeout)

    @property
    def left(self) -> float | None:
        """The seconds that are left; None for ever."""
        return None if self._end is None else max(0.0, self._end - self._clock())
