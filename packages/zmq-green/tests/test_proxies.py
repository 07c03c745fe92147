"""Proxies, while other greenlets run."""

from __future__ import annotations

from typing import Any

import gevent
import pytest

import zmq.green as zmq


@pytest.fixture
def sides(socket_pair: Any) -> Any:
    """Client, frontend, backend and server."""
    frontend, client = socket_pair(zmq.ROUTER, zmq.DEALER)
    backend, server = socket_pair(zmq.DEALER, zmq.ROUTER)
    return client, frontend, backend, server


def talk(client: Any, server: Any, count: int = 50) -> None:
    """Send requests through, and the replies back."""
    for i in range(count):
        client.send_multipart([b"request", b"%d" % i])
        *route, kind, number = server.recv_multipart()
        assert (kind, number) == (b"request", b"%d" % i)
        server.send_multipart([*route, b"reply", number])
        assert client.recv_multipart() == [b"reply", b"%d" % i]


@pytest.mark.parametrize(
    "start",
    [
        zmq.proxy,
        lambda front, back: zmq.device(zmq.QUEUE, front, back),
        zmq.proxy_steerable,
    ],
)
def test_both_ways(sides: Any, spawn: Any, start: Any) -> None:
    client, frontend, backend, server = sides
    running = spawn(start, frontend, backend)
    with gevent.Timeout(10):
        talk(client, server)
    assert not running.ready()
    running.kill()
    assert running.ready()


def test_a_killed_proxy_loses_nothing(sides: Any, spawn: Any) -> None:
    client, frontend, backend, server = sides
    received = []
    for i in range(30):
        running = spawn(zmq.proxy, frontend, backend)
        client.send(b"%d" % i)
        if i % 3:
            with gevent.Timeout(5):
                received.append(server.recv_multipart()[-1])
        running.kill()
        # what the proxy had not passed on is there for others
        while frontend.poll(0):
            backend.send_multipart(frontend.recv_multipart())
        while server.poll(0):
            received.append(server.recv_multipart()[-1])
    assert received == [b"%d" % i for i in range(30)]


def test_a_timeout_ends_it(sides: Any) -> None:
    with pytest.raises(gevent.Timeout), gevent.Timeout(0.02):
        zmq.proxy(sides[1], sides[2])
    client, frontend, *_ = sides
    client.send(b"free")
    assert frontend.recv_multipart()[-1] == b"free"


def test_capture(sides: Any, socket_pair: Any, spawn: Any) -> None:
    client, frontend, backend, server = sides
    capture, seen = socket_pair(zmq.PUSH, zmq.PULL)
    spawn(zmq.proxy, frontend, backend, capture)
    talk(client, server, 1)
    assert seen.recv_multipart()[-2:] == [b"request", b"0"]
    assert seen.recv_multipart()[-2:] == [b"reply", b"0"]


def test_steering(sides: Any, socket_pair: Any, spawn: Any) -> None:
    client, frontend, backend, server = sides
    control, pilot = socket_pair(zmq.PAIR, zmq.PAIR)
    running = spawn(zmq.proxy_steerable, frontend, backend, None, control)
    talk(client, server, 3)
    pilot.send(b"STATISTICS")
    numbers = [int.from_bytes(part, "little") for part in pilot.recv_multipart()]
    assert numbers[0] == 3
    pilot.send(b"PAUSE")
    pilot.send(b"STATISTICS")
    pilot.recv_multipart()
    client.send(b"later")
    assert not server.poll(20)
    pilot.send(b"RESUME")
    with gevent.Timeout(5):
        assert server.recv_multipart()[-1] == b"later"
    pilot.send(b"TERMINATE")
    running.get(timeout=5)


@pytest.mark.parametrize(
    ("kinds", "messages"),
    [
        ((zmq.PUSH, zmq.PULL, zmq.PUSH, zmq.PULL), True),
        ((zmq.PUB, zmq.XSUB, zmq.XPUB, zmq.SUB), False),
        ((zmq.PAIR, zmq.PAIR, zmq.PAIR, zmq.PAIR), True),
    ],
)
def test_kinds_of_sockets(
    make_socket: Any, endpoint: Any, spawn: Any, kinds: Any, messages: bool
) -> None:
    source, frontend, backend, sink = (make_socket(kind) for kind in kinds)
    for here, there in ((frontend, source), (backend, sink)):
        here.bind(endpoint())
        there.connect(here.last_endpoint.decode())
    spawn(zmq.proxy, frontend, backend)
    if sink.type == zmq.SUB:
        sink.subscribe(b"")
        with gevent.Timeout(5):
            while not sink.poll(2):
                source.send(b"is it there?")
            source.send(b"message")
            while sink.recv() != b"message":
                pass
    else:
        source.send(b"message")
        with gevent.Timeout(5):
            assert sink.recv() == b"message"


def test_it_ends_with_the_context(context: Any, endpoint: Any, spawn: Any) -> None:
    frontend, backend = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    frontend.bind(endpoint())
    running = spawn(zmq.proxy, frontend, backend)
    ending = spawn(context.term)
    with pytest.raises(zmq.ContextTerminated):
        running.get(timeout=5)
    frontend.close()
    backend.close()
    ending.get(timeout=5)


def test_closing_a_socket_ends_it(sides: Any, spawn: Any) -> None:
    running = spawn(zmq.proxy, sides[1], sides[2])
    talk(sides[0], sides[3], 1)
    sides[1].close()
    with pytest.raises(zmq.ZMQError) as caught:
        running.get(timeout=5)
    assert caught.value.errno == zmq.ENOTSOCK


def test_its_sockets_are_its_own(sides: Any, spawn: Any) -> None:
    client, frontend, backend, server = sides
    spawn(zmq.proxy, frontend, backend)
    talk(client, server, 1)
    with pytest.raises(zmq.ZMQError, match="in use by a proxy"):
        frontend.recv()


def test_mistakes_are_reported_at_once(make_socket: Any) -> None:
    socket = make_socket(zmq.PULL)
    with pytest.raises(TypeError):
        zmq.proxy(socket, None)  # type: ignore[arg-type]
    socket.close()
    with pytest.raises(zmq.ZMQError):
        zmq.device(zmq.STREAMER, socket, make_socket(zmq.PUSH))
