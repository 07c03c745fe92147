"""What passes is shown to the monitor socket."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


@pytest.mark.parametrize("form", ["Thread", "Process"])
@pytest.mark.parametrize("kind", ["Proxy", "ProxySteerable"])
def test_copies(around: Any, form: str, kind: str) -> None:
    made = around(getattr(devices, form + kind), zmq.PAIR, zmq.PAIR)
    a, b = made.connect("in", zmq.PAIR), made.connect("out", zmq.PAIR)
    view = made.watch(a)
    while b.recv() != b"\0end":
        pass
    a.send_multipart([b"there", b"1"])
    assert b.recv_multipart() == [b"there", b"1"]
    assert view.recv_multipart() == [b"there", b"1"]
    b.send_multipart([b"back", b""])
    assert a.recv_multipart() == [b"back", b""]
    assert view.recv_multipart() == [b"back", b""]


@pytest.mark.parametrize("form", ["Thread", "Process"])
@pytest.mark.parametrize("prefixes", [(), (b"<", b"")])
def test_prefixes(make_socket: Any, form: str, prefixes: tuple[bytes, ...]) -> None:
    """The monitor may be any type of socket, here one that waits for its reader."""
    kind = getattr(devices, f"{form}MonitoredQueue")
    device = kind(zmq.PAIR, zmq.PAIR, zmq.PUSH, *prefixes)
    ends = [make_socket(t, linger=0) for t in (zmq.PAIR, zmq.PAIR, zmq.PULL)]
    for sock, side in zip(ends, ("in", "out", "mon")):
        sock.rcvtimeo = 10_000
        sock.bind("tcp://127.0.0.1:0")
        getattr(device, f"connect_{side}")(sock.last_endpoint.decode())
        getattr(device, f"setsockopt_{side}")(zmq.LINGER, 0)
    a, b, view = ends
    device.start()
    a.send_multipart([b"there", b"1"])
    assert b.recv_multipart() == [b"there", b"1"]
    b.send(b"back")
    assert a.recv() == b"back"
    to_out, to_in = prefixes or (b"in", b"out")
    assert view.recv_multipart() == [to_out, b"there", b"1"]
    assert view.recv_multipart() == [to_in, b"back"]
    device.stop()
    device.join(10)


def test_a_monitor_without_an_address_holds_nothing_up(make_socket: Any) -> None:
    device = devices.ThreadProxy(zmq.PULL, zmq.PUSH, zmq.PUSH)
    ports = [
        bind("tcp://127.0.0.1")
        for bind in (device.bind_in_to_random_port, device.bind_out_to_random_port)
    ]
    device.start()
    sender, receiver = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    for sock, port in zip((sender, receiver), ports):
        sock.connect(f"tcp://127.0.0.1:{port}")
    sender.send(b"passes")
    receiver.rcvtimeo = 10_000
    assert receiver.recv() == b"passes"
    device.stop()
    device.join(10)


def test_prefixes_are_bytes() -> None:
    with pytest.raises(TypeError, match="in_prefix must be bytes, not 'in'"):
        devices.MonitoredQueue(zmq.PULL, zmq.PUSH, zmq.PUB, "in")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="out_prefix must be bytes, not None"):
        devices.MonitoredQueue(zmq.PULL, zmq.PUSH, out_prefix=None)  # type: ignore[arg-type]
