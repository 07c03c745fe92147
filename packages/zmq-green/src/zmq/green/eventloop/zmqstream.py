"""A green socket that calls back, in tornado's event loop."""

from __future__ import annotations

from zmq.eventloop import zmqstream

__all__ = ["ZMQStream"]


class ZMQStream(zmqstream.ZMQStream):
    """A :class:`zmq.eventloop.zmqstream.ZMQStream`, which never waits by itself.

    So it serves green sockets as any others; this class is the name they know it by.
    """
