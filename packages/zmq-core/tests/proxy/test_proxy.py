"""`proxy` and `device` pass messages on, in both directions."""

from __future__ import annotations

import pytest

import zmq


class Running:
    """A proxy in a thread, with sockets of its own, until its context ends."""

    def __init__(self, in_thread, start, *types):
        self.context = zmq.Context()
        self.sockets = [self.context.socket(t) for t in types]
        for i, socket in enumerate(self.sockets):
            socket.linger = 0
            socket.bind(f"inproc://{i}")
        self.clients = []
        self.thread = in_thread(self.run, start)

    def run(self, start):
        try:
            start(*self.sockets)
        except zmq.ContextTerminated:
            pass
        finally:
            for socket in self.sockets:
                socket.close()

    def client(self, socket_type, number, **options):
        socket = self.context.socket(socket_type)
        self.clients.append(socket)
        for name, value in options.items():
            setattr(socket, name, value)
        socket.connect(f"inproc://{number}")
        return socket

    def stop(self):
        for socket in self.clients:
            socket.close(0)
        self.context.term()
        self.thread.result()


@pytest.fixture
def proxied(in_thread):
    """Start `proxied(function, *socket types)`; the sockets are inproc://0, 1, 2."""
    running = []

    def start(function, *types):
        running.append(Running(in_thread, function, *types))
        return running[-1]

    yield start
    for proxy in running:
        proxy.stop()


STARTS = {
    "proxy": lambda a, b: zmq.proxy(a, b),
    "proxy-no-capture": lambda a, b: zmq.proxy(a, b, None),
    "device": lambda a, b: zmq.device(zmq.QUEUE, a, b),
    "steerable": lambda a, b: zmq.proxy_steerable(a, b),
}


@pytest.mark.parametrize("how", STARTS)
def test_queue(proxied, how):
    proxy = proxied(STARTS[how], zmq.ROUTER, zmq.DEALER)
    req, rep = proxy.client(zmq.REQ, 0), proxy.client(zmq.REP, 1)
    for i in range(10):
        req.send_multipart([b"question", b"%d" % i])
        assert rep.recv_multipart() == [b"question", b"%d" % i]
        rep.send_multipart([b"answer", b"%d" % i])
        assert req.recv_multipart() == [b"answer", b"%d" % i]


def test_queue_with_many_clients(proxied):
    proxy = proxied(zmq.proxy, zmq.ROUTER, zmq.DEALER)
    reps = [proxy.client(zmq.REP, 1) for _ in range(3)]
    reqs = [proxy.client(zmq.REQ, 0) for _ in range(6)]
    for i, req in enumerate(reqs):
        req.send(b"%d" % i)
    poller = zmq.Poller()
    for rep in reps:
        poller.register(rep, zmq.POLLIN)
    answered = 0
    while answered < len(reqs):
        for rep, _ in poller.poll(10_000):
            rep.send(b"answer " + rep.recv())
            answered += 1
    assert [req.recv() for req in reqs] == [b"answer %d" % i for i in range(6)]


@pytest.mark.parametrize(
    "start", [zmq.proxy, lambda a, b: zmq.device(zmq.STREAMER, a, b)], ids=["p", "d"]
)
def test_streamer(proxied, start):
    proxy = proxied(start, zmq.PULL, zmq.PUSH)
    push, pull = proxy.client(zmq.PUSH, 0), proxy.client(zmq.PULL, 1)
    parts = [b"", b"x" * 100_000, b"z"]
    for _ in range(100):
        push.send_multipart(parts)
    assert all(pull.recv_multipart() == parts for _ in range(100))


@pytest.mark.parametrize(
    "start", [zmq.proxy, lambda a, b: zmq.device(zmq.FORWARDER, a, b)], ids=["p", "d"]
)
def test_forwarder(proxied, start):
    """Subscriptions go one way, messages the other."""
    proxy = proxied(start, zmq.XSUB, zmq.XPUB)
    xpub, sub = proxy.client(zmq.XPUB, 0), proxy.client(zmq.SUB, 1)
    sub.subscribe(b"a")
    assert xpub.recv() == b"\x01a"
    xpub.send(b"b1")
    xpub.send(b"a1")
    assert sub.recv() == b"a1"
    sub.unsubscribe(b"a")
    assert xpub.recv() == b"\x00a"


def test_pair(proxied):
    proxy = proxied(zmq.proxy, zmq.PAIR, zmq.PAIR)
    a, b = proxy.client(zmq.PAIR, 0), proxy.client(zmq.PAIR, 1)
    a.send(b"1")
    b.send(b"2")
    assert b.recv() == b"1"
    assert a.recv() == b"2"


