"""Each messaging pattern does what the guide says, through this binding."""

from __future__ import annotations

import socket as plain

import pytest

import zmq


def test_request_reply(socket_pair, transport):
    rep, req = socket_pair(zmq.REP, zmq.REQ, transport)
    for i in range(3):
        req.send(b"question %d" % i)
        assert rep.recv() == b"question %d" % i
        rep.send(b"answer %d" % i)
        assert req.recv() == b"answer %d" % i


def test_publish_subscribe(socket_pair, transport):
    pub, sub = socket_pair(zmq.PUB, zmq.SUB, transport)
    pub.send_multipart([b"topic", b"body"])
    assert sub.recv_multipart() == [b"topic", b"body"]


def test_topics(make_socket, endpoint):
    xpub, sub = make_socket(zmq.XPUB), make_socket(zmq.SUB)
    xpub.bind(endpoint())
    sub.connect(xpub.last_endpoint.decode())
    sub.subscribe("a")
    sub.subscribe(b"b")
    assert {xpub.recv(), xpub.recv()} == {b"\x01a", b"\x01b"}
    for message in (b"a1", b"c1", b"b1"):
        xpub.send(message)
    assert [sub.recv(), sub.recv()] == [b"a1", b"b1"]
    sub.unsubscribe("a")
    assert xpub.recv() == b"\x00a"
    xpub.send(b"a2")
    xpub.send(b"b2")
    assert sub.recv() == b"b2"


def test_extended_subscriber(make_socket, endpoint):
    xpub, xsub = make_socket(zmq.XPUB), make_socket(zmq.XSUB)
    xpub.bind(endpoint())
    xsub.connect(xpub.last_endpoint.decode())
    xsub.send(b"\x01topic")
    assert xpub.recv() == b"\x01topic"
    xpub.send(b"topic!")
    assert xsub.recv() == b"topic!"


def test_push_pull_distributes(make_socket, endpoint):
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    pulls = [make_socket(zmq.PULL) for _ in range(3)]
    for pull in pulls:
        pull.connect(push.last_endpoint.decode())
    for i in range(6):
        push.send(b"%d" % i)
    assert sorted(pull.recv() for pull in pulls for _ in range(2)) == [
        b"%d" % i for i in range(6)
    ]


def test_router_dealer(socket_pair, transport):
    router, dealer = socket_pair(zmq.ROUTER, zmq.DEALER, transport)
    dealer.send_multipart([b"", b"question"])
    identity, empty, question = router.recv_multipart()
    assert (empty, question) == (b"", b"question")
    router.send_multipart([identity, b"", b"answer"])
    assert dealer.recv_multipart() == [b"", b"answer"]


def test_router_knows_the_identity(make_socket, endpoint):
    router = make_socket(zmq.ROUTER)
    router.bind(endpoint())
    for identity in (b"one", b"two"):
        dealer = make_socket(zmq.DEALER, identity=identity)
        dealer.connect(router.last_endpoint.decode())
        dealer.send(b"hello")
        assert router.recv_multipart() == [identity, b"hello"]


def test_router_mandatory(make_socket, endpoint):
    router = make_socket(zmq.ROUTER)
    router.bind(endpoint())
    router.send_multipart([b"nobody", b"dropped in silence"])
    router.router_mandatory = True
    with pytest.raises(zmq.ZMQError) as caught:
        router.send_multipart([b"nobody", b"reported"])
    assert caught.value.errno == zmq.EHOSTUNREACH


def test_connect_routing_id(make_socket, endpoint):
    router, dealer = make_socket(zmq.ROUTER), make_socket(zmq.DEALER)
    dealer.bind(endpoint("tcp"))
    router.connect_routing_id = b"chosen"
    router.router_mandatory = 1
    router.connect(dealer.last_endpoint.decode())
    router.send_multipart([b"chosen", b"x"])
    assert dealer.recv() == b"x"


def test_probe_router(make_socket, endpoint):
    router = make_socket(zmq.ROUTER)
    router.bind(endpoint())
    dealer = make_socket(zmq.DEALER, probe_router=1, identity=b"me")
    dealer.connect(router.last_endpoint.decode())
    assert router.recv_multipart() == [b"me", b""]


def test_relaxed_request(socket_pair):
    rep, req = socket_pair(zmq.REP, zmq.REQ)
    req.req_relaxed = 1
    req.req_correlate = 1
    req.send(b"first")
    req.send(b"second")
    assert rep.recv() == b"first"
    rep.send(b"stale")
    assert rep.recv() == b"second"
    rep.send(b"fresh")
    assert req.recv() == b"fresh"


def test_conflate(make_socket, endpoint):
    pull = make_socket(zmq.PULL, conflate=1)
    pull.bind(endpoint())
    push = make_socket(zmq.PUSH, conflate=1)
    push.connect(pull.last_endpoint.decode())
    for i in range(10):
        push.send(b"%d" % i)
    assert pull.recv() == b"9"


def test_exclusive_pair(socket_pair, transport):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR, transport)
    a.send(b"ping")
    assert b.recv() == b"ping"
    b.send(b"pong")
    assert a.recv() == b"pong"


def test_stream_speaks_plain_tcp(make_socket, wait_for):
    stream = make_socket(zmq.STREAM)
    port = stream.bind_to_random_port("tcp://127.0.0.1")
    with plain.create_connection(("127.0.0.1", port), timeout=10) as peer:
        identity, connected = stream.recv_multipart()
        assert connected == b""
        peer.sendall(b"hello")
        assert stream.recv_multipart() == [identity, b"hello"]
        stream.send_multipart([identity, b"world"])
        assert peer.recv(100) == b"world"
        # an empty frame ends the connection, as soon as libzmq gets to it
        stream.send_multipart([identity, b""])
        readable = zmq.Poller()
        readable.register(peer, zmq.POLLIN)
        wait_for(lambda: stream.poll(1) or readable.poll(1))
        assert peer.recv(100) == b""


def test_stream_without_notification(make_socket):
    stream = make_socket(zmq.STREAM, stream_notify=0)
    port = stream.bind_to_random_port("tcp://127.0.0.1")
    with plain.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(b"hello")
        assert stream.recv_multipart()[1] == b"hello"


def test_welcome_message(make_socket, endpoint):
    xpub = make_socket(zmq.XPUB, xpub_welcome_msg=b"welcome")
    xpub.bind(endpoint("tcp"))
    sub = make_socket(zmq.SUB)
    sub.subscribe(b"welcome")
    sub.connect(xpub.last_endpoint.decode())
    assert xpub.recv() == b"\x01welcome"
    assert sub.recv() == b"welcome"


def test_verbose_publisher(make_socket, endpoint):
    xpub = make_socket(zmq.XPUB, xpub_verbose=1)
    xpub.bind(endpoint())
    for _ in range(2):
        sub = make_socket(zmq.SUB)
        sub.subscribe(b"same")
        sub.connect(xpub.last_endpoint.decode())
        assert xpub.recv() == b"\x01same"


@pytest.mark.capability("curve")
def test_curve(make_socket, endpoint):
    public, secret = zmq.curve_keypair()
    rep = make_socket(zmq.REP, curve_server=1, curve_secretkey=secret)
    rep.bind(endpoint("tcp"))
    client_public, client_secret = zmq.curve_keypair()
    req = make_socket(
        zmq.REQ,
        curve_serverkey=public,
        curve_publickey=client_public,
        curve_secretkey=client_secret,
    )
    req.connect(rep.last_endpoint.decode())
    req.send(b"secret")
    assert rep.recv() == b"secret"
    assert rep.mechanism == req.mechanism == zmq.CURVE
