"""Noticing that a server of paramiko does not answer any more."""

from __future__ import annotations

import threading
import time
from typing import Any

INTERVAL_S = 15.0
PATIENCE_S = 30.0


class Keepalive:
    """Asks the server for a sign of life now and then.

    paramiko's own keepalive only writes, which works for hours towards a server that
    has stopped, and for a quarter of an hour towards one that is gone.

    :param transport: a connected `paramiko.Transport`.
    """

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._stopped = threading.Event()
        self._asked_at: float | None = None
        self._thread = threading.Thread(
            target=self._ask, name="zmq.ssh keepalive", daemon=True
        )
        self._thread.start()

    @property
    def overdue(self) -> bool:
        """Whether an answer has been missing for too long."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > PATIENCE_S

    def stop(self) -> None:
        """Stop asking; the connection must have been closed."""
        self._stopped.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._stopped.wait(INTERVAL_S):
            self._asked_at = time.monotonic()
            # returns with the answer, or when the connection has been closed
            self._transport.global_request("keepalive@openssh.com", wait=True)
            self._asked_at = None
