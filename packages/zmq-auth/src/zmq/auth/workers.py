"""Threads for functions that may block, or never return."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any, Callable

MOST_THREADS = 32


class Workers:
    """Calls functions in threads, so many at a time.

    The threads are daemons and end when there is nothing to do. Those of
    `concurrent.futures` would keep the interpreter from ending when a function does not
    return.

    :param limit: the most threads at a time; further calls wait for one of them.
    """

    def __init__(self, limit: int = MOST_THREADS) -> None:
        self._limit = limit
        self._lock = Lock()
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._running = 0

    def submit(self, function: Callable[[], Any]) -> Future[Any]:
        """Have a function called; the future gets what it returns or raises."""
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append((future, function))
            if self._running >= self._limit:
                return future
            self._running += 1
        try:
            Thread(target=self._work, name="zmq.auth.check", daemon=True).start()
        except RuntimeError:
            # no more threads; if there are others of ours, one of them will do it
            with self._lock:
                self._running -= 1
                if not self._running:
                    self._waiting.clear()
                    raise
        return future

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running -= 1
                    return
                future, function = self._waiting.popleft()
            # it is cancelled when the deadline has passed meanwhile
            if future.set_running_or_notify_cancel():
                _call(function, future)


def _call(function: Callable[[], Any], future: Future[Any]) -> None:
    try:
        result = function()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
