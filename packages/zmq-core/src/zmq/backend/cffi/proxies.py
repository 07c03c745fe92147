"""The functions that run a proxy."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq import constants
from zmq.backend.cffi.proxy import ProxyLoop, required

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ROUTER = int(constants.SocketType.ROUTER)


def proxy(frontend: Any, backend: Any, capture: Any = None) -> None:
    """Pass messages between two sockets, both ways, until the context is terminated.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message (PUB, DEALER, PUSH or
        PAIR); by default none.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 13.0
    """
    ProxyLoop(frontend, backend, capture).run()


def proxy_steerable(
    frontend: Any, backend: Any, capture: Any = None, control: Any = None
) -> None:
    """Pass messages between two sockets, as a control socket commands.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message; by default none.
    :param control: a PAIR, PULL, SUB or REP socket that receives ``PAUSE``, ``RESUME``,
        ``TERMINATE``, or ``STATISTICS``, which is answered by eight 64 bit numbers.
    :returns: after ``TERMINATE``.
    :raises ContextTerminated: when the context is terminated before.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 18.0
    """
    ProxyLoop(frontend, backend, capture, control).run()


def monitored_queue(
    in_socket: Any,
    out_socket: Any,
    mon_socket: Any,
    in_prefix: Any = b"in",
    out_prefix: Any = b"out",
) -> None:
    """Pass messages between two sockets and publish a copy of each, with a prefix.

    :param in_socket: the socket of one side.
    :param out_socket: the socket of the other side. When both are ROUTER, the first two
        frames of every message, the routing ids, are exchanged.
    :param mon_socket: the socket that gets the copies.
    :param in_prefix: frame put before copies of what came in at `in_socket`.
    :param out_prefix: frame put before copies of what came in at `out_socket`.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """
    for name, sock in (
        ("in_socket", in_socket),
        ("out_socket", out_socket),
        ("mon_socket", mon_socket),
    ):
        required(name, sock)
    for name, prefix in (("in_prefix", in_prefix), ("out_prefix", out_prefix)):
        if not isinstance(prefix, bytes):
            raise TypeError(
                f"Argument '{name}' has incorrect type (expected bytes, got {prefix!r})"
            )
    swap = in_socket._usable().type == _ROUTER and out_socket._usable().type == _ROUTER
    ProxyLoop(
        in_socket, out_socket, mon_socket, None, in_prefix, out_prefix, swap
    ).run()
