"""The poller of ``zmq.asyncio``."""

from __future__ import annotations

from zmq._engine._poller import AsyncPoller

__all__ = ["Poller"]


class Poller(AsyncPoller):
    """A poller whose :meth:`poll` returns an :class:`asyncio.Future`."""

    __module__ = "zmq.asyncio"
