"""A subscriber: receives one topic of the feed, or all, and looks for gaps."""

from __future__ import annotations

import time
from collections import Counter

import zmq

from .feed import END, TOPICS
from .role import TIMEOUT, announce


def main(name: str, feed: str, topic: str = "") -> None:
    """Receive until the topics end, then tell what came."""
    with zmq.Context() as context, context.socket(zmq.SUB) as socket:
        socket.rcvtimeo = TIMEOUT
        socket.connect(feed)
        socket.subscribe(topic)
        announce(event="ready")
        received: Counter[str] = Counter()
        size = 0
        start = 0.0
        open_topics = {topic} if topic else set(TOPICS)
        while open_topics:
            subject, number, reading = socket.recv_multipart()
            start = start or time.perf_counter()
            if number == END:
                open_topics.remove(subject.decode())
                continue
            expected = received[subject.decode()]
            if int(number) != expected:
                raise SystemExit(
                    f"{name} got reading {int(number)} of {subject.decode()}"
                    f" where {expected} was due"
                )
            received[subject.decode()] += 1
            size += len(subject) + len(number) + len(reading)
        seconds = time.perf_counter() - start
    announce(event="done", received=received, bytes=size, seconds=seconds)
