"""What wakes a task that waits for peers."""

from __future__ import annotations

import math
from typing import Any

from zmq.sugar.readying import Connecting as SyncConnecting
from zmq.trio._loops import current_loop


class _Bell:
    """Rung by any thread, heard by one task; rung before, it is heard at once."""

    def __init__(self) -> None:
        self._loop = current_loop()
        self._waiter = self._loop.waiter()

    def ring(self) -> None:
        """Have :meth:`wait` return."""
        self._loop.call(self._waiter.wake)

    async def wait(self, timeout: float | None) -> None:
        """Wait until it is rung, or the time, in seconds, is over."""
        forever = timeout is None
        end = math.inf if forever else self._loop.time() + (timeout or 0)
        await self._waiter.sleep(end)
        self._waiter.woken = False


class Connecting(SyncConnecting):
    """One call of ``wait_connected`` in a task."""

    def _make_bell(self) -> Any:
        return _Bell()
