"""Messages pass both ways through each kind of device."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
KINDS = ["Device", "Proxy", "ProxySteerable", "MonitoredQueue"]
FORMS = ["Thread", "Process"]


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_requests_and_replies(around: Any, form: str, kind: str) -> None:
    made = around(getattr(devices, form + kind), zmq.ROUTER, zmq.DEALER)
    clients = [made.connect("in", zmq.REQ) for _ in range(3)]
    worker = made.connect("out", zmq.REP)
    for i, client in enumerate(clients):
        client.send_multipart([b"question", b"%d" % i, b""])
    for _ in clients:
        worker.send_multipart([b"answer", *worker.recv_multipart()[1:]])
    for i, client in enumerate(clients):
        assert client.recv_multipart() == [b"answer", b"%d" % i, b""]


@pytest.mark.parametrize("kind", KINDS)
def test_work(around: Any, form: str, kind: str) -> None:
    made = around(getattr(devices, form + kind), zmq.PULL, zmq.PUSH)
    sender = made.connect("in", zmq.PUSH)
    receiver = made.connect("out", zmq.PULL)
    for i in range(1500):
        sender.send(b"%d" % i)
    assert [receiver.recv() for i in range(1500)] == [b"%d" % i for i in range(1500)]


@pytest.mark.parametrize("kind", KINDS)
def test_publications(around: Any, form: str, kind: str, wait_for: Any) -> None:
    made = around(getattr(devices, form + kind), zmq.XSUB, zmq.XPUB)
    publisher = made.connect("in", zmq.XPUB)
    subscriber = made.connect("out", zmq.SUB)
    subscriber.subscribe(b"topic")
    # The subscription goes through the device, against the stream of messages.
    assert publisher.recv() == b"\x01topic"
    publisher.send_multipart([b"other", b"1"])
    publisher.send_multipart([b"topic", b"2"])
    assert subscriber.recv_multipart() == [b"topic", b"2"]


def test_both_ways_at_once(around: Any, form: str, in_thread: Any) -> None:
    made = around(getattr(devices, f"{form}Device"), zmq.DEALER, zmq.DEALER)
    ends = [made.connect(side, zmq.DEALER) for side in ("in", "out")]

    def flood(sock: zmq.Socket[bytes]) -> None:
        for i in range(3000):
            sock.send_multipart([b"%d" % i, bytes(i % 50)])

    flooding = [in_thread(flood, sock) for sock in ends]
    for sock in ends:
        for i in range(3000):
            assert sock.recv_multipart() == [b"%d" % i, bytes(i % 50)]
    for running in flooding:
        running.result()


def test_routers_on_both_sides(around: Any, form: str) -> None:
    """The sender writes for whom it is, the receiver reads from whom."""
    made = around(getattr(devices, f"{form}MonitoredQueue"), zmq.ROUTER, zmq.ROUTER)
    left = [made.connect("in", zmq.DEALER, routing_id=b"l%d" % i) for i in range(2)]
    right = [made.connect("out", zmq.DEALER, routing_id=b"r%d" % i) for i in range(2)]
    # A ROUTER drops what is for somebody who has not connected yet.
    for here, there in ((left, right), (right, left)):
        for sock in here:
            for other in there:
                until_it_arrives(sock, other)
    left[0].send_multipart([b"r1", b"to the right", b""])
    assert right[1].recv_multipart() == [b"l0", b"to the right", b""]
    right[1].send_multipart([b"l1", b"to the left"])
    assert left[1].recv_multipart() == [b"r1", b"to the left"]


def until_it_arrives(sender: zmq.Socket[bytes], receiver: zmq.Socket[bytes]) -> None:
    for _ in range(500):
        sender.send_multipart([receiver.routing_id, b"?"])
        if receiver.poll(20):
            break
    sender.send_multipart([receiver.routing_id, b"!"])
    while receiver.recv_multipart() != [sender.routing_id, b"!"]:
        pass


def test_one_socket_for_both(around: Any, form: str) -> None:
    """A ROUTER that sends back what it receives: an echo."""
    made = around(getattr(devices, f"{form}Device"), zmq.ROUTER, -1)
    client = made.connect("in", zmq.REQ)
    client.send_multipart([b"there", b"and back"])
    assert client.recv_multipart() == [b"there", b"and back"]


def test_connecting_and_options(make_socket: Any, form: str) -> None:
    source, sink = make_socket(zmq.PUB, linger=0), make_socket(zmq.PULL)
    sink.rcvtimeo = 10_000
    for sock in (source, sink):
        sock.bind("tcp://127.0.0.1:0")
    device = getattr(devices, f"{form}Device")(zmq.FORWARDER, zmq.SUB, zmq.PUSH)
    device.connect_in(source.last_endpoint.decode())
    device.setsockopt_in(zmq.SUBSCRIBE, b"wanted")
    device.setsockopt_in(zmq.RCVHWM, 5)
    device.connect_out(sink.last_endpoint.decode())
    device.setsockopt_out(zmq.LINGER, 0)
    device.start()
    for _ in range(1000):
        source.send(b"other")
        source.send(b"wanted")
        if sink.poll(10):
            break
    assert sink.recv() == b"wanted"
    device.stop()
    device.join(10)
    assert device.done


def test_encrypted(around: Any, make_socket: Any, form: str) -> None:
    if not zmq.has("curve"):
        pytest.skip("this libzmq was built without curve")
    public, secret = zmq.curve_keypair()
    mine, my_secret = zmq.curve_keypair()
    kind = getattr(devices, f"{form}Proxy")
    made = around(kind, zmq.PULL, zmq.PUSH, start=False)
    made.device.setsockopt_in(zmq.CURVE_SERVER, 1)
    made.device.setsockopt_in(zmq.CURVE_SECRETKEY, secret)
    made.device.start()
    options = {"curve_serverkey": public, "curve_publickey": mine}
    sender = made.connect("in", zmq.PUSH, curve_secretkey=my_secret, **options)
    receiver = made.connect("out", zmq.PULL)
    sender.send(b"hidden")
    assert receiver.recv() == b"hidden"
    made.device.stop()
    made.device.join(10)


@pytest.mark.parametrize("how", ["bind_in", "bind_out"])
def test_a_device_of_one_socket(context: Any, how: str) -> None:
    """There is one socket, so the out side is the in side."""
    device = devices.ThreadDevice(zmq.QUEUE, zmq.REP, -1)
    device.context_factory = lambda: context
    device.setsockopt_out(zmq.ROUTING_ID, b"echo")
    getattr(device, how)("inproc://echo")
    device.start()
    with context.socket(zmq.REQ) as client:
        client.rcvtimeo = 5000
        client.connect("inproc://echo")
        client.send(b"hi")
        assert client.recv() == b"hi"
    device.stop()
    device.join()


def test_a_device_of_one_socket_that_connects_out(
    context: Any, make_socket: Any
) -> None:
    router = make_socket(zmq.ROUTER)
    router.rcvtimeo = 5000
    router.bind("inproc://caller")
    device = devices.ThreadDevice(zmq.QUEUE, zmq.DEALER, -1)
    device.context_factory = lambda: context
    device.setsockopt_out(zmq.ROUTING_ID, b"echo")
    device.setsockopt_out(zmq.PROBE_ROUTER, 1)
    device.connect_out("inproc://caller")
    device.start()
    assert router.recv_multipart() == [b"echo", b""]
    router.send_multipart([b"echo", b"hi"])
    assert router.recv_multipart() == [b"echo", b"hi"]
    device.stop()
    device.join()
