"""No wait outlives its event: `wakeups.py transport seconds`.

Threads block in recv and send on one socket and its shadows while others read its
EVENTS and poll it, which swallows the edges of its descriptor. Bursts and silences
come from a peer. A control thread, woken through a pipe by the same burst, tells how
late the machine itself is; only what is later than that is a wake-up that was missed.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from functools import partial
from typing import Any

from common import Workers, until

import zmq

LIMIT = 0.050
MISSED = 0.500
READERS = WRITERS = POKERS = 3


class Lateness:
    """How late wake-ups were, beyond the lateness of the machine.

    A machine that is busy is late now and then, also with the I/O threads, which the
    control does not measure. A wake-up that is missed is later than that, and one kind
    of wake-up that is always late is so in every round.
    """

    def __init__(self) -> None:
        self.all: list[float] = []

    def note(self, seconds: float, what: str) -> None:
        self.all.append(seconds)
        late = sum(one > LIMIT for one in self.all)
        if seconds > MISSED or late > 5 + len(self.all) / 100:
            raise SystemExit(
                f"{what} woke {seconds * 1000:.1f} ms late, {late} of {len(self.all)}"
                f" more than {LIMIT * 1000:.0f} ms late"
            )

    def __str__(self) -> str:
        late = sum(one > LIMIT for one in self.all)
        return (
            f"{len(self.all)} wake-ups, at worst {max(self.all) * 1000:.1f} ms late,"
            f" {late} of them more than {LIMIT * 1000:.0f} ms"
        )


class Control:
    """How late the machine is with a thread that waits for a pipe."""

    def __init__(self, workers: Workers) -> None:
        self.reading, self.writing = os.pipe()
        self.started = 0.0
        self.lateness = 0.0
        self.woken = threading.Event()
        workers.start(self.run)

    def run(self) -> None:
        while os.read(self.reading, 1) != b"q":
            self.lateness = time.monotonic() - self.started
            self.woken.set()

    def burst(self) -> None:
        self.woken.clear()
        self.started = time.monotonic()
        os.write(self.writing, b"x")

    def end(self) -> None:
        os.write(self.writing, b"q")


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


def has_arrived(arrived: list[float], count: int) -> bool:
    return len(arrived) == count


def main(transport: str, seconds: float) -> None:
    directory = tempfile.mkdtemp(prefix="zmq")
    context = zmq.Context()
    shared, peer = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
    for socket in (shared, peer):
        socket.linger = 0
        socket.sndhwm = socket.rcvhwm = 2
    shared.bind(
        {
            "inproc": "inproc://wakeups",
            "tcp": "tcp://127.0.0.1:0",
            "ipc": f"ipc://{directory}/wakeups",
        }[transport]
    )
    peer.connect(shared.last_endpoint)
    stop = threading.Event()
    workers = Workers()
    arrived: list[float] = []

    def read(socket: Any) -> None:
        while True:
            started = float(socket.recv_multipart()[1])
            arrived.append(time.monotonic() - started)

    def write(socket: Any) -> None:
        while True:
            socket.send_multipart([b"x", b"y"])

    for i in range(READERS):
        workers.start(read, zmq.Socket.shadow(shared) if i % 2 else shared)
    for i in range(WRITERS):
        workers.start(write, zmq.Socket.shadow(shared) if i % 2 else shared)
    for i in range(POKERS):
        workers.start(poke, shared, stop, i)
    control = Control(workers)
    rng = random.Random(seconds)
    lateness = Lateness()
    rounds = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rounds += 1
        arrived.clear()
        control.burst()
        burst = rng.randrange(1, 6)
        for _ in range(burst):
            peer.send_multipart([b"t", b"%r" % time.monotonic()])
        until(
            partial(has_arrived, arrived, burst),
            f"the arrival of a burst of {burst}",
            5,
        )
        until(control.woken.is_set, "the control")
        late = max(arrived) - control.lateness
        lateness.note(late, "a reader")
        # Whatever the writers may put on the way, they have to put there soon.
        drained = 0
        while drained < 20 and peer.poll(0):
            peer.recv_multipart()
            drained += 1
        control.burst()
        start = time.monotonic()
        assert peer.poll(5000), "the writers sleep although there is space"
        until(control.woken.is_set, "the control")
        late = time.monotonic() - start - control.lateness
        lateness.note(late, "a writer")
        if rounds % 10 == 0:
            stop.wait(rng.random() * 0.03)
    stop.set()
    control.end()
    shared.close()
    workers.join()
    peer.close()
    context.term()
    print(lateness)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
