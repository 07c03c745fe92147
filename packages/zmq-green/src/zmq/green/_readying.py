"""What wakes a greenlet that waits for peers."""

from __future__ import annotations

import math
from contextlib import suppress
from time import monotonic

from zmq.constants import POLLIN
from zmq.green._channel import channel_of
from zmq.green._gevent import get_hub
from zmq.green._waiter import Waiter
from zmq.sugar.readiness.connecting import Connecting as SyncConnecting
from zmq.sugar.readiness.subscriptions import Subscribing as SyncSubscribing
from zmq.sugar.waiting.steps import check_open

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class _Bell:
    """Rung by any thread, heard by one greenlet; rung before, it is heard at once."""

    def __init__(self) -> None:
        self.hub = get_hub()
        self.waiter = Waiter(self.hub)
        self._async: Any = self.hub.loop.async_()
        self._async.start(self.waiter.wake)

    def ring(self) -> None:
        """Have :meth:`wait` return."""
        with suppress(Exception):  # without a hub, nobody waits any more
            self._async.send()

    def wait(self, timeout: float | None) -> None:
        """Wait until it is rung, or the time, in seconds, is over."""
        self.waiter.sleep(math.inf if timeout is None else monotonic() + timeout)
        self.waiter.woken = False

    def close(self) -> None:
        """Let go of the hub."""
        self._async.close()


class Subscribing(SyncSubscribing):
    """One call of ``wait_subscribed`` in a greenlet."""

    def __init__(
        self, sock: Any, topic: bytes | str, n: int, timeout: float | None
    ) -> None:
        self._news = _Bell()
        try:
            self._channel = channel_of(sock, self._news.hub)
            super().__init__(sock, topic, n, timeout, ring=self._news.ring)
        except BaseException:
            self._news.close()
            raise

    def __enter__(self) -> Self:
        try:
            self._channel.watch(self._sock, self._news.waiter, POLLIN)
            return super().__enter__()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *exc_info: object) -> None:
        try:
            self._channel.unwatch(self._sock, self._news.waiter, POLLIN)
            super().__exit__(*exc_info)
        finally:
            self._news.close()

    def sleep(self) -> None:
        """Let other greenlets run until there may be more."""
        self._news.wait(self.left)
        check_open(self._sock, "it waited for subscribers")


class Connecting(SyncConnecting):
    """One call of ``wait_connected`` in a greenlet."""

    def _make_bell(self) -> Any:
        return _Bell()

    def __exit__(self, *exc_info: object) -> None:
        super().__exit__(*exc_info)
        self._bell.close()
