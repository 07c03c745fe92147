"""Deprecated: use ``tornado.ioloop``, as zmq needs no loop of its own."""

from __future__ import annotations

from zmq.eventloop.ioloop import IOLoop as IOLoop
from zmq.eventloop.ioloop import PeriodicCallback as PeriodicCallback
from zmq.eventloop.ioloop import ZMQIOLoop as ZMQIOLoop
from zmq.eventloop.ioloop import install as install

__all__ = ["IOLoop", "PeriodicCallback", "ZMQIOLoop", "install"]
