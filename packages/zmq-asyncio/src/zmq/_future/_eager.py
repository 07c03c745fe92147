"""The fast path: compiled where the backend has it, and in Python where not."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from zmq import backend
from zmq._future._ready import Ready

__all__ = ["EagerSocket", "TurnClock", "make_ready"]

if TYPE_CHECKING:
    from zmq.backend.cython._zmq import EagerSocket, TurnClock
elif backend.selected == "zmq.backend.cython":
    from zmq.backend.cython._zmq import EagerSocket, TurnClock, adopt_ready_type

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
        """Leaves everything to the methods of the subclass."""

        _loop = _clock = _receiving = _sending = None
        _budget = 0


def make_ready(result: Any, sock: Any = None, unseen: list[Any] | None = None) -> Ready:
    """Return a future that is done.

    :param result: its result.
    :param sock: where a message goes if nobody looks at the result.
    :param unseen: that message, where it is not the result itself.
    """
    ready = Ready.__new__(Ready)
    ready._value = result
    ready._socket = sock
    if unseen is not None:
        ready._unseen = unseen
    return ready
