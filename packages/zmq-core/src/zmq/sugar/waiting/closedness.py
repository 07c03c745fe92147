"""Closed sockets among those that are polled: for the pollers of all flavours."""

from __future__ import annotations

from zmq.backend import Socket
from zmq.constants import ENOTSOCK, ETERM
from zmq.error import ZMQError, error_for


def is_closed(thing: object) -> bool:
    """Tell whether it is a socket that takes no part in polling any more."""
    return isinstance(thing, Socket) and thing.closed


def all_closed() -> ZMQError:
    """Return the error of who would wait for nothing but closed sockets, for ever."""
    return error_for(ENOTSOCK, "all sockets that are polled have been closed")


def closed_while(sock: Socket, what: str) -> ZMQError:
    """Return the error of who waited for a socket that was closed.

    :param what: what it was waited for, such as "it was polled".
    """
    if sock.context is not None and sock.context._ends:  # pyright: ignore[reportPrivateUsage]
        return error_for(ETERM)
    return error_for(ENOTSOCK, f"the socket was closed while {what}")
