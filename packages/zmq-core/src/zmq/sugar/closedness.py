"""Closed sockets among those that are polled: for the pollers of all flavours."""

from __future__ import annotations

from zmq.backend import Socket
from zmq.constants import ENOTSOCK
from zmq.error import ZMQError, error_for


def is_closed(thing: object) -> bool:
    """Tell whether it is a socket that takes no part in polling any more."""
    return isinstance(thing, Socket) and thing.closed


def all_closed() -> ZMQError:
    """Return the error of who would wait for nothing but closed sockets, for ever."""
    return error_for(ENOTSOCK, "all sockets that are polled have been closed")


def closed_meanwhile() -> ZMQError:
    """Return the error of who waits for a socket that is closed."""
    return error_for(ENOTSOCK, "a socket was closed while it was polled")
