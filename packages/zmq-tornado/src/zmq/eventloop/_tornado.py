"""The one place where tornado is imported."""

from __future__ import annotations

try:
    from tornado.ioloop import IOLoop as IOLoop
    from tornado.ioloop import PeriodicCallback as PeriodicCallback
except ImportError as error:
    raise ImportError(
        "zmq.eventloop needs tornado: pip install 'zmq-tornado[tornado]'"
    ) from error

__all__ = ["IOLoop", "PeriodicCallback"]
