"""The function behind the monitored queues."""

from __future__ import annotations

from zmq.backend import monitored_queue as monitored_queue

__all__ = ["monitored_queue"]
