"""A monitor for a socket whose events the library itself needs."""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import struct

from zmq.backend import Socket as SocketBase
from zmq.constants import Event, SocketOption, SocketType
from zmq.error import ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.readiness.peers import Peers

_DONTWAIT = 1
_STOPPED = [struct.pack("=Hi", Event.MONITOR_STOPPED, 0), b""]


def forward(sock: Any, peers: Peers, addr: str | bytes | None, events: int) -> None:
    """Do for a tracked socket what ``Socket.monitor`` does.

    :param peers: gets the events of the socket.
    :param addr: the address to bind a PAIR socket to that passes them on, or None.
    :param events: those to pass on.
    """
    previous, peers.forward = peers.forward, None
    if previous is not None:
        previous(_STOPPED, Event.MONITOR_STOPPED)
    if addr is not None:
        peers.forward = _Forwarding(sock.context, addr, events)


class _Forwarding:
    """Passes events on to a PAIR socket, as libzmq would."""

    def __init__(self, context: Any, addr: str | bytes, events: int) -> None:
        self._events = events
        self._pair: Any = SocketBase(context, SocketType.PAIR)
        try:
            self._pair.set(SocketOption.SNDHWM, 0)
            self._pair.set(SocketOption.LINGER, 0)
            self._pair.bind(addr if isinstance(addr, str) else addr.decode())
        except BaseException:
            self._pair.close()
            raise

    def __call__(self, message: list[bytes], event: Event) -> bool:
        """Pass an event on; tell whether more are wanted."""
        try:
            # One that nobody receives is dropped.
            if event & self._events:
                self._pair._try_send_multipart(message)
        except ZMQError:
            self._pair.close()
            return False
        if event == Event.MONITOR_STOPPED:
            self._pair.close()
        return event != Event.MONITOR_STOPPED
