"""A device killed and started again loses nothing that its peers still queue."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import zmq
from zmq import devices
from zmq.utils.monitor import recv_monitor_message

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
N = 500


@pytest.fixture(params=["process", "command"])
def broker(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Something with `start()` and `kill()` at fixed ports."""
    kind = InProcess if request.param == "process" else Command
    broker = kind()
    yield broker
    broker.end()


class InProcess:
    def __init__(self) -> None:
        self.device = devices.ProcessProxy(zmq.DEALER, zmq.DEALER)
        self.ports = [
            self.device.bind_in_to_random_port("tcp://127.0.0.1"),
            self.device.bind_out_to_random_port("tcp://127.0.0.1"),
        ]

    def start(self) -> None:
        self.device.start()

    def kill(self) -> None:
        self.device.launcher.kill()
        with pytest.raises(RuntimeError, match="killed"):
            self.device.join(10)

    def end(self) -> None:
        self.device.stop()


class Command:
    def __init__(self) -> None:
        self.ports = InProcess().ports

    def start(self) -> None:
        addresses = [f"tcp://127.0.0.1:{port}" for port in self.ports]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zmq.devices", "-q", "DEALER/DEALER", *addresses]
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    end = kill


def test_nothing_is_lost(broker: Any, make_socket: Any) -> None:
    ends, partings = [], []
    for port in broker.ports:
        end = make_socket(zmq.DEALER, rcvtimeo=20_000, reconnect_ivl=20)
        ends.append(end)
        partings.append(end.get_monitor_socket(zmq.EVENT_DISCONNECTED))
        end.connect(f"tcp://127.0.0.1:{port}")
    left, right = ends
    for life in range(3):
        # What is sent while it is away waits with the peers.
        for i in range(N):
            left.send_multipart([b"%d" % life, b"%d" % i])
            right.send(b"%d/%d" % (life, i))
        broker.start()
        for i in range(N):
            assert right.recv_multipart() == [b"%d" % life, b"%d" % i]
            assert left.recv() == b"%d/%d" % (life, i)
        broker.kill()
        # Until a peer knows of it, it sends to nobody, as everybody on a network does.
        for parting in partings:
            assert parting.poll(10_000)
            recv_monitor_message(parting)
    for end, parting in zip(ends, partings):
        end.disable_monitor()
        parting.close()
