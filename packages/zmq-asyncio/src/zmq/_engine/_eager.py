"""The fast path: compiled where the backend has it, and in Python where not."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from time import monotonic_ns
from typing import TYPE_CHECKING

from zmq import backend
from zmq._engine._answer import Ready

__all__ = ["EagerSocket", "TurnClock"]

if TYPE_CHECKING:
    from zmq.backend.cython._core import EagerSocket, TurnClock
elif backend.selected == "zmq.backend.cython":
    from zmq.backend.cython._core import EagerSocket, TurnClock, adopt_ready_type

    adopt_ready_type(Ready, asyncio._get_running_loop)
else:

    class TurnClock:
        """Tells for how long an event loop has been kept from turning."""

        __slots__ = ("since", "turning")

        def __init__(self):
            self.since = 0
            self.turning = False

        def within(self, budget):
            return monotonic_ns() - self.since < budget

        def start(self):
            self.since = monotonic_ns()
            self.turning = True

    class EagerSocket:
        """Leaves everything to the ``_slow_`` methods of the subclass."""

        _loop = _clock = _receiving = _sending = None
        _budget = 0

        def send(self, data, flags=0, copy=True, track=False, **kwargs):
            return self._slow_send(data, flags, copy, track, **kwargs)

        def send_multipart(self, msg_parts, flags=0, copy=True, track=False, **kwargs):
            return self._slow_send_multipart(msg_parts, flags, copy, track, **kwargs)

        def recv(self, flags=0, copy=True, track=False):
            return self._slow_recv(flags, copy, track)

        def recv_multipart(self, flags=0, copy=True, track=False):
            return self._slow_recv_multipart(flags, copy, track)

        def _unrecv_in_order(self, message, order):  # noqa: ARG002
            self._unrecv(message)
