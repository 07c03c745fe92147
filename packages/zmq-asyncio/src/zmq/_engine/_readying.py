"""What wakes a task that waits for peers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from zmq._engine._loops import call_in
from zmq.sugar.readiness.connecting import Connecting as SyncConnecting
from zmq.sugar.waiting.closedness import closed_while

if TYPE_CHECKING:
    from typing_extensions import Self


class News:
    """Wakes a task when a socket has something to receive, and when it is rung.

    :param sock: an asynchronous socket.
    """

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._loop = asyncio.get_running_loop()
        self._polling: Any = None
        self._rung = False

    def __enter__(self) -> Self:
        """Begin to listen."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Do nothing: what :meth:`wait` began has ended with it."""

    def ring(self) -> None:
        """Have :meth:`wait` return; from any thread."""
        self._rung = True
        polling = self._polling  # looked at after that, as wait() does the reverse
        if polling is not None:
            call_in(self._loop, polling.cancel)

    async def wait(self, timeout: float | None) -> None:
        """Wait for either, or until the time, in seconds, is over."""
        milliseconds = None if timeout is None else timeout * 1000
        polling = self._polling = self._sock.poll(milliseconds)
        try:
            if not (self._rung or polling.done()):
                await asyncio.wait([polling])
            if polling.cancelled() and not self._rung:
                raise closed_while(self._sock, "it waited for subscribers")
            if polling.done() and not polling.cancelled():
                polling.result()
        finally:
            self._polling = None
            self._rung = False
            polling.cancel()


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
