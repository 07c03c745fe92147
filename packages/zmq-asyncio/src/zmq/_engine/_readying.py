"""What wakes a task that waits for peers."""

from __future__ import annotations

import asyncio
from typing import Any

from zmq._engine._loops import call_in
from zmq.sugar.readying import Connecting as SyncConnecting


class _Bell:
    """Rung by any thread, heard by one task; rung before, it is heard at once."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Have :meth:`wait` return."""
        call_in(self._loop, self._event.set)

    async def wait(self, timeout: float | None) -> None:
        """Wait until it is rung, or the time, in seconds, is over."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout)
        except asyncio.TimeoutError:
            return
        self._event.clear()


class Connecting(SyncConnecting):
    """One call of ``wait_connected`` in an event loop."""

    def _make_bell(self) -> Any:
        return _Bell()
