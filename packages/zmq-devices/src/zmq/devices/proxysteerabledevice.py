"""Proxies that obey commands which come as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq
from zmq.backend import ProxyLoop
from zmq.devices._side import Side
from zmq.devices.proxydevice import ProcessProxy, Proxy, ProxyBase, ThreadProxy

if TYPE_CHECKING:
    from zmq.devices.basedevice import MakeSocket


class ProxySteerableBase(ProxyBase):
    """What all steerable proxies have: a fourth socket, for commands.

    It receives ``PAUSE``, ``RESUME`` and ``TERMINATE``, and ``STATISTICS``, which it
    answers by eight 64 bit numbers. From within the program, :meth:`pause`,
    :meth:`resume`, :meth:`stop` and :meth:`statistics` do the same without a socket.

    :param in_type: the type of the in socket, such as ``zmq.ROUTER``.
    :param out_type: the type of the out socket, such as ``zmq.DEALER``.
    :param mon_type: the type of the monitor socket.
    :param ctrl_type: the type of the control socket: PAIR, PULL, SUB or REP. There is
        none without a type, or without an address.

    .. versionadded:: 18.0
    """

    ctrl_type: int | None

    def __init__(
        self,
        in_type: int,
        out_type: int,
        mon_type: int = zmq.PUB,
        ctrl_type: int | None = None,
    ) -> None:
        super().__init__(in_type, out_type, mon_type)
        self.ctrl_type = ctrl_type
        self._ctrl = Side()

    def bind_ctrl(self, addr: str) -> None:
        """Have the control socket bound to an address.

        :param addr: as for :meth:`zmq.Socket.bind`; may be called several times.
        """
        self._ctrl.binds.append(addr)

    def bind_ctrl_to_random_port(self, addr: str, *args: int, **kwargs: int) -> int:
        """Have the control socket bound to a port that is free now.

        :param addr: the address without the port, such as ``tcp://127.0.0.1``; the
            other arguments are those of :meth:`zmq.Socket.bind_to_random_port`.
        :returns: the port.
        """
        return self._ctrl.bind_to_random_port(addr, *args, **kwargs)

    def connect_ctrl(self, addr: str) -> None:
        """Have the control socket connected to an address.

        :param addr: as for :meth:`zmq.Socket.connect`; may be called several times.
        """
        self._ctrl.connects.append(addr)

    def setsockopt_ctrl(self, opt: int, value: Any) -> None:
        """Have an option of the control socket set, before it is bound or connected.

        :param opt: a :class:`zmq.SocketOption`.
        :param value: as for :meth:`zmq.Socket.set`.
        """
        self._ctrl.options.append((opt, value))

    def _make_loop(self, make: MakeSocket) -> ProxyLoop:
        pair, monitor = self._make_pair(make), self._make_monitor(make)
        if self.ctrl_type is None or not self._ctrl:
            return ProxyLoop(*pair, monitor)
        return ProxyLoop(*pair, monitor, make(self._ctrl, self.ctrl_type))


class ProxySteerable(ProxySteerableBase, Proxy):
    """A steerable proxy that runs in the thread that starts it.

    Like a :class:`Proxy`, with a control socket that receives commands.

    .. versionadded:: 18.0
    """


class ThreadProxySteerable(ProxySteerableBase, ThreadProxy):
    """A :class:`ProxySteerable` that runs in a thread."""


class ProcessProxySteerable(ProxySteerableBase, ProcessProxy):
    """A :class:`ProxySteerable` that runs in a process."""


__all__ = [
    "ProcessProxySteerable",
    "ProxySteerable",
    "ProxySteerableBase",
    "ThreadProxySteerable",
]
