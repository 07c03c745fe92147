"""Deprecated: use ``tornado.ioloop``, as zmq needs no loop of its own."""

from __future__ import annotations

from warnings import warn

from zmq.eventloop._tornado import IOLoop as IOLoop
from zmq.eventloop._tornado import PeriodicCallback as PeriodicCallback

__all__ = ["IOLoop", "PeriodicCallback", "ZMQIOLoop", "install"]

warn(
    "zmq.eventloop.ioloop is deprecated: use tornado.ioloop",
    DeprecationWarning,
    stacklevel=2,
)


ZMQIOLoop = IOLoop


def install() -> None:
    """Do nothing; deprecated, as zmq needs no loop of its own."""
    warn(
        "zmq.eventloop.ioloop.install is deprecated, and does nothing",
        DeprecationWarning,
        stacklevel=2,
    )
