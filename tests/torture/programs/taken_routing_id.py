"""A socket connects with a routing id that a peer of it has already.

`taken_routing_id.py KIND TRANSPORT HOW`.
"""

from __future__ import annotations

import sys

import common
import pytest

import zmq


def main(kind: str, transport: str, how: str) -> None:
    """Connect is refused, everybody else stays, and another routing id will do."""
    context = zmq.Context()
    peers = [context.socket(getattr(zmq, kind)) for _ in range(2)]
    for number, peer in enumerate(peers):
        peer.bind("tcp://127.0.0.1:0" if transport == "tcp" else f"inproc://{number}")
    first, second = [peer.last_endpoint for peer in peers]
    sock = context.socket(getattr(zmq, kind))
    sock.linger = 0
    if how == "chosen":  # by the peer itself
        client = context.socket(zmq.DEALER)
        client.routing_id = b"name"
        sock.bind("inproc://sock")
        client.connect("inproc://sock")
        client.send(b"hello")
        assert sock.recv_multipart() == [b"name", b"hello"]
    else:
        sock.connect_routing_id = b"name"
        sock.connect(first)
    sock.connect_routing_id = b"name"
    for _ in range(3):
        with pytest.raises(zmq.ZMQError, match="of connect_routing_id") as caught:
            sock.connect(second)
        assert caught.value.errno == zmq.EADDRINUSE
    sock.connect_routing_id = b"other"
    sock.connect(second)
    if kind == "ROUTER":
        sock.send_multipart([b"other", b"to the second"])
        assert peers[1].recv_multipart()[1] == b"to the second"
    if how == "connected":
        sock.disconnect(first)

        def is_free() -> bool:
            peers[0].poll(0)  # over inproc it has to let go of its end, too
            return connects_again(sock, first)

        common.until(is_free, "the end of the first peer")
    context.destroy(linger=0)


def connects_again(sock: zmq.Socket[bytes], address: bytes) -> bool:
    """Whether the routing id is free again, now that the peer has gone."""
    sock.connect_routing_id = b"name"
    try:
        sock.connect(address)
    except zmq.ZMQError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
