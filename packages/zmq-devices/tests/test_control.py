"""Steering by messages."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


@pytest.fixture(params=["Thread", "Process"])
def steered(request: pytest.FixtureRequest, make_socket: Any) -> Any:
    """A proxy with its sender, its receiver and its controller."""
    kind = getattr(devices, f"{request.param}ProxySteerable")
    device = kind(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.REP)
    sockets = [
        make_socket(socket_type, rcvtimeo=10_000, linger=0)
        for socket_type in (zmq.PUSH, zmq.PULL, zmq.REQ)
    ]
    device.setsockopt_out(zmq.LINGER, 0)
    device.setsockopt_ctrl(zmq.LINGER, 1000)
    for sock, side in zip(sockets[:2], ("in", "out")):
        sock.bind("tcp://127.0.0.1:0")
        getattr(device, f"connect_{side}")(sock.last_endpoint.decode())
    sockets[2].connect(
        f"tcp://127.0.0.1:{device.bind_ctrl_to_random_port('tcp://127.0.0.1')}"
    )
    device.start()
    yield device, *sockets
    device.stop()
    device.join(10)


def test_commands(steered: Any) -> None:
    device, sender, receiver, control = steered

    def command(word: bytes) -> list[bytes]:
        control.send(word)
        return control.recv_multipart()

    sender.send(b"123")
    assert receiver.recv() == b"123"
    assert command(b"PAUSE") == [b""]
    sender.send(b"45")
    assert not receiver.poll(100)
    assert command(b"RESUME") == [b""]
    assert receiver.recv() == b"45"
    numbers = [int.from_bytes(n, sys.byteorder) for n in command(b"STATISTICS")]
    assert numbers == [2, 5, 0, 0, 0, 0, 2, 5]
    assert command(b"TERMINATE") == [b""]
    device.join(10)
    assert device.done


def test_both_ways_of_steering(steered: Any) -> None:
    device, sender, receiver, control = steered
    control.send(b"PAUSE")
    control.recv()
    sender.send(b"1")
    assert not receiver.poll(100)
    device.resume()
    assert receiver.recv() == b"1"


def test_without_a_control_socket(around: Any) -> None:
    made = around(devices.ThreadProxySteerable, zmq.PULL, zmq.PUSH)
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
    sender.send(b"1")
    assert receiver.recv() == b"1"
    assert made.device.ctrl_type is None


def test_a_bound_and_connected_control(make_socket: Any) -> None:
    device = devices.ThreadProxySteerable(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PULL)
    one, other = make_socket(zmq.PUSH), make_socket(zmq.PUSH)
    one.bind("tcp://127.0.0.1:0")
    device.connect_ctrl(one.last_endpoint.decode())
    device.context_factory = lambda: other.context
    device.bind_ctrl("inproc://control")
    device.start()
    other.connect("inproc://control")
    other.send(b"PAUSE")
    one.send(b"KILL")
    device.join(10)
    assert device.done


def test_commands_are_obeyed_under_load(make_socket: Any) -> None:
    """While messages never cease to come in: here, the proxy sends them to itself."""
    starter, control = make_socket(zmq.PUSH), make_socket(zmq.PAIR)
    device = devices.ThreadProxySteerable(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PAIR)
    device.context_factory = lambda: control.context
    device.bind_in("inproc://in")
    device.connect_out("inproc://in")
    device.bind_ctrl("inproc://control")
    starter.connect("inproc://in")
    control.connect("inproc://control")
    for _ in range(100):
        starter.send(b"round and round")
    device.start()
    while device.statistics()["frontend_messages"] < 10_000:
        pass
    control.send(b"TERMINATE")
    device.join(5)
    ended = device.done
    device.stop()
    device.join(10)
    assert ended


@pytest.mark.parametrize("kind", ["Device", "ThreadDevice", "ProcessDevice"])
def test_times_that_are_none(kind: str) -> None:
    device = getattr(devices, kind)(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    device.bind_in_to_random_port("tcp://127.0.0.1")
    device.bind_out_to_random_port("tcp://127.0.0.1")
    if kind != "Device":
        device.start()
    try:
        for wrong in ("1", b"1", [1]):
            with pytest.raises(TypeError, match="timeout must be a number of seconds"):
                device.join(wrong)
        with pytest.raises(ValueError, match="timeout must be a number of seconds"):
            device.join(float("nan"))
        for short in (-1, 0, 0.01):
            device.join(short)
            assert not device.done
    finally:
        device.stop()
    if kind != "Device":
        device.join(float("inf"))
        assert device.done
