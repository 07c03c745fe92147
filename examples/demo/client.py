"""A client: asks, waits for the answer, checks it, and asks again."""

from __future__ import annotations

import hashlib
import time
from collections import Counter

import zmq

from .role import TIMEOUT, announce, wait_for_go


def main(name: str, broker: str, seconds: str) -> None:
    """Ask for so many seconds, then tell who answered and how fast."""
    with zmq.Context() as context, context.socket(zmq.REQ) as socket:
        socket.linger = 0
        socket.rcvtimeo = socket.sndtimeo = TIMEOUT
        socket.connect(broker)
        announce(event="ready")
        wait_for_go()
        workers: Counter[str] = Counter()
        times: list[float] = []
        start = now = time.perf_counter()
        while now - start < float(seconds):
            request = f"{name} asks for the {len(times)}th time".encode()
            socket.send(request)
            worker, digest = socket.recv_multipart()
            if digest != hashlib.sha256(request).digest():
                raise SystemExit(f"{name} got a wrong answer from {worker.decode()}")
            workers[worker.decode()] += 1
            before, now = now, time.perf_counter()
            times.append(now - before)
    times.sort()
    announce(
        event="done",
        workers=workers,
        seconds=now - start,
        median=times[len(times) // 2],
        slowest_percent=times[len(times) * 99 // 100],
    )
