"""The sockets of the draft API, whose descriptors are of another kind."""

from __future__ import annotations

from typing import Any

import gevent
import pytest

import zmq.green as zmq

pytestmark = pytest.mark.draft


@pytest.mark.parametrize("transport", ["inproc", "tcp"])
def test_servers_and_clients(socket_pair: Any, spawn: Any, transport: str) -> None:
    server, client = socket_pair(zmq.SERVER, zmq.CLIENT, transport=transport)

    def serve() -> None:
        while True:
            request = server.recv(copy=False)
            server.send(request.bytes.upper(), routing_id=request.routing_id)

    spawn(serve)
    for i in range(100):
        client.send(b"request %d" % i)
        with gevent.Timeout(5):
            assert client.recv() == b"REQUEST %d" % i
    waiting = [spawn(client.recv) for _ in range(3)]
    for i in range(3):
        client.send(b"%d" % i)
    assert [greenlet.get(timeout=5) for greenlet in waiting] == [b"0", b"1", b"2"]


def test_who_waits_in_vain_is_left_alone(
    socket_pair: Any, spawn: Any, rests: Any
) -> None:
    """Their descriptor stays readable until it is asked for."""
    server, client = socket_pair(zmq.SERVER, zmq.CLIENT)
    spawn(server.recv)
    client.send(b"")
    spawn(server.recv)
    assert rests()
    client.rcvtimeo = 10
    with pytest.raises(zmq.Again):
        client.recv()
