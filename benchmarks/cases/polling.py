"""Asking many sockets which of them are ready."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.registry import Loop, case
from benchmarks.sockets import fresh_context
from benchmarks.targets import PYZMQ, Faster


def poll(sockets: int) -> Iterator[Loop]:
    """Poll without waiting, the last socket being ready."""
    import zmq

    with fresh_context() as context:
        poller = zmq.Poller()
        for number in range(sockets):
            receiver = context.socket(zmq.PULL)
            receiver.bind(f"inproc://polling-{number}")
            poller.register(receiver, zmq.POLLIN)
        sender = context.socket(zmq.PUSH)
        sender.connect(f"inproc://polling-{sockets - 1}")
        sender.send(b"ready")
        assert poller.poll(1000) == [(receiver, zmq.POLLIN)]

        def loop(count: int) -> None:
            for _ in range(count):
                poller.poll(0)

        yield loop


@case("Poller.poll(0), 1 socket, ready", Faster(PYZMQ, 1.4), native="poll_1")
def poll_1() -> Iterator[Loop]:
    """Measure the fixed cost of polling."""
    return poll(1)


@case("Poller.poll(0), 100 sockets, one ready", Faster(PYZMQ, 1), native="poll_100")
def poll_100() -> Iterator[Loop]:
    """Measure the cost for each socket that is not ready."""
    return poll(100)
