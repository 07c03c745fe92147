"""Everything that polls wakes in time: `pollers.py transport seconds`.

Threads wait for the same sockets, each in its own way, while others look at EVENTS,
which empties the descriptors they all sleep on. Whenever a message comes, every one
of them has to tell, as soon as a thread that waits for a pipe does.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from common import Workers, until
from lateness import Control, Lateness
from wakeups import poke

import zmq


def poller(*things: Any) -> zmq.Poller:
    made = zmq.Poller()
    for thing in things:
        made.register(thing, zmq.POLLIN)
    return made


def ways(socket: Any, quiet: list[Any]) -> list[Callable[[], object]]:
    """Make ways to wait, all of which are wakened by a message for `socket`."""
    shadow = zmq.Socket.shadow(socket)
    pipe = os.pipe()[0]
    alone, several = poller(socket), poller(*quiet, socket, pipe)
    many = poller(*quiet, shadow)
    return [
        socket.poll,
        lambda: shadow.poll(60_000),
        alone.poll,
        several.poll,
        lambda: many.poll(60_000),
        lambda: zmq.select([*quiet, socket, pipe], [], []),
        lambda: zmq.select([shadow], [], [], 60),
        lambda: zmq.zmq_poll([(socket, zmq.POLLIN), (quiet[0], zmq.POLLIN)]),
    ]


class Rounds:
    """Lets every waiter wait once a round, and notes when it woke."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.waiting = 0
        self.woken: list[float] = []
        self.over = False

    def run(self, wait: Callable[[], object]) -> None:
        number = 0
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.number > number)  # noqa: B023
                number = self.number
                if self.over:
                    return
                self.waiting += 1
            found = wait()
            now = time.monotonic()
            assert found, "woken without an event, and without a timeout"
            with self.changed:
                self.woken.append(now)

    def begin(self) -> None:
        with self.changed:
            self.woken.clear()
            self.waiting = 0
            self.number += 1
            self.changed.notify_all()

    def all_wait(self, count: int) -> bool:
        return self.waiting == count

    def all_woken(self, count: int) -> bool:
        return len(self.woken) == count


def main(transport: str, seconds: float) -> None:
    directory = tempfile.mkdtemp(prefix="zmq")
    context = zmq.Context()
    socket, peer = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    quiet = [context.socket(zmq.PULL) for _ in range(10)]
    for other in (socket, peer, *quiet):
        other.linger = 0
    socket.bind(
        {
            "inproc": "inproc://pollers",
            "tcp": "tcp://127.0.0.1:0",
            "ipc": f"ipc://{directory}/pollers",
        }[transport]
    )
    peer.connect(socket.last_endpoint)
    stop = threading.Event()
    rounds, workers = Rounds(), Workers()
    waits = ways(socket, quiet)
    for wait in waits:
        workers.start(rounds.run, wait)
    for i in range(2):
        workers.start(poke, socket, stop, i)
    control = Control()
    rng = random.Random(seconds)
    lateness = Lateness()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rounds.begin()
        until(partial(rounds.all_wait, len(waits)), "that all wait")
        stop.wait(rng.random() * 0.003)
        control.burst()
        sent = time.monotonic()
        peer.send(b"wake up")
        woken = partial(rounds.all_woken, len(waits))
        until(woken, "the waking of every waiter", 5)
        until(control.woken.is_set, "the control")
        late = max(rounds.woken) - sent - control.lateness
        lateness.note(late, "a waiter")
        assert socket.recv() == b"wake up"
    stop.set()
    control.end()
    socket.close()
    for other in quiet:
        other.close()
    rounds.over = True
    rounds.begin()
    workers.join()
    peer.close()
    context.term()
    print(lateness)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
