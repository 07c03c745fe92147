"""Creating and closing sockets, and reading their options."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.registry import Loop, case
from benchmarks.sockets import fresh_context
from benchmarks.targets import PYZMQ, Faster


@case("reading two options", Faster(PYZMQ, 5), native="read_options")
def read_options() -> Iterator[Loop]:
    """Measure options as attributes."""
    import zmq

    with fresh_context() as context:
        socket = context.socket(zmq.DEALER)

        def loop(count: int) -> None:
            for _ in range(count):
                socket.linger  # noqa: B018
                socket.rcvhwm  # noqa: B018

        yield loop


@case("create and close a socket", Faster(PYZMQ, 1.2), native="create_close")
def create_close() -> Iterator[Loop]:
    """Measure a socket that does nothing in its life."""
    import errno

    import zmq

    with fresh_context() as context:

        def create() -> zmq.Socket[bytes]:
            # Closed sockets return their slot only when libzmq's reaper thread gets
            # to them, and a fast loop can be ahead of it by all there are.
            while True:
                try:
                    return context.socket(zmq.DEALER)
                except zmq.ZMQError as error:
                    if error.errno != errno.EMFILE:
                        raise

        def loop(count: int) -> None:
            for _ in range(count):
                create().close()

        yield loop
