"""A worker: answers each request with its digest."""

from __future__ import annotations

import contextlib
import hashlib

import zmq

from .role import announce, when_told_to_stop


def work(context: zmq.Context[zmq.Socket[bytes]], name: str, broker: str) -> int:
    """Answer requests until the context is terminated; return how many there were."""
    answered = 0
    with context.socket(zmq.REP) as socket:
        socket.linger = 0
        socket.connect(broker)
        with contextlib.suppress(zmq.ContextTerminated):
            while True:
                request = socket.recv()
                digest = hashlib.sha256(request).digest()
                socket.send_multipart([name.encode(), digest])
                answered += 1
    return answered


def main(name: str, broker: str) -> None:
    """Work for the broker until the demo says stop."""
    context = zmq.Context()
    when_told_to_stop(context.term)
    announce(event="ready")
    answered = work(context, name, broker)
    announce(event="done", answered=answered)
