"""Proxies: devices that show what passes to a third socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq
from zmq.backend import ProxyLoop
from zmq.devices._side import Side
from zmq.devices.basedevice import Device, ProcessDevice, ThreadDevice

if TYPE_CHECKING:
    from zmq.devices.basedevice import MakeSocket


class ProxyBase(Device):
    """What all proxies have: a third socket, the monitor.

    :param in_type: the type of the in socket, such as ``zmq.ROUTER``.
    :param out_type: the type of the out socket, such as ``zmq.DEALER``.
    :param mon_type: the type of the monitor socket, which gets a copy of each message.
        Other types than PUB let the proxy wait when nobody takes the copies. Without an
        address, there is no monitor socket.
    """

    mon_type: int

    def __init__(self, in_type: int, out_type: int, mon_type: int = zmq.PUB) -> None:
        super().__init__(zmq.QUEUE, in_type, out_type)
        self.mon_type = mon_type
        self._mon = Side()

    def bind_mon(self, addr: str) -> None:
        """Have the monitor socket bound to an address.

        :param addr: as for :meth:`zmq.Socket.bind`; may be called several times.
        """
        self._mon.binds.append(addr)

    def bind_mon_to_random_port(self, addr: str, *args: int, **kwargs: int) -> int:
        """Have the monitor socket bound to a port that is free now.

        :param addr: the address without the port, such as ``tcp://127.0.0.1``; the
            other arguments are those of :meth:`zmq.Socket.bind_to_random_port`.
        :returns: the port.

        .. versionadded:: 18.0
        """
        return self._mon.bind_to_random_port(addr, *args, **kwargs)

    def connect_mon(self, addr: str) -> None:
        """Have the monitor socket connected to an address.

        :param addr: as for :meth:`zmq.Socket.connect`; may be called several times.
        """
        self._mon.connects.append(addr)

    def setsockopt_mon(self, opt: int, value: Any) -> None:
        """Have an option of the monitor socket set, before it is bound or connected.

        :param opt: a :class:`zmq.SocketOption`.
        :param value: as for :meth:`zmq.Socket.set`.
        """
        self._mon.options.append((opt, value))

    def _make_loop(self, make: MakeSocket) -> ProxyLoop:
        return ProxyLoop(*self._make_pair(make), self._make_monitor(make))

    def _make_monitor(self, make: MakeSocket) -> zmq.Socket[Any] | None:
        return make(self._mon, self.mon_type) if self._mon else None


class Proxy(ProxyBase):
    """A proxy that runs in the thread that starts it.

    Like a :class:`Device`, with a monitor socket that gets a copy of each message.
    """


class ThreadProxy(ProxyBase, ThreadDevice):
    """A :class:`Proxy` that runs in a thread."""


class ProcessProxy(ProxyBase, ProcessDevice):
    """A :class:`Proxy` that runs in a process."""


__all__ = ["ProcessProxy", "Proxy", "ProxyBase", "ThreadProxy"]
