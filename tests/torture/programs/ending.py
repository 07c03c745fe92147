"""Several threads end one context at once, while others use it: `ending.py rounds`."""

from __future__ import annotations

import itertools
import random
import sys
import threading
from typing import Any

from common import Workers

import zmq

numbers = itertools.count()


def use(context: Any, start: threading.Barrier) -> None:
    """Make, use and close sockets until the context is no more."""
    start.wait()
    sockets = []
    try:
        while True:
            socket = context.socket(zmq.PAIR)
            sockets.append(socket)
            socket.linger = 0
            context.get(zmq.MAX_SOCKETS)
            # A closed socket gives its address back later than Python its id.
            socket.bind(f"inproc://{next(numbers)}")
            socket.poll(0)
            if len(sockets) > 5:
                sockets.pop(0).close()
    except RuntimeError:
        pass  # what options of an ended context raise
    except zmq.ZMQError as error:
        if error.errno not in (zmq.ETERM, zmq.ENOTSOCK, zmq.EFAULT, zmq.ENOTSUP):
            raise
    finally:
        for socket in sockets:
            socket.close()


def end(context: Any, start: threading.Barrier, way: str) -> None:
    start.wait()
    if way == "term":
        context.term()
    else:
        context.destroy(linger=0)


def main(rounds: int) -> None:
    rng = random.Random(rounds)
    for _ in range(rounds):
        context = zmq.Context()
        workers = Workers()
        ways = [rng.choice(("term", "destroy")) for _ in range(3)]
        start = threading.Barrier(len(ways) + 3)
        for _ in range(3):
            workers.start(use, context, start)
        for way in ways:
            workers.start(end, context, start, way)
        workers.join(20)
        assert context.closed


if __name__ == "__main__":
    main(int(sys.argv[1]))
