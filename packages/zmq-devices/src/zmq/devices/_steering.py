"""What steers a device, whether or not it has come to run yet."""

from __future__ import annotations

import threading
from typing import Any

from zmq.backend import ProxyLoop

NOTHING = {
    "frontend_messages": 0,
    "frontend_bytes": 0,
    "backend_messages": 0,
    "backend_bytes": 0,
}


class Steering:
    """Steers one run of a device in this process, from any thread.

    :param paused: whether the device begins paused.
    :param stopped: whether it ends as soon as it begins.
    """

    def __init__(self, paused: bool = False, stopped: bool = False) -> None:
        # A signal handler may find the lock held by the very thread that it interrupts.
        self._lock = threading.RLock()
        self._loop: ProxyLoop | None = None
        self._paused = paused
        self._stopped = stopped
        self._last = NOTHING
        self._begun = threading.Event()
        self._ended = threading.Event()

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with what was asked for so far."""
        return Steering, (self._paused, self._stopped)

    @property
    def ended(self) -> bool:
        """Whether the run is over."""
        return self._ended.is_set()

    def run(self, loop: ProxyLoop) -> None:
        """Run a loop, which obeys what was asked for before it was there."""
        with self._lock:
            if self._paused:
                loop.pause()
            if self._stopped:
                loop.stop()
            self._loop = loop
        self._begun.set()
        try:
            loop.run()
        finally:
            with self._lock:
                self._loop = None
                self._last = loop.statistics()

    def end(self) -> None:
        """Let those know who wait for it that the run is over."""
        self._ended.set()
        self._begun.set()

    def wait_begun(self, timeout: float | None = None) -> bool:
        """Wait until the sockets are there, or never will be."""
        return self._begun.wait(timeout)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the run is over, at most `timeout` seconds."""
        return self._ended.wait(timeout)

    def stop(self) -> None:
        """End the loop, or keep it from beginning."""
        with self._lock:
            self._stopped = True
            if self._loop is not None:
                self._loop.stop()

    def pause(self) -> None:
        """Have messages wait."""
        with self._lock:
            self._paused = True
            if self._loop is not None:
                self._loop.pause()

    def resume(self) -> None:
        """Undo a pause."""
        with self._lock:
            self._paused = False
            if self._loop is not None:
                self._loop.resume()

    def statistics(self) -> dict[str, int]:
        """Return the figures of the loop, when it is over its last ones."""
        with self._lock:
            return dict(self._last) if self._loop is None else self._loop.statistics()
