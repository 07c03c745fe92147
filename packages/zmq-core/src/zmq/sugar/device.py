"""The devices of libzmq 2, which a proxy has replaced."""

from __future__ import annotations

from zmq.backend import proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.socket import Socket


def device(
    device_type: int,  # noqa: ARG001 -- the kinds never differed in what they did
    frontend: Socket[Any],
    backend: Socket[Any],
) -> None:
    """Pass messages between two sockets until the context is terminated.

    .. deprecated:: libzmq-3.2
        Use :func:`zmq.proxy`.

    :param device_type: a :class:`zmq.DeviceType`; makes no difference.
    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """
    proxy(frontend, backend)
