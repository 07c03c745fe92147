"""Says hello with asyncio and with gevent, and looks at what is imported late."""

from __future__ import annotations

import asyncio
import importlib
import os
import warnings

warnings.simplefilter("error")

import gevent  # noqa: E402

import zmq  # noqa: E402
import zmq.asyncio  # noqa: E402
import zmq.green  # noqa: E402


async def with_asyncio() -> str:
    """Send and receive in an event loop, after a poll."""
    with zmq.asyncio.Context() as c, c.socket(zmq.PAIR) as a, c.socket(zmq.PAIR) as b:
        port = a.bind_to_random_port("tcp://127.0.0.1")
        b.connect(f"tcp://127.0.0.1:{port}")
        await b.send_string("asyncio")
        poller = zmq.asyncio.Poller()
        poller.register(a, zmq.POLLIN)
        assert await poller.poll(10_000) == [(a, zmq.POLLIN)]
        return await a.recv_string()


def with_green() -> str:
    """Receive in one greenlet what another sends."""
    with zmq.green.Context() as c, c.socket(zmq.PAIR) as a, c.socket(zmq.PAIR) as b:
        port = a.bind_to_random_port("tcp://127.0.0.1")
        b.connect(f"tcp://127.0.0.1:{port}")
        receiver = gevent.spawn(a.recv_string)
        poller = zmq.green.Poller()
        poller.register(b, zmq.POLLOUT)
        assert poller.poll(10_000) == [(b, zmq.POLLOUT)]
        b.send_string("green")
        return receiver.get(timeout=10)


def hint() -> str:
    """Return what an error says beyond libzmq's words: compiled code imports it."""
    with zmq.Context() as context, context.socket(zmq.PAIR) as socket:
        try:
            socket.connect("tcp://127.0.0.1")
        except zmq.ZMQError as error:
            return str(error)
    raise AssertionError("no error")


def absent() -> str:
    """Return what the import of a part says that is not in the program."""
    try:
        # No tool may know the name, to put the part into the program.
        importlib.import_module(f"zmq.{os.environ.get('PART', 'log')}")
    except ModuleNotFoundError as error:
        return str(error)
    raise AssertionError("no error")


def main() -> None:
    """Print what each of them returns, one a line."""
    print(asyncio.run(with_asyncio()))
    print(with_green())
    print(hint())
    print(absent().replace("\n", " "))
    # Imported when somebody asks: for z85 by its name, for the text of an option.
    print(zmq.utils.z85.encode(bytes(4)).decode())
    print(type(zmq.Socket.linger.__doc__).__name__)


if __name__ == "__main__":
    main()
