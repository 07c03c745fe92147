"""What wakes a greenlet that waits for peers."""

from __future__ import annotations

import math
from contextlib import suppress
from time import monotonic

from zmq.green._gevent import get_hub
from zmq.green._waiter import Waiter
from zmq.sugar.readying import Connecting as SyncConnecting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Bell:
    """Rung by any thread, heard by one greenlet; rung before, it is heard at once."""

    def __init__(self) -> None:
        hub = get_hub()
        self._waiter = Waiter(hub)
        self._async: Any = hub.loop.async_()
        self._async.start(self._waiter.wake)

    def ring(self) -> None:
        """Have :meth:`wait` return."""
        with suppress(Exception):  # without a hub, nobody waits any more
            self._async.send()

    def wait(self, timeout: float | None) -> None:
        """Wait until it is rung, or the time, in seconds, is over."""
        self._waiter.sleep(math.inf if timeout is None else monotonic() + timeout)
        self._waiter.woken = False

    def close(self) -> None:
        """Let go of the hub."""
        self._async.close()


class Connecting(SyncConnecting):
    """One call of ``wait_connected`` in a greenlet."""

    def _make_bell(self) -> Any:
        return _Bell()

    def __exit__(self, *exc_info: object) -> None:
        super().__exit__(*exc_info)
        self._bell.close()
