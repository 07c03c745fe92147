"""A socket closes while its peer reads slowly, or not at all: nothing is lost unsaid.

Without the patches of zmq-core libzmq loses what it has taken from the queue, and the
system has not taken yet.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

import common

import zmq

# Less than this many messages fill all buffers on their way.
MOST = 45
MESSAGE = bytes(1000)


def connected(kind: str, peer_kind: str) -> tuple[Any, Any]:
    """Return two sockets, of two contexts, with little space between them."""
    sender = zmq.Context().socket(getattr(zmq, kind))
    receiver = zmq.Context().socket(getattr(zmq, peer_kind))
    sender.sndhwm, sender.sndbuf = 0, 4096
    receiver.rcvhwm, receiver.rcvbuf, receiver.rcvtimeo = 1, 4096, 10_000
    # Who has bound does not connect again, to nobody, when its peer has gone.
    sender.bind("tcp://127.0.0.1:0")
    receiver.connect(sender.last_endpoint.decode())
    sender.send(b"first")
    assert receiver.recv() == b"first"
    return sender, receiver


def received(receiver: Any, n: int) -> int:
    """Return how many of so many messages are there, or come until the peer is gone."""
    monitor = receiver.get_monitor_socket(zmq.Event.DISCONNECTED)
    poller = zmq.Poller()
    poller.register(receiver, zmq.POLLIN)
    poller.register(monitor, zmq.POLLIN)
    count = 0
    while count < n:
        ready = dict(poller.poll(10_000))
        assert ready, "neither a message nor the end of the connection"
        if receiver in ready:
            receiver.recv()
            count += 1
        elif not receiver.poll(100):
            break
    receiver.disable_monitor()
    return count


def unread(*kinds: str) -> None:
    """Nothing is read before the flush is over: it must not say that all is sent."""
    ended = {True: 0, False: 0}
    for n in range(1, MOST):
        sender, receiver = connected(*kinds)
        for _ in range(n):
            sender.send(MESSAGE)
        try:
            sender.close(flush=0.05)
            all_sent = True
        except zmq.TimedOut:
            all_sent = False
        ended[all_sent] += 1
        sender.context.term(timeout=10)
        if all_sent:
            count = received(receiver, n)
            assert count == n, f"{count} of {n} have arrived"
        receiver.context.destroy(linger=0, timeout=10)
    assert all(ended.values()), ended


def slowly(*kinds: str) -> None:
    """All arrives where the peer reads at last, with the default LINGER, too."""
    for n in range(MOST - 15, MOST):
        sender, receiver = connected(*kinds)
        for _ in range(n):
            sender.send(MESSAGE)
        counts: list[int] = []

        def read(receiver: Any = receiver, n: int = n, to: list[int] = counts) -> None:
            to.append(received(receiver, n))

        reading = threading.Timer(0.02, read)
        reading.start()
        sender.close(flush=20 if n % 2 else None)
        sender.context.term(timeout=20)
        reading.join()
        assert counts == [n], f"{counts} of {n} have arrived"
        receiver.context.destroy(linger=0, timeout=10)


def peer_goes(*kinds: str) -> None:
    """With any LINGER, the context ends when the peer has gone without reading."""
    for n in range(1, MOST):
        sender, receiver = connected(*kinds)
        for _ in range(n):
            sender.send(MESSAGE)
        sender.close(linger=-1)
        receiver.context.destroy(linger=0, timeout=10)
        sender.context.term(timeout=10)


if __name__ == "__main__":
    assert common
    globals()[sys.argv[1]](*sys.argv[2:])
