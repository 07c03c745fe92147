"""Devices at random ports, and sockets that talk through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

import pytest
from tests.fixtures.sockets import SocketFactory, subscribe

import zmq
from zmq.devices.proxydevice import ProxyBase

HOST = "tcp://127.0.0.1"


class Around:
    """A device that runs, and makers of sockets connected to it."""

    def __init__(self, device: Any, make_socket: SocketFactory) -> None:
        self.device = device
        self._make_socket = make_socket
        self.ports = {
            side: getattr(device, f"bind_{side}_to_random_port")(HOST)
            for side in ("in", "out", "mon")
            if hasattr(device, f"bind_{side}")
        }

    def connect(self, side: str, socket_type: int, **options: Any) -> zmq.Socket[bytes]:
        sock = self._make_socket(
            socket_type, linger=0, rcvtimeo=10_000, sndtimeo=10_000, **options
        )
        sock.connect(f"{HOST}:{self.ports[side]}")
        return sock

    def watch(self, sender: zmq.Socket[bytes]) -> zmq.Socket[bytes]:
        """Subscribe to the monitor, by probes that `sender` sends through."""
        subscriber = self.connect("mon", zmq.SUB)
        subscribe(Probing(sender), subscriber, b"")  # type: ignore[arg-type]
        return subscriber


class Probing:
    """Looks like the publisher that is at the other side of the device."""

    type = zmq.PUB

    def __init__(self, sender: zmq.Socket[bytes]) -> None:
        self.send = sender.send


@pytest.fixture
def around(make_socket: SocketFactory) -> Iterator[Callable[..., Around]]:
    """Make `around(ThreadProxy, zmq.PULL, zmq.PUSH)`: started, and stopped in the end.

    A device whose failure the test expects is joined by the test.
    """
    started: list[Any] = []

    def make(
        kind: type, in_type: int, out_type: int, *more: Any, start: bool = True
    ) -> Around:
        is_proxy = issubclass(kind, ProxyBase)
        kinds = (in_type, out_type) if is_proxy else (zmq.QUEUE, in_type, out_type)
        device = kind(*kinds, *more)
        for side in ("in", "out", "mon"):
            if hasattr(device, f"setsockopt_{side}"):
                getattr(device, f"setsockopt_{side}")(zmq.LINGER, 0)
        made = Around(device, make_socket)
        if start:
            device.start()
            started.append(device)
        return made

    yield make
    for device in started:
        if not device.done:
            device.stop()
            device.join(10)
            assert device.done
