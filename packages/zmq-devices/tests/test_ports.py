"""Ports that are chosen when the device is described."""

from __future__ import annotations

import gc
import os
import socket
from typing import Any

import pytest

import zmq
from zmq import devices
from zmq.devices import _side
from zmq.devices._reservation import Reservation

HOST = "tcp://127.0.0.1"


def test_every_socket_has_its_method() -> None:
    device = devices.ThreadProxySteerable(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PAIR)
    ports = {
        device.bind_in_to_random_port(HOST),
        device.bind_out_to_random_port(HOST),
        device.bind_mon_to_random_port(HOST),
        device.bind_ctrl_to_random_port(HOST),
    }
    assert len(ports) == 4
    assert all(1024 < port < 65536 for port in ports)


def test_within_a_range() -> None:
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    port = device.bind_in_to_random_port(HOST, min_port=20_000, max_port=20_500)
    assert 20_000 <= port < 20_500
    assert 21_000 <= device.bind_out_to_random_port(HOST, 21_000, 21_500) < 21_500


def test_no_port_is_free(make_socket: Any) -> None:
    holder = make_socket(zmq.PULL)
    port = holder.bind_to_random_port(HOST)
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    with pytest.raises(zmq.ZMQBindError):
        device.bind_in_to_random_port(HOST, port, port + 1, max_tries=2)


def test_no_port_is_chosen_twice() -> None:
    """Although the first one is not bound yet."""
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    other = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    few = {"min_port": 23_000, "max_port": 23_010, "max_tries": 500}
    ports = [
        bind(HOST, **few)
        for bind in (
            device.bind_in_to_random_port,
            device.bind_out_to_random_port,
            other.bind_in_to_random_port,
        )
    ]
    assert len(set(ports)) == 3


@pytest.mark.skipif(os.name != "posix", reason="ports cannot be held")
@pytest.mark.parametrize("host", ["127.0.0.1", "*"])
def test_a_port_is_kept_until_it_is_bound(host: str, make_socket: Any) -> None:
    """Nobody else gets it from the system meanwhile."""
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    port = device.bind_in_to_random_port(f"tcp://{host}")
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    receiver = make_socket(zmq.PULL, rcvtimeo=10_000)
    receiver.connect(f"tcp://127.0.0.1:{device.bind_out_to_random_port(HOST)}")
    device.start()
    sender = make_socket(zmq.PUSH)
    sender.connect(f"tcp://127.0.0.1:{port}")
    sender.send(b"x")
    assert receiver.recv() == b"x"
    device.stop()
    device.join(10)


@pytest.mark.skipif(os.name != "posix", reason="ports cannot be held")
@pytest.mark.parametrize("limits", [(), (24_000, 26_000)], ids=["any", "range"])
def test_a_port_that_somebody_takes_at_once(
    limits: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it was found free, and is not held yet, it is not chosen."""
    others: list[socket.socket] = []

    class Late(Reservation):
        def __init__(self, endpoint: str, *args: Any) -> None:
            if not others:
                others.append(socket.socket())
                others[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                others[0].bind(("127.0.0.1", int(endpoint.rpartition(":")[2])))
                others[0].listen()
            super().__init__(endpoint, *args)

    monkeypatch.setattr(_side, "Reservation", Late)
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    port = device.bind_in_to_random_port(HOST, *limits)
    with others[0] as other:
        assert port != other.getsockname()[1]
    with socket.socket() as late, pytest.raises(OSError, match="in use"):
        late.bind(("127.0.0.1", port))


def test_a_device_that_is_gone_keeps_no_port() -> None:
    device = devices.ThreadDevice(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    port = device.bind_in_to_random_port(HOST)
    del device
    gc.collect()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))


def test_a_port_that_is_free_again_soon(around: Any) -> None:
    """The device that ran before may still hold it for a moment."""
    made = around(devices.ThreadDevice, zmq.PULL, zmq.PUSH, start=False)
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", made.ports["in"]))
    holder.listen()
    made.device.start()
    made.device.join(0.05)
    assert not made.device.done
    holder.close()
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
    sender.send(b"1")
    assert receiver.recv() == b"1"
    made.device.stop()
    made.device.join(10)
