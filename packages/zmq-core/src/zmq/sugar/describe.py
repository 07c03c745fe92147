"""A socket or a context in one line, for logs."""

from __future__ import annotations

from zmq.error import ZMQError
from zmq.sugar.context import Context
from zmq.sugar.socket import Socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_WAYS = {"bind": "bound to ", "connect": "connected to "}


def describe(thing: Socket[Any] | Context[Any]) -> str:
    """Return what a socket or a context is and has done, in one line for a log.

    ::

        >>> zmq.describe(sock)
        'PULL bound to tcp://127.0.0.1:5555: sent 0 messages, received 1 message'

    It never raises because of what has become of them meanwhile.

    :param thing: a :class:`zmq.Socket` or :class:`zmq.Context`, of whichever flavour.
    :returns: the type, the addresses, and the numbers of ``stats()``, those that are
        0 left out. Of a socket whose ``count_stats`` was never on there are none.
    :raises TypeError: for anything else.

    .. versionadded:: 28.0
    """
    if isinstance(thing, Socket):
        return _socket(thing)
    if isinstance(thing, Context):  # pyright: ignore[reportUnnecessaryIsInstance]
        return _context(thing)
    raise TypeError(f"expected a zmq.Socket or a zmq.Context, not {thing!r}")


def _socket(sock: Socket[Any]) -> str:
    try:
        kind = sock.type.name
    except ValueError:
        kind = "unknown socket"
    return f"{kind} {_place(sock)}{_numbers(sock)}"


def _place(sock: Socket[Any]) -> str:
    if sock.closed:
        return "closed"
    endpoints = sock._endpoints  # pyright: ignore[reportPrivateUsage]
    places = [_WAYS[way] + address for way, address in endpoints]
    return ", ".join(places) or "unconnected"


def _numbers(sock: Socket[Any]) -> str:
    try:
        stats = sock.stats()
    except ZMQError:  # it was never made
        return ""
    return f": {stats}" if sock.count_stats or any(stats[:9]) else ""


def _context(context: Context[Any]) -> str:
    n = context._socket_count  # pyright: ignore[reportPrivateUsage]
    state = "terminated" if context.closed else f"with {n} socket{'s' * (n != 1)}"
    stats = context.stats()
    return f"context {state}" + (f": {stats}" if stats.sockets_counted else "")
