"""`monitored_queue`: a proxy that shows what passes, marked by its direction."""

from __future__ import annotations

import pytest

import zmq
from zmq.backend import monitored_queue


@pytest.fixture
def queue(in_thread):
    """Start `queue(in type, out type, **prefixes)`, and stop it at the end."""
    ctx = zmq.Context()
    started = []

    def start(in_type, out_type, *prefixes, **named):
        sockets = [ctx.socket(t) for t in (in_type, out_type, zmq.PAIR)]
        for socket, name in zip(sockets, ("in", "out", "mon")):
            socket.linger = 0
            socket.bind(f"inproc://{name}")
        monitor = client(zmq.PAIR, "mon")

        def run():
            try:
                monitored_queue(*sockets, *prefixes, **named)
            except zmq.ContextTerminated:
                pass
            finally:
                for socket in sockets:
                    socket.close()

        started.append(in_thread(run))
        return client, monitor

    clients = []

    def client(socket_type, name, **options):
        socket = ctx.socket(socket_type)
        for option, value in options.items():
            setattr(socket, option, value)
        socket.connect(f"inproc://{name}")
        clients.append(socket)
        return socket

    yield start
    for socket in clients:
        socket.close(0)
    ctx.term()
    for running in started:
        running.result()


def test_default_prefixes(queue):
    client, monitor = queue(zmq.PAIR, zmq.PAIR)
    a, b = client(zmq.PAIR, "in"), client(zmq.PAIR, "out")
    a.send_multipart([b"there", b"1"])
    assert b.recv_multipart() == [b"there", b"1"]
    assert monitor.recv_multipart() == [b"in", b"there", b"1"]
    b.send_multipart([b"back", b"2"])
    assert a.recv_multipart() == [b"back", b"2"]
    assert monitor.recv_multipart() == [b"out", b"back", b"2"]


@pytest.mark.parametrize("named", [True, False])
def test_prefixes_of_ones_own(queue, named):
    prefixes = {"in_prefix": b"<", "out_prefix": b""} if named else {}
    client, monitor = queue(
        zmq.PAIR, zmq.PAIR, *(() if named else (b"<", b"")), **prefixes
    )
    a, b = client(zmq.PAIR, "in"), client(zmq.PAIR, "out")
    a.send(b"1")
    assert b.recv() == b"1"
    assert monitor.recv_multipart() == [b"<", b"1"]
    b.send(b"2")
    assert a.recv() == b"2"
    assert monitor.recv_multipart() == [b"", b"2"]


def test_router_and_dealer(queue):
    client, monitor = queue(zmq.ROUTER, zmq.DEALER)
    req, rep = client(zmq.REQ, "in", identity=b"me"), client(zmq.REP, "out")
    req.send(b"question")
    assert rep.recv() == b"question"
    rep.send(b"answer")
    assert req.recv() == b"answer"
    assert monitor.recv_multipart() == [b"in", b"me", b"", b"question"]
    assert monitor.recv_multipart() == [b"out", b"me", b"", b"answer"]


def test_router_and_router(queue, wait_for):
    """Sender and receiver change places, as each ROUTER wants its own peer first."""
    client, monitor = queue(zmq.ROUTER, zmq.ROUTER)
    alice = client(zmq.DEALER, "in", identity=b"alice")
    bob = client(zmq.DEALER, "out", identity=b"bob")
    # a ROUTER drops what is for a peer that it does not know yet
    wait_for(lambda: not alice.send_multipart([b"bob", b"probe"]) and bob.poll(10))
    wait_for(lambda: not bob.send_multipart([b"alice", b"probe"]) and alice.poll(10))
    alice.send_multipart([b"bob", b"hello"])
    while (message := bob.recv_multipart()) == [b"alice", b"probe"]:
        pass
    assert message == [b"alice", b"hello"]
    bob.send_multipart([b"alice", b"world", b"!"])
    while (message := alice.recv_multipart()) == [b"bob", b"probe"]:
        pass
    assert message == [b"bob", b"world", b"!"]
    seen = []
    while seen[-1:] != [[b"out", b"alice", b"bob", b"world", b"!"]]:
        seen.append(monitor.recv_multipart())
    assert [b"in", b"bob", b"alice", b"hello"] in seen


def test_streamer(queue):
    client, monitor = queue(zmq.PULL, zmq.PUSH)
    push, pull = client(zmq.PUSH, "in"), client(zmq.PULL, "out")
    for i in range(200):
        push.send(b"%d" % i)
    assert [pull.recv() for _ in range(200)] == [b"%d" % i for i in range(200)]
    assert [monitor.recv_multipart() for _ in range(200)] == [
        [b"in", b"%d" % i] for i in range(200)
    ]


def test_large_frames_are_shared_with_the_monitor(queue):
    client, monitor = queue(zmq.PAIR, zmq.PAIR)
    a, b = client(zmq.PAIR, "in"), client(zmq.PAIR, "out")
    parts = [b"x" * 1_000_000, b"", b"y"]
    a.send_multipart(parts)
    assert b.recv_multipart() == parts
    assert monitor.recv_multipart() == [b"in", *parts]


@pytest.mark.parametrize("prefix", ["in", None, 3], ids=repr)
def test_prefixes_are_bytes(make_socket, prefix):
    sockets = [make_socket(zmq.PAIR) for _ in range(3)]
    with pytest.raises(TypeError):
        monitored_queue(*sockets, prefix, b"out")
    with pytest.raises(TypeError):
        monitored_queue(*sockets, b"in", prefix)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_wrong_sockets(make_socket, position):
    sockets = [make_socket(zmq.PAIR) for _ in range(3)]
    sockets[position] = 3
    with pytest.raises(TypeError):
        monitored_queue(*sockets)
