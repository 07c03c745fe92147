"""Who counts as a peer of a tracked socket: what has come, gone, or failed."""

from __future__ import annotations

import gc
import socket
import time

import pytest
from tests.fixtures.sockets import bound

import zmq
from zmq.utils.monitor import parse_monitor_message

_SUCCEEDED = zmq.Event.HANDSHAKE_SUCCEEDED


def _event_of(message):
    return parse_monitor_message(message)["event"]


@pytest.fixture
def context(keeping_context):
    return keeping_context


def test_strangers(context):
    """What is no ZeroMQ peer counts for nothing, and is no reason to give up."""
    pull, address = bound(context, zmq.PULL)
    host, port = address[6:].split(":")
    for greeting in (b"", b"GET / HTTP/1.0\r\n\r\n", b"\xff" * 9, bytes(100)):
        with socket.create_connection((host, int(port))) as stranger:
            stranger.sendall(greeting)
    with pytest.raises(zmq.TimedOut, match="0 of 1 peers"):
        pull.wait_connected(timeout=0.2)
    with context.socket(zmq.PUSH) as push:
        push.connect(address)
        assert pull.wait_connected(timeout=20) == [address]


def test_peers_that_come_and_go(context):
    pull, address = bound(context, zmq.PULL)
    for _ in range(100):
        with zmq.Context() as other, other.socket(zmq.PUSH, track_peers=True) as push:
            push.linger = 0
            push.connect(address)
            push.wait_connected(timeout=20)
    end = time.monotonic() + 20
    while pull._peers.endpoints():
        assert time.monotonic() < end
    assert pull._peers._failing == {}


def test_what_is_disconnected_does_not_count(context):
    push, address = bound(context)
    with push, context.socket(zmq.PULL, track_peers=True) as pull:
        pull.connect(address)
        pull.wait_connected(timeout=20)
        pull.disconnect(address)
        with pytest.raises(zmq.TimedOut):
            pull.wait_connected(timeout=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "*"])
def test_what_is_unbound_does_not_count(context, wait_for, host):
    """libzmq ends the connections, and tells nothing of it."""
    pull = context.socket(zmq.PULL, track_peers=True)
    pull.bind(f"tcp://{host}:0")
    bound_to = pull.last_endpoint.decode()
    address = f"tcp://127.0.0.1:{bound_to.rpartition(':')[2]}"
    other, elsewhere = bound(context)
    pull.connect(elsewhere)
    with context.socket(zmq.PUSH) as push:
        push.connect(address)
        assert sorted(pull.wait_connected(2, timeout=20)) == sorted(
            [address, elsewhere]
        )
        pull.unbind(bound_to)
        assert pull.wait_connected(timeout=0) == [elsewhere]
        assert pull.stats().peers == 1
        pull.bind("tcp://127.0.0.1:0")
        push.connect(pull.last_endpoint.decode())
        assert len(pull.wait_connected(2, timeout=20)) == 2
    other.close()
    wait_for(lambda: pull.stats().peers == 0)


def test_what_comes_after_the_disconnect_does_not_count(context, wait_for):
    """Events are read by another thread, which may be late."""
    push, address = bound(context)
    with push, context.socket(zmq.PULL, track_peers=True) as pull:
        note = pull._peers.note
        late = []
        pull._peers.note = late.append
        pull.connect(address)
        # The thread that reads them is done with what it has handed over.
        wait_for(lambda: [one for one in late if _event_of(one) == _SUCCEEDED])
        pull.disconnect(address)
        pull._peers.note = note
        for event in late:
            note(event)
        assert pull.stats().peers == 0
        pull.connect(address)
        assert pull.wait_connected(timeout=20) == [address]
        assert pull.stats().peers == 1


def test_streams_have_no_handshake(context, wait_for):
    """Who is connected is a peer of theirs."""
    server, address = bound(context, zmq.STREAM)
    client = context.socket(zmq.STREAM, track_peers=True)
    client.connect(address)
    assert server.wait_connected(timeout=20) == [address]
    assert client.wait_connected(timeout=20) == [address]
    client.close(linger=0)
    wait_for(lambda: server.stats().peers == 0)
    with pytest.raises(zmq.TimedOut, match="it has none, of bind"):
        server.wait_connected(timeout=0)


@pytest.mark.skipif(not zmq.has("curve"), reason="libzmq has no CURVE")
@pytest.mark.parametrize("host", ["127.0.0.1", "*"])
def test_strangers_of_long_ago(context, wait_for, host):
    """Bound to a wildcard, libzmq tells another address of them."""
    public, secret = zmq.curve_keypair()
    server = context.socket(zmq.PULL, track_peers=True)
    server.curve_server = True
    server.curve_secretkey = secret
    server.bind(f"tcp://{host}:0")
    address = f"tcp://127.0.0.1:{server.last_endpoint.decode().rpartition(':')[2]}"
    with context.socket(zmq.PUSH, track_peers=True) as stranger:
        stranger.connect(address)
        wait_for(lambda: server._peers.n_failed)
    with pytest.raises(zmq.TimedOut, match=r"0 of 1.*the handshake with .* has f"):
        server.wait_connected(timeout=0)
    with context.socket(zmq.PUSH) as push:
        push.curve_publickey, push.curve_secretkey = zmq.curve_keypair()
        push.curve_serverkey = public
        push.connect(address)
        assert server.wait_connected(timeout=20) == [address]


def test_addresses_of_long_ago_are_forgotten(context, wait_for):
    """It does not grow with each address that it was connected to."""
    tracemalloc = pytest.importorskip("tracemalloc")
    sock = context.socket(zmq.PUSH, track_peers=True)

    def visit(numbers):
        for number in numbers:
            address = f"ipc:///nowhere/{number:090}"
            sock.connect(address)
            sock.disconnect(address)

    def used():
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        visit(range(1000))
        before = used()
        visit(range(1000, 6000))
        # Their events are to be read first, which come before those of this connection.
        # To collect garbage meanwhile would stop who reads, where there is no GIL.
        with context.socket(zmq.PULL) as pull:
            pull.bind("tcp://127.0.0.1:0")
            sock.connect(pull.last_endpoint)
            assert len(sock.wait_connected(timeout=20)) == 1
        # Of addresses that take 750,000.
        wait_for(lambda: used() - before < 200_000)
    finally:
        tracemalloc.stop()
