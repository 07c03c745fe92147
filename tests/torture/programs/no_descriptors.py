"""A peer connects by ipc to a process that has no descriptor left."""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path

import zmq
from zmq.utils.monitor import recv_monitor_message


def send(address: str, go: int) -> None:
    """Connect when it is told to, send, and stay until the other one has ended."""
    os.read(go, 1)
    with zmq.Context() as context, context.socket(zmq.PUSH) as socket:
        socket.linger, socket.sndtimeo = 0, 20_000
        socket.connect(address)
        socket.send(b"x")
        os.read(go, 1)


def main() -> None:
    """Let it wait, and then have a descriptor."""
    with tempfile.TemporaryDirectory() as directory:
        address = f"ipc://{Path(directory, 'socket')}"
        go_read, go = os.pipe()
        if os.fork() == 0:
            os.close(go)
            send(address, go_read)
            os._exit(0)
        context = zmq.Context()
        context.rcvtimeo = 20_000
        socket = context.socket(zmq.PULL)
        socket.bind(address)
        monitor = socket.get_monitor_socket(zmq.EVENT_ACCEPT_FAILED)
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
        taken: list[int] = []
        try:
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            os.write(go, b"1")
        assert recv_monitor_message(monitor)["event"] == zmq.EVENT_ACCEPT_FAILED
        for fd in taken:
            os.close(fd)
        assert socket.recv() == b"x"
        os.close(go)
        os.wait()
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
