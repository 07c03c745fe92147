"""Throughput between processes, and round trips between threads and processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.peers import peer
from benchmarks.registry import Loop, case
from benchmarks.sockets import echo_thread, fresh_context
from benchmarks.targets import PYZMQ, Faster

if TYPE_CHECKING:
    import zmq


@case(
    "tcp throughput, 100 B, two processes", Faster(PYZMQ, 1.5), native="tcp_throughput"
)
def tcp_throughput() -> Iterator[Loop]:
    """Receive from a process that sends as fast as it can."""
    import zmq

    with fresh_context() as context:
        receiver = context.socket(zmq.PULL)
        port = receiver.bind_to_random_port("tcp://127.0.0.1")
        with peer("flood", f"tcp://127.0.0.1:{port}"):
            assert receiver.poll(10_000), "the sender did not start within 10 s"

            def loop(count: int) -> None:
                for _ in range(count):
                    receiver.recv()

            yield loop


def round_trips(socket: zmq.Socket[bytes]) -> Loop:
    """Return a loop of requests that each wait for their reply."""

    def loop(count: int) -> None:
        for _ in range(count):
            socket.send(b"request-16-bytes")
            socket.recv()

    return loop


@case(
    "REQ/REP round trip, two threads, inproc",
    Faster(PYZMQ, 1, noise=0.05),
    native="req_rep_threads",
)
def req_rep_threads() -> Iterator[Loop]:
    """Measure waking another thread up, which takes the GIL with it."""
    import zmq

    with fresh_context() as context:
        socket = context.socket(zmq.REQ)
        socket.bind("inproc://echo")
        with echo_thread(context, "inproc://echo"):
            yield round_trips(socket)
            socket.send(b"stop")
            socket.recv()


@case(
    "REQ/REP round trip, two processes, tcp",
    Faster(PYZMQ, 1, noise=0.05),
    native="req_rep_processes",
)
def req_rep_processes() -> Iterator[Loop]:
    """Measure the latency of the network path."""
    import zmq

    with fresh_context() as context:
        socket = context.socket(zmq.REQ)
        port = socket.bind_to_random_port("tcp://127.0.0.1")
        with peer("echo", f"tcp://127.0.0.1:{port}"):
            yield round_trips(socket)
