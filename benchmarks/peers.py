"""The other process of a case: floods an address, or echoes what comes from it.

Run as ``python -m benchmarks.peers ROLE ADDRESS BINDING``; it ends when its standard
input does, so that it cannot outlive the process that measures.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import ModuleType

from .registry import Loop, SkippedError

NATIVE = "ZMQ_BENCHMARKS_NATIVE"
"""The environment variable that has the path of the C program."""


@contextlib.contextmanager
def peer(
    role: str, address: str, binding: str = "zmq", busy_poll: float = 0
) -> Iterator[None]:
    """Keep a peer of the given role running, on this interpreter, for the block."""
    command = [sys.executable, "-m", "benchmarks.peers", role, address, binding]
    command += [str(busy_poll)] if busy_poll else []
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            yield
        finally:
            process.kill()


@contextlib.contextmanager
def pump(frontend: str, backend: str) -> Iterator[Loop]:
    """Yield a loop that passes batches through a proxy, from another process.

    The process is the C program, which is faster than any proxy: so it is the proxy
    that is measured.
    """
    if NATIVE not in os.environ:
        raise SkippedError("needs the C program at the other end")
    command = [os.environ[NATIVE], "--pump", frontend, backend]
    with subprocess.Popen(
        command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        orders, receipts = process.stdin, process.stdout

        def loop(count: int) -> None:
            orders.write(struct.pack("l", count))
            assert receipts.read(struct.calcsize("l")), "the pump ended"

        try:
            yield loop
        finally:
            process.kill()


def flood(zmq: ModuleType, address: str, *_: str) -> None:
    """Send 100-byte messages as fast as they go."""
    socket = zmq.Context().socket(zmq.PUSH)
    socket.connect(address)
    message = bytes(100)
    while True:
        socket.send(message)


def echo(zmq: ModuleType, address: str, busy_poll: str = "") -> None:
    """Answer every request with itself."""
    socket = zmq.Context().socket(zmq.REP)
    if busy_poll:
        socket.busy_poll = float(busy_poll)
    socket.connect(address)
    while True:
        socket.send(socket.recv())


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    {"flood": flood, "echo": echo}[sys.argv[1]](
        importlib.import_module(sys.argv[3]), sys.argv[2], *sys.argv[4:]
    )
