"""What passes through a proxy, with the C program at both of its ends."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from benchmarks.peers import pump
from benchmarks.registry import Loop, case
from benchmarks.sockets import fresh_context
from benchmarks.targets import C, Faster

BATCH = 500
"""Messages in one turn of the pump."""
NEEDED = ("zmq.devices",)


@case("zmq.proxy, 100 B, tcp, two processes", Faster(C, 0.9), native="proxy", per=BATCH)
def proxy() -> Iterator[Loop]:
    """Measure the loop that needs no GIL."""
    import zmq

    with fresh_context() as context:
        frontend, backend = context.socket(zmq.PULL), context.socket(zmq.PUSH)
        ports = [
            socket.bind_to_random_port("tcp://127.0.0.1")
            for socket in (frontend, backend)
        ]
        frontend.linger = backend.linger = 0

        def forward() -> None:
            ended = contextlib.suppress(zmq.ContextTerminated)
            with frontend, backend, ended:
                zmq.proxy(frontend, backend)

        thread = threading.Thread(target=forward)
        thread.start()
        with pump(*(f"tcp://127.0.0.1:{port}" for port in ports)) as loop:
            yield loop
        # Terminating the context is what ends a proxy.
        context.term()
        thread.join()


def device(kind: str, *arguments: Any) -> Iterator[Loop]:
    """Measure a device of `zmq.devices` that copies each message to a PUB socket."""
    import zmq
    import zmq.devices

    with fresh_context() as context:
        made: Any = getattr(zmq.devices, kind)
        running = made(zmq.PULL, zmq.PUSH, zmq.PUB, *arguments)
        running.context_factory = lambda: context
        running.daemon = True
        ports = [
            running.bind_in_to_random_port("tcp://127.0.0.1"),
            running.bind_out_to_random_port("tcp://127.0.0.1"),
        ]
        running.bind_mon("inproc://monitor")
        for side in ("in", "out"):
            getattr(running, f"setsockopt_{side}")(zmq.LINGER, 0)
        running.start()
        with pump(*(f"tcp://127.0.0.1:{port}" for port in ports)) as loop:
            yield loop
        context.term()
        running.join(5)


@case(
    "ThreadProxy with a monitor, 100 B",
    Faster(C, 0.9),
    native="proxy_captured",
    per=BATCH,
    modules=NEEDED,
)
def device_proxy() -> Iterator[Loop]:
    """Have each message copied."""
    return device("ThreadProxy")


@case(
    "ThreadMonitoredQueue, 100 B",
    Faster(C, 0.9),
    native="proxy_captured",
    per=BATCH,
    modules=NEEDED,
)
def device_monitored_queue() -> Iterator[Loop]:
    """Have each message copied, with a prefix."""
    return device("ThreadMonitoredQueue", b"in", b"out")
