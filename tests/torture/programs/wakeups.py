"""No wait outlives its event: `wakeups.py transport seconds`.

Threads block in recv and send on one socket and its shadows while others read its
EVENTS and poll it, which swallows the edges of its descriptor.
"""

from __future__ import annotations

import random
import sys
import threading
from typing import Any

from bursts import Arrivals, connect, send_bursts
from common import Workers

import zmq

READERS = WRITERS = POKERS = 3


def poke(socket: Any, stop: threading.Event, seed: int) -> None:
    """Do everything that empties the mailbox of the socket without taking messages."""
    rng = random.Random(seed)
    shadow = zmq.Socket.shadow(socket)
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN | zmq.POLLOUT)
    pokes = [
        lambda: socket.events,
        lambda: shadow.get(zmq.EVENTS),
        lambda: socket.poll(0),
        lambda: shadow.poll(1, zmq.POLLOUT),
        lambda: poller.poll(0),
        lambda: poller.poll(1),
        lambda: zmq.select([shadow], [], [], 0),
        lambda: socket.get(zmq.LAST_ENDPOINT),
        lambda: socket.rcvmore,
    ]
    while not stop.is_set():
        rng.choice(pokes)()
        if rng.random() < 0.05:
            stop.wait(rng.random() * 0.005)


def main(transport: str, seconds: float) -> None:
    context = zmq.Context()
    shared, peer = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
    connect(shared, peer, transport)
    stop = threading.Event()
    workers = Workers()
    arrivals = Arrivals()

    def read(socket: Any) -> None:
        while True:
            arrivals.note(socket.recv_multipart())

    def write(socket: Any) -> None:
        while True:
            socket.send_multipart([b"x", b"y"])

    for i in range(READERS):
        workers.start(read, zmq.Socket.shadow(shared) if i % 2 else shared)
    for i in range(WRITERS):
        workers.start(write, zmq.Socket.shadow(shared) if i % 2 else shared)
    for i in range(POKERS):
        workers.start(poke, shared, stop, i)
    lateness = send_bursts(peer, arrivals, seconds)
    stop.set()
    shared.close()
    workers.join()
    peer.close()
    context.term()
    print(lateness)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
