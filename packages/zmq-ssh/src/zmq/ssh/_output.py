"""What a process prints, read by a thread so that the process never waits."""

from __future__ import annotations

import os
import threading
from typing import Callable

# Enough for all that ssh says before it is ready, and for its last words.
_KEPT = 16384


class Output:
    """The newest text that came out of a file descriptor, which it closes at the end.

    :param fd: read until its end.
    :param on_end: called in the reading thread when the end has come.
    """

    def __init__(self, fd: int, on_end: Callable[[], None]) -> None:
        self.fd: int = fd
        self.ended: bool = False
        self._bytes = bytearray()
        self._taken = 0
        self._on_end = on_end
        self._changed = threading.Condition()
        self._thread = threading.Thread(
            target=self._read, name="zmq.ssh output", daemon=True
        )
        self._thread.start()

    @property
    def text(self) -> str:
        """Everything kept, with the line ends of terminals made plain."""
        with self._changed:
            return _plain(self._bytes)

    @property
    def fresh(self) -> str:
        """What has come since `take`."""
        with self._changed:
            return _plain(self._bytes[self._taken :])

    def take(self) -> None:
        """Regard everything so far as seen."""
        with self._changed:
            self._taken = len(self._bytes)

    def wait(self, text: str, timeout: float) -> bool:
        """Wait so many seconds for a text or for the end; return whether it is there.

        Only what came after `take` counts.
        """

        def there() -> bool:
            return text in _plain(self._bytes[self._taken :])

        with self._changed:
            self._changed.wait_for(lambda: there() or self.ended, timeout)
            return there()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end, and for what is called then."""
        if self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _read(self) -> None:
        while True:
            try:
                chunk = os.read(self.fd, 4096)
            except OSError:
                # how the terminal of a process ends on Linux
                chunk = b""
            with self._changed:
                self._add(chunk)
                self.ended = not chunk
                self._changed.notify_all()
            if not chunk:
                break
        self._on_end()

    def _add(self, chunk: bytes) -> None:
        self._bytes += chunk
        excess = len(self._bytes) - _KEPT
        if excess > 0:
            del self._bytes[:excess]
            self._taken = max(0, self._taken - excess)


def _plain(raw: bytes | bytearray) -> str:
    text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
