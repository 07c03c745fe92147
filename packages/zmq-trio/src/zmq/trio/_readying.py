"""What wakes a task that waits for peers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zmq.constants import POLLIN
from zmq.sugar.readiness.connecting import Connecting as SyncConnecting
from zmq.sugar.waiting.steps import check_open
from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from typing_extensions import Self


class _Bell:
    """Rung by any thread, heard by one task; rung before, it is heard at once.

    :param sock: a coroutine socket, of which the task hears too; None, of none.
    """

    def __init__(self, sock: Any = None) -> None:
        self._loop = current_loop()
        self._channel = None if sock is None else self._loop.channel_of(sock)
        self._waiter = self._loop.waiter(self._channel)

    def ring(self) -> None:
        """Have :meth:`wait` return; from any thread."""
        self._loop.call(self._waiter.wake)

    async def wait(self, timeout: float | None) -> None:
        """Wait until it is rung, or the time, in seconds, is over."""
        forever = timeout is None
        end = math.inf if forever else self._loop.time() + (timeout or 0)
        await self._waiter.sleep(end)
        self._waiter.woken = False


class News(_Bell):
    """Wakes a task when a socket has something to receive, and when it is rung.

    :param sock: a coroutine socket.
    """

    _channel: Any

    def __init__(self, sock: Any) -> None:
        super().__init__(sock)
        self._sock = sock

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._channel.watch(self._sock, self._waiter, POLLIN)
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End it."""
        self._channel.unwatch(self._sock, self._waiter, POLLIN)

    async def wait(self, timeout: float | None) -> None:
        """Wait for either, or until the time, in seconds, is over."""
        await super().wait(timeout)
        check_open(self._sock, "it waited for subscribers")


class Connecting(SyncConnecting):
    """One call of ``wait_connected`` in a task."""

    def _make_bell(self) -> Any:
        return _Bell()
