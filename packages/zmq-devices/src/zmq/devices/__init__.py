"""Proxies and queues between sockets, in threads and in processes."""

from __future__ import annotations

from zmq import DeviceType as DeviceType
from zmq import proxy as proxy
from zmq.devices.basedevice import Device as Device
from zmq.devices.basedevice import ProcessDevice as ProcessDevice
from zmq.devices.basedevice import ThreadDevice as ThreadDevice
from zmq.devices.monitoredqueue import monitored_queue as monitored_queue
from zmq.devices.monitoredqueuedevice import MonitoredQueue as MonitoredQueue
from zmq.devices.monitoredqueuedevice import (
    ProcessMonitoredQueue as ProcessMonitoredQueue,
)
from zmq.devices.monitoredqueuedevice import (
    ThreadMonitoredQueue as ThreadMonitoredQueue,
)
from zmq.devices.proxydevice import ProcessProxy as ProcessProxy
from zmq.devices.proxydevice import Proxy as Proxy
from zmq.devices.proxydevice import ThreadProxy as ThreadProxy
from zmq.devices.proxysteerabledevice import (
    ProcessProxySteerable as ProcessProxySteerable,
)
from zmq.devices.proxysteerabledevice import ProxySteerable as ProxySteerable
from zmq.devices.proxysteerabledevice import (
    ThreadProxySteerable as ThreadProxySteerable,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    # pyright knows no module of a package that the package does not name.
    from zmq.devices import basedevice as basedevice
    from zmq.devices import monitoredqueue as monitoredqueue
    from zmq.devices import monitoredqueuedevice as monitoredqueuedevice
    from zmq.devices import proxydevice as proxydevice
    from zmq.devices import proxysteerabledevice as proxysteerabledevice

__all__ = [
    "Device",
    "DeviceType",
    "MonitoredQueue",
    "ProcessDevice",
    "ProcessMonitoredQueue",
    "ProcessProxy",
    "ProcessProxySteerable",
    "Proxy",
    "ProxySteerable",
    "ThreadDevice",
    "ThreadMonitoredQueue",
    "ThreadProxy",
    "ThreadProxySteerable",
    "monitored_queue",
    "proxy",
]
