"""What waits is woken when its socket is taken away: `closing.py call rounds`."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from common import GONE, Workers, until

import zmq

Socket = Any


def full_sender(context: Any) -> Socket:
    """A socket on which every send has to wait."""
    push = context.socket(zmq.PUSH)
    push.linger = 0
    push.sndhwm = 1
    push.connect("tcp://127.0.0.1:9")
    while True:
        try:
            push.send(b"x", zmq.DONTWAIT)
        except zmq.Again:
            return push


def quiet_receiver(context: Any) -> Socket:
    """A socket that never gets anything."""
    pull = context.socket(zmq.PULL)
    pull.linger = 0
    pull.bind("tcp://127.0.0.1:0")
    return pull


def with_poller(socket: Socket, *others: Any) -> object:
    poller = zmq.Poller()
    for thing in (socket, *others):
        poller.register(thing, zmq.POLLIN)
    return poller.poll()


#: Released by each thread that polls several things, once it has looked at the first.
#: Beside others a socket that is closed already is left out, and would be waited for
#: for ever.
POLLED = threading.Semaphore(0)


class QuietPipe:
    """A descriptor that never has anything, and tells when it is polled."""

    def __init__(self) -> None:
        self.descriptor = os.pipe()[0]

    def fileno(self) -> int:
        POLLED.release()
        return self.descriptor


def forward(function: Callable[..., object], socket: Socket, *rest: Any) -> object:
    backend = quiet_receiver(socket.context)
    try:
        return function(socket, backend, *rest)
    finally:
        backend.close()


def steer(socket: Socket) -> object:
    control = socket.context.socket(zmq.PAIR)
    control.bind("inproc://control")
    try:
        return forward(zmq.proxy_steerable, socket, None, control)
    finally:
        control.close()


def watch(socket: Socket) -> object:
    from zmq.backend import monitored_queue

    capture = socket.context.socket(zmq.PUB)
    try:
        return forward(monitored_queue, socket, capture, b"in", b"out")
    finally:
        capture.close()


def shadowed(socket: Socket) -> object:
    return zmq.Socket.shadow(socket).recv()


WAITS: dict[str, tuple[Callable[[Any], Socket], Callable[[Socket], object]]] = {
    "recv": (quiet_receiver, lambda s: s.recv()),
    "recv_frame": (quiet_receiver, lambda s: s.recv(copy=False)),
    "recv_multipart": (quiet_receiver, lambda s: s.recv_multipart()),
    "recv_into": (quiet_receiver, lambda s: s.recv_into(bytearray(9))),
    "recv_json": (quiet_receiver, lambda s: s.recv_json()),
    "recv_shadow": (quiet_receiver, shadowed),
    "send": (full_sender, lambda s: s.send(b"x")),
    "send_large": (full_sender, lambda s: s.send(bytearray(99_999), copy=False)),
    "send_multipart": (full_sender, lambda s: s.send_multipart([b"x", b"y"])),
    "poll": (quiet_receiver, lambda s: s.poll()),
    "pollout": (full_sender, lambda s: s.poll(None, zmq.POLLOUT)),
    "poller": (quiet_receiver, with_poller),
    "poller_fd": (quiet_receiver, lambda s: with_poller(s, QuietPipe())),
    "poller_many": (
        quiet_receiver,
        lambda s: with_poller(
            s, *(quiet_receiver(s.context) for _ in range(40)), QuietPipe()
        ),
    ),
    "select": (quiet_receiver, lambda s: zmq.select([s], [], [])),
    "zmq_poll": (quiet_receiver, lambda s: zmq.zmq_poll([(s, zmq.POLLIN)])),
    "proxy": (quiet_receiver, lambda s: forward(zmq.proxy, s)),
    "proxy_steerable": (quiet_receiver, steer),
    "monitored_queue": (quiet_receiver, watch),
}


def is_asleep(*native_ids: int) -> bool:
    """Whether the system says that each of the threads waits for something.

    It may have waited for the GIL, which this thread has: hence two looks, between
    which that is free. Whoever got it has slept once more.
    """
    before = [*map(_sleeps, native_ids)]
    if -1 in before:
        return False
    time.sleep(0.002)
    return before == [*map(_sleeps, native_ids)]


def _sleeps(native_id: int) -> int:
    """Return how often a thread that sleeps has gone to sleep; -1 of one that runs."""
    try:
        with open(f"/proc/self/task/{native_id}/status") as status:
            fields = dict(line.split(":", 1) for line in status)
    except OSError:
        return 0  # it has ended
    asleep = fields["State"].split()[0] == "S"
    return int(fields["voluntary_ctxt_switches"]) if asleep else -1


def one_round(call: str, way: str, rng: random.Random) -> None:
    context = zmq.Context()
    make, wait = WAITS[call]
    socket = make(context)
    several = 1 if call in ("proxy", "proxy_steerable", "monitored_queue") else 3
    lateness: list[float] = []
    workers = Workers()
    taken_at = [0.0]
    native_ids: list[int] = []

    def waiting() -> None:
        native_ids.append(threading.get_native_id())
        try:
            wait(socket)
        except zmq.ZMQError:
            lateness.append(time.monotonic() - taken_at[0])
            raise

    for _ in range(several):
        workers.start(waiting)
    until(lambda: len(native_ids) == several, "the start of the threads")
    if call in ("poller_fd", "poller_many"):
        assert all(POLLED.acquire(timeout=10) for _ in range(several))
    # A proxy makes the rest of its sockets first, which needs the context.
    if several == 1 or rng.random() < 0.8:
        until(lambda: is_asleep(*native_ids), "the threads waiting")
    taken_at[0] = time.monotonic()
    ending = None
    if way == "close":
        socket.close()
    elif way == "destroy":
        context.destroy(linger=0)
    elif way == "shadow":
        zmq.Socket.shadow(zmq.Socket.shadow(socket)).close()
    else:
        ending = threading.Thread(target=context.term, daemon=True)
        ending.start()
    workers.join()
    expected = (zmq.ETERM,) if way == "term" else GONE
    assert len(workers.ended_by) == several, workers.ended_by
    assert set(workers.ended_by) <= set(expected), workers.ended_by
    assert max(lateness) < 2, f"woken {max(lateness)} s late"
    socket.close()
    if ending is not None:
        context.destroy(linger=0)
        ending.join(10)
        assert not ending.is_alive()
    context.destroy(linger=0)


def main(call: str, rounds: int) -> None:
    rng = random.Random(call)
    for _ in range(rounds):
        for way in ("close", "destroy", "term", "shadow"):
            one_round(call, way, rng)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
