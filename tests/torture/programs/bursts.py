"""Bursts and silences for those who wait on a socket."""

from __future__ import annotations

import random
import tempfile
import time
from typing import Any

from common import until
from lateness import MISSED, Control, Lateness


def connect(shared: Any, peer: Any, transport: str) -> None:
    """Connect two DEALERs in a way that both often have to wait."""
    for socket in (shared, peer):
        socket.linger = 0
        socket.sndhwm = socket.rcvhwm = 2
    shared.bind(
        {
            "inproc": "inproc://bursts",
            "tcp": "tcp://127.0.0.1:0",
            "ipc": f"ipc://{tempfile.mkdtemp(prefix='zmq')}/bursts",
        }[transport]
    )
    peer.connect(shared.last_endpoint)


class Arrivals:
    """How long messages took until somebody had received them."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def note(self, message: list[bytes]) -> None:
        """Take note of one of the peer's messages."""
        self.times.append(time.monotonic() - float(message[1]))


def send_bursts(
    peer: Any, arrivals: Arrivals, seconds: float, missed: float = MISSED
) -> Lateness:
    """Send to those who read, and take from those who write, for so many seconds.

    End the program when somebody sleeps although there is something for him.
    """
    control = Control()
    lateness = Lateness(missed)
    rng = random.Random(seconds)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        arrivals.times.clear()
        control.burst()
        burst = rng.randrange(1, 6)
        for _ in range(burst):
            peer.send_multipart([b"t", b"%r" % time.monotonic()])
        until(
            lambda burst=burst: len(arrivals.times) == burst,
            f"the arrival of a burst of {burst}",
            5,
        )
        until(control.woken.is_set, "the control")
        lateness.note(max(arrivals.times) - control.lateness, "a reader")
        # Whatever the writers may put on the way, they have to put there soon.
        drained = 0
        while drained < 20 and peer.poll(0):
            peer.recv_multipart()
            drained += 1
        control.burst()
        start = time.monotonic()
        assert peer.poll(5000), "the writers sleep although there is space"
        until(control.woken.is_set, "the control")
        lateness.note(time.monotonic() - start - control.lateness, "a writer")
        if rng.random() < 0.1:
            time.sleep(rng.random() * 0.03)
    control.end()
    return lateness
