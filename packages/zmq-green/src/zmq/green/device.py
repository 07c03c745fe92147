"""Devices and proxies that block only the greenlet.

The messages are moved by a thread of the system, at full speed and without Python: the
sockets are its own meanwhile, and ``close()`` is all that others can do with them.
"""

from __future__ import annotations

from zmq.backend import ProxyLoop
from zmq.green._background import run_in_thread
from zmq.green.poll import Poller as Poller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import zmq


def proxy(
    frontend: zmq.Socket[Any],
    backend: zmq.Socket[Any],
    capture: zmq.Socket[Any] | None = None,
) -> None:
    """Pass messages between two sockets, both ways, until the context is terminated.

    Kill the greenlet, or use a ``gevent.Timeout``, to end it: no message is lost.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message (PUB, DEALER, PUSH or
        PAIR); by default none.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """
    loop = ProxyLoop(frontend, backend, capture)
    run_in_thread(loop.run, loop.stop)


def proxy_steerable(
    frontend: zmq.Socket[Any],
    backend: zmq.Socket[Any],
    capture: zmq.Socket[Any] | None = None,
    control: zmq.Socket[Any] | None = None,
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
    """
    loop = ProxyLoop(frontend, backend, capture, control)
    run_in_thread(loop.run, loop.stop)


def device(
    device_type: int,  # noqa: ARG001 -- the kinds never differed in what they did
    isocket: zmq.Socket[Any],
    osocket: zmq.Socket[Any],
) -> None:
    """Pass messages between two sockets until the context is terminated.

    .. deprecated:: libzmq-3.2
        Use :func:`proxy`.

    :param device_type: a :class:`zmq.DeviceType`; makes no difference.
    :param isocket: the socket of one side.
    :param osocket: the socket of the other side.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """
    proxy(isocket, osocket)