@pytest.mark.parametrize("capture", [zmq.PUSH, zmq.PAIR, zmq.DEALER, zmq.PUB])
@pytest.mark.parametrize("start", [zmq.proxy, zmq.proxy_steerable])
def test_capture(proxied, capture, start):
    proxy = proxied(start, zmq.PAIR, zmq.PAIR, capture)
    peer = {zmq.PUSH: zmq.PULL, zmq.PUB: zmq.SUB}.get(capture, capture)
    a, b = proxy.client(zmq.PAIR, 0), proxy.client(zmq.PAIR, 1)
    options = {"subscribe": b""} if peer == zmq.SUB else {}
    seen = proxy.client(peer, 2, **options)
    if peer == zmq.SUB:
        # until the subscription has arrived, captured messages are dropped
        while not seen.poll(10):
            a.send(b"probe")
        a.send(b"end")
        while seen.recv() != b"end":
            pass
        while b.recv() != b"end":
            pass
    a.send_multipart([b"there", b"1"])
    assert b.recv_multipart() == [b"there", b"1"]
    assert seen.recv_multipart() == [b"there", b"1"]
    b.send_multipart([b"back", b"2"])
    assert a.recv_multipart() == [b"back", b"2"]
    assert seen.recv_multipart() == [b"back", b"2"]


def test_order_of_many_messages(proxied):
    proxy = proxied(zmq.proxy, zmq.PULL, zmq.PUSH)
    push, pull = proxy.client(zmq.PUSH, 0), proxy.client(zmq.PULL, 1)
    for i in range(3000):
        push.send(b"%d" % i)
        if i % 3 == 0:
            assert int(pull.recv()) == i // 3
    for i in range(1000, 3000):
        assert int(pull.recv()) == i


def test_slow_receiver_holds_the_proxy_back(proxied):
    """At the high-water mark nothing is dropped and nothing overtakes."""
    proxy = proxied(zmq.proxy, zmq.PULL, zmq.PUSH)
    push = proxy.client(zmq.PUSH, 0)
    for i in range(5000):
        try:
            push.send(b"%d" % i, zmq.DONTWAIT)
        except zmq.Again:
            break
    pull = proxy.client(zmq.PULL, 1)
    assert [int(pull.recv()) for _ in range(i)] == list(range(i))


def test_runs_without_the_gil(proxied):
    """Python goes on in other threads while the proxy waits: or nothing here would."""
    proxy = proxied(zmq.proxy, zmq.ROUTER, zmq.DEALER)
    assert proxy.thread.alive
    req, rep = proxy.client(zmq.REQ, 0), proxy.client(zmq.REP, 1)
    req.send(b"x")
    assert rep.recv() == b"x"


def test_one_socket_for_both_sides(context, in_thread):
    """What comes in on a DEALER goes back out on it."""
    ctx = zmq.Context()
    echo = ctx.socket(zmq.DEALER)
    echo.bind("inproc://echo")

    def run():
        with echo, pytest.raises(zmq.ContextTerminated):
            zmq.proxy(echo, echo)

    running = in_thread(run)
    with ctx.socket(zmq.DEALER) as dealer:
        dealer.connect("inproc://echo")
        dealer.send_multipart([b"1", b"2"])
        assert dealer.recv_multipart() == [b"1", b"2"]
    ctx.term()
    running.result()


@pytest.mark.parametrize("start", [zmq.proxy, zmq.proxy_steerable])
@pytest.mark.parametrize(
    "arguments", [(1, 2), (None, None), ("a", "b")], ids=["int", "None", "str"]
)
def test_wrong_arguments(start, arguments):
    with pytest.raises(TypeError):
        start(*arguments)


def test_wrong_further_arguments(make_socket):
    socket = make_socket(zmq.DEALER)
    for call in (
        lambda: zmq.proxy(socket),
        lambda: zmq.proxy(socket, None),
        lambda: zmq.proxy(socket, socket, 3),
        lambda: zmq.proxy_steerable(socket, socket, None, 3),
        lambda: zmq.device(zmq.QUEUE, socket),
    ):
        with pytest.raises(TypeError):
            call()


@pytest.mark.parametrize("position", [0, 1, 2])
def test_closed_sockets(context, make_socket, position):
    # Better than pyzmq 27: "Bad address", or a wait without end for the third.
    sockets = [make_socket(zmq.DEALER) for _ in range(3)]
    sockets[position].close()
    with pytest.raises(zmq.ZMQError) as caught:
        zmq.proxy(*sockets)
    assert caught.value.errno == zmq.ENOTSOCK
