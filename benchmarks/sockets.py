"""Connected sockets and echo threads for the cases, cleaned up on the way out."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zmq


@contextlib.contextmanager
def fresh_context() -> Iterator[zmq.Context[zmq.Socket[bytes]]]:
    """Yield a context, and destroy it with whatever sockets are left in it."""
    import zmq

    context = zmq.Context()
    try:
        yield context
    finally:
        context.destroy(linger=0)


@contextlib.contextmanager
def inproc_pair(
    high_water_mark: int = 1000,
) -> Iterator[tuple[zmq.Socket[bytes], zmq.Socket[bytes]]]:
    """Yield a PUSH socket and the PULL socket it is connected to."""
    import zmq

    with fresh_context() as context:
        receiver = context.socket(zmq.PULL)
        receiver.rcvhwm = high_water_mark
        receiver.bind("inproc://pair")
        sender = context.socket(zmq.PUSH)
        sender.sndhwm = high_water_mark
        sender.connect("inproc://pair")
        yield sender, receiver


@contextlib.contextmanager
def echo_thread(
    context: zmq.Context[zmq.Socket[bytes]], address: str, busy_poll: float = 0
) -> Iterator[None]:
    """Answer requests at ``address`` from another thread; ends on b"stop"."""
    import zmq

    def answer() -> None:
        with context.socket(zmq.REP) as socket:
            if busy_poll:
                socket.busy_poll = busy_poll
            socket.connect(address)
            message = b""
            while message != b"stop":
                message = socket.recv()
                socket.send(message)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield
    finally:
        thread.join()
