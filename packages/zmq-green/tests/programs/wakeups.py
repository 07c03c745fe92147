"""No wait outlives its event: `wakeups.py transport seconds`.

Greenlets of two hubs block in recv and send on one socket and its shadows, and are
killed at times, while others read its EVENTS, poll it, and change its options, which
swallows the edges of its descriptor. The peer is in a thread of its own.
"""

from __future__ import annotations

import random
import sys
import threading
from typing import Any

import gevent
from bursts import Arrivals, connect, send_bursts

import zmq
import zmq.green

READERS = WRITERS = POKERS = 3
# Two hubs take turns for the interpreter, and have much to do besides.
MISSED = 2.0


class Hub:
    """Greenlets of one thread, on the shared socket and its shadows."""

    def __init__(self, shared: Any, arrivals: Arrivals, stop: Any) -> None:
        self.shared = shared
        self.arrivals = arrivals
        self.stop = stop
        self.rng = random.Random(threading.get_ident())

    def read(self, socket: Any) -> None:
        while True:
            self.arrivals.note(socket.recv_multipart())

    def poll_and_read(self, socket: Any) -> None:
        poller = zmq.green.Poller()
        poller.register(socket, zmq.POLLIN)
        while True:
            poller.poll()
            try:
                self.arrivals.note(socket.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                continue

    def write(self, socket: Any) -> None:
        while True:
            socket.send_multipart([b"x", b"y"])

    def poke(self, socket: Any) -> None:
        shadow = zmq.Socket.shadow(socket)
        pokes = [
            lambda: socket.events,
            lambda: shadow.get(zmq.EVENTS),
            lambda: socket.poll(0),
            lambda: socket.poll(1, zmq.POLLOUT),
            lambda: zmq.green.select([shadow], [], [], 0),
            lambda: shadow.get(zmq.LAST_ENDPOINT),
            lambda: socket.rcvmore,
        ]
        while True:
            self.rng.choice(pokes)()
            gevent.sleep(self.rng.choice([0, 0, 0.001, 0.003]))

    def replace(self, kinds: list[Any], greenlets: list[Any]) -> None:
        """Kill one now and then, and start another in its place."""
        while not self.stop.is_set():
            gevent.sleep(0.01)
            i = self.rng.randrange(len(kinds))
            greenlets[i].kill()
            greenlets[i] = gevent.spawn(*kinds[i])

    def run(self) -> None:
        kinds: list[Any] = []
        for n, function in (
            (READERS, self.read),
            (1, self.poll_and_read),
            (WRITERS, self.write),
            (POKERS, self.poke),
        ):
            for i in range(n):
                socket = zmq.green.Socket(self.shared) if i % 2 else self.shared
                kinds.append((function, socket))
        greenlets = [gevent.spawn(*kind) for kind in kinds]
        self.replace(kinds, greenlets)
        gevent.killall(greenlets)
        gevent.get_hub().destroy(destroy_loop=True)


def main(transport: str, seconds: float) -> None:
    context = zmq.green.Context()
    shared = context.socket(zmq.DEALER)
    peer = zmq.Context(context).socket(zmq.DEALER)
    connect(shared, peer, transport)
    stop = threading.Event()
    arrivals = Arrivals()
    gevent.get_hub()  # before the threads make theirs: see the README on libuv
    hubs = [
        threading.Thread(target=Hub(shared, arrivals, stop).run, daemon=True)
        for _ in range(2)
    ]
    for hub in hubs:
        hub.start()
    lateness = send_bursts(peer, arrivals, seconds, MISSED)
    stop.set()
    for hub in hubs:
        hub.join(10)
        assert not hub.is_alive(), "a hub does not end"
    shared.close()
    peer.close()
    context.term()
    print(lateness)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
