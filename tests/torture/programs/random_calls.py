"""One thread makes random calls on a dozen sockets: `random_calls.py seed runs`.

A libzmq without the patches of zmq-core does not survive that: options that are set
after a peer has gone, addresses of inproc that are connected to before they are bound.
"""

from __future__ import annotations

import random
import sys
import tempfile
from contextlib import suppress
from typing import Any

import common

import zmq

TYPES = [zmq.PAIR, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.DEALER, zmq.ROUTER]
TYPES += [zmq.PULL, zmq.PUSH, zmq.XPUB, zmq.XSUB]
SOCKETS = 12
STEPS = 400


class Run:
    """The sockets of one context, and what can be done with them."""

    def __init__(self, seed: int, addresses: list[str]) -> None:
        self.chance = random.Random(seed)
        self.context = zmq.Context()
        self.addresses = addresses
        self.sockets: list[Any] = [None] * SOCKETS
        self.monitors: list[Any] = []
        self.acts = [
            *[self.bind] * 2,
            *[self.connect] * 3,
            *[self.send] * 3,
            *[self.receive] * 2,
            self.disconnect,
            self.unbind,
            self.send_half,
            self.change_hwm,
            self.look,
            self.close,
            self.monitor,
        ]

    def step(self) -> None:
        """Make one call, whatever comes of it."""
        number = self.chance.randrange(SOCKETS)
        if self.sockets[number] is None or self.sockets[number].closed:
            self.sockets[number] = self.make()
        with suppress(zmq.ZMQError):
            self.chance.choice(self.acts)(self.sockets[number])

    def make(self) -> Any:
        sock = self.context.socket(self.chance.choice(TYPES))
        sock.linger = self.chance.choice([0, 20])
        sock.reconnect_ivl = 10
        sock.immediate = self.chance.random() < 0.3
        if sock.type == zmq.SUB:
            sock.subscribe(b"")
        if sock.type == zmq.ROUTER and self.chance.random() < 0.3:
            sock.router_handover = True
        if self.chance.random() < 0.3:
            sock.routing_id = b"same"
        if self.chance.random() < 0.2:
            sock.conflate = True
        if self.chance.random() < 0.2:
            sock.hwm = self.chance.randint(1, 3)
        return sock

    def address(self) -> str:
        return self.chance.choice(self.addresses)

    def bind(self, sock: Any) -> None:
        sock.bind(self.address())

    def connect(self, sock: Any) -> None:
        sock.connect(self.address())

    def disconnect(self, sock: Any) -> None:
        sock.disconnect(self.address())

    def unbind(self, sock: Any) -> None:
        sock.unbind(self.address())

    def send(self, sock: Any) -> None:
        size = self.chance.choice([10, 10, 60_000])
        sock.send_multipart(
            [bytes(size)] * self.chance.randint(1, 4), zmq.DONTWAIT, copy=False
        )

    def send_half(self, sock: Any) -> None:
        sock.send(b"half", zmq.DONTWAIT | zmq.SNDMORE)

    def receive(self, sock: Any) -> None:
        for _ in range(self.chance.randrange(5)):
            sock.recv(zmq.DONTWAIT)

    def change_hwm(self, sock: Any) -> None:
        sock.set(self.chance.choice([zmq.SNDHWM, zmq.RCVHWM]), self.chance.randrange(3))

    def look(self, sock: Any) -> None:
        assert sock.events >= 0

    def close(self, sock: Any) -> None:
        if self.chance.random() < 0.3:
            sock.close()

    def monitor(self, sock: Any) -> None:
        if self.chance.random() < 0.2:
            self.monitors.append(sock.get_monitor_socket())

    def end(self) -> None:
        self.context.destroy(linger=0)


def main(seed: int, runs: int) -> None:
    directory = tempfile.mkdtemp(prefix="zmq")
    for number in range(seed, seed + runs):
        addresses = [f"inproc://{i}" for i in range(4)]
        addresses += [f"ipc://{directory}/{i}" for i in range(3)]
        with zmq.Context() as context, context.socket(zmq.PULL) as finder:
            finder.bind("tcp://127.0.0.1:0")
            addresses.append(finder.last_endpoint.decode())
        print(f"seed {number}", flush=True)
        run = Run(number, addresses)
        for _ in range(STEPS):
            run.step()
        run.end()
    assert common


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
