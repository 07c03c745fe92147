"""One end goes while a message is half sent, or half received.

Without the patches of zmq-core libzmq tears the message or aborts the process.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from typing import Any

from common import open_fds, until

import zmq

LARGE = bytes(300_000)


def close_one(sock: Any, peer: Any) -> None:
    """Close a peer over inproc, and let the other socket learn of it."""
    before = open_fds()
    peer.close()
    until(lambda: sock.events + 1 and open_fds() < before, "the end of the peer")
    assert sock.events is not None  # takes in what the peer sent last


def sent(kind: str, peer_kind: str) -> None:
    """A peer goes while a message is half sent to the first, second, third other."""
    for to in range(3):
        for goes in {0, 1, 2} - {to}:
            context = zmq.Context()
            sock = context.socket(getattr(zmq, kind))
            sock.bind("inproc://three")
            peers = [context.socket(getattr(zmq, peer_kind)) for _ in range(3)]
            for peer in peers:
                peer.rcvtimeo = 5000
                peer.connect("inproc://three")
            for _ in range(to):
                sock.send(b"before")
            sock.send(b"head", zmq.SNDMORE)
            close_one(sock, peers[goes])
            sock.send(b"tail")
            got = [[] if peer.closed else received(peer) for peer in peers]
            expected: list[list[list[bytes]]] = [[], [], []]
            for i in range(to):
                expected[i].append([b"before"])
            expected[to].append([b"head", b"tail"])
            expected[goes] = []
            assert got == expected, f"to {to}, {goes} goes: {got}"
            context.destroy(linger=0)


def received(sock: Any) -> list[list[bytes]]:
    """Return the messages that a socket has."""
    messages = []
    while sock.poll(0):
        messages.append(sock.recv_multipart())
    return messages


def disconnected(kind: str, peer_kind: str) -> None:
    """The receiver of half a message disconnects from one of three peers."""
    for order in range(3):
        for goes in range(3):
            context = zmq.Context()
            sock = context.socket(getattr(zmq, kind))
            if kind == "SUB":
                sock.subscribe(b"")
            peers = [context.socket(getattr(zmq, peer_kind)) for _ in range(3)]
            for number, peer in enumerate(peers):
                peer.bind(f"inproc://{number}")
                sock.connect(f"inproc://{number}")
                assert peer.events is not None  # takes in the subscription
                for i in range(2):
                    peer.send_multipart([b"%d %d" % (number, i), b"tail"])
            for _ in range(order):
                sock.recv_multipart()
            head = sock.recv()
            sock.disconnect(f"inproc://{goes}")
            for _ in range(3):
                assert sum(peer.events for peer in peers) >= 0
                assert sock.events is not None
            rest = received(sock)
            if head[:1] != b"%d" % goes:
                assert rest.pop(0) == [b"tail"], f"{order}, {goes} goes: {rest}"
            assert all(
                len(message) == 2 and message[1] == b"tail" and len(message[0]) == 3
                for message in rest
            ), f"{order}, {goes} goes: {rest}"
            context.destroy(linger=0)


def at_once(kind: str, peer_kind: str) -> None:
    """The receiver of half a message disconnects, and receives: nothing is there."""
    context = zmq.Context()
    sock = context.socket(getattr(zmq, kind))
    peers = [context.socket(getattr(zmq, peer_kind)) for _ in range(2)]
    if kind == "SUB":
        sock.subscribe(b"")
    for number, peer in enumerate(peers):
        peer.bind(f"inproc://{number}")
        sock.connect(f"inproc://{number}")
        assert peer.events is not None
    peers[0].send_multipart([b"head", b"tail"])
    assert sock.recv() == b"head"
    sock.disconnect("inproc://0")
    try:
        raise SystemExit(f"received {sock.recv(zmq.DONTWAIT)!r}")
    except zmq.Again:
        pass
    peers[1].send_multipart([b"whole", b"message"])
    assert sock.recv_multipart() == [b"whole", b"message"]
    context.destroy(linger=0)


def both(kind: str, peer_kind: str, transport: str, rounds: str) -> None:
    """Both ends of a connection are closed while messages are on their way."""
    chance = random.Random(1)
    context = zmq.Context()
    directory = tempfile.mkdtemp(prefix="zmq")
    for number in range(int(rounds)):
        sock = context.socket(getattr(zmq, kind))
        peer = context.socket(getattr(zmq, peer_kind))
        ends = [sock, peer]
        for end in ends:
            end.linger = 0
            end.hwm = 2
        sock.bind(
            "tcp://127.0.0.1:0" if transport == "tcp" else f"ipc://{directory}/{number}"
        )
        peer.connect(sock.last_endpoint)
        for _ in range(3):
            sock.send_multipart([LARGE] * 5)
        peer.recv()
        # At any moment of what the I/O threads do, of which nothing tells.
        time.sleep(chance.random() * 3e-4)
        chance.shuffle(ends)
        ends[0].close()
        time.sleep(chance.random() * 3e-4)
        ends[1].close()
    context.term()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
