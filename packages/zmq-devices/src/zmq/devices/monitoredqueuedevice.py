"""Monitored queues: proxies that mark what they show by its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zmq
from zmq.backend import ProxyLoop
from zmq.devices.monitoredqueue import monitored_queue
from zmq.devices.proxydevice import ProcessProxy, Proxy, ProxyBase, ThreadProxy

if TYPE_CHECKING:
    from zmq.devices.basedevice import MakeSocket


class MonitoredQueueBase(ProxyBase):
    """What all monitored queues have: a mark for each direction.

    Both sockets may be ROUTER: then the first two frames of each message, the routing
    ids of who sends it and of whom it is for, are exchanged.

    :param in_type: the type of the in socket, such as ``zmq.ROUTER``.
    :param out_type: the type of the out socket, such as ``zmq.DEALER``.
    :param mon_type: the type of the monitor socket.
    :param in_prefix: frame put before the copy of what came in at the in socket.
    :param out_prefix: frame put before the copy of what came in at the out socket.
    :raises TypeError: for a prefix that is not bytes.
    """

    #: None for copies without a mark.
    _in_prefix: bytes | None
    _out_prefix: bytes | None

    def __init__(
        self,
        in_type: int,
        out_type: int,
        mon_type: int = zmq.PUB,
        in_prefix: bytes = b"in",
        out_prefix: bytes = b"out",
    ) -> None:
        super().__init__(in_type, out_type, mon_type)
        for name, prefix in ("in_prefix", in_prefix), ("out_prefix", out_prefix):
            if not isinstance(prefix, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"{name} must be bytes, not {prefix!r}")
        self._in_prefix = in_prefix
        self._out_prefix = out_prefix

    def _make_loop(self, make: MakeSocket) -> ProxyLoop:
        return ProxyLoop(
            *self._make_pair(make),
            self._make_monitor(make),
            in_prefix=self._in_prefix,
            out_prefix=self._out_prefix,
            swap_ids=self.in_type == self.out_type == zmq.ROUTER,
        )


class MonitoredQueue(MonitoredQueueBase, Proxy):
    """A monitored queue that runs in the thread that starts it.

    Like a :class:`Proxy`, with a prefix before each copy on the monitor socket.
    """


class ThreadMonitoredQueue(MonitoredQueueBase, ThreadProxy):
    """A :class:`MonitoredQueue` that runs in a thread."""


class ProcessMonitoredQueue(MonitoredQueueBase, ProcessProxy):
    """A :class:`MonitoredQueue` that runs in a process."""


__all__ = [
    "MonitoredQueue",
    "MonitoredQueueBase",
    "ProcessMonitoredQueue",
    "ThreadMonitoredQueue",
    "monitored_queue",
]
