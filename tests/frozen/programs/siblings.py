"""Uses a little of each distribution."""

from __future__ import annotations

import asyncio
import logging
import warnings

warnings.simplefilter("error")

from tornado.ioloop import IOLoop  # noqa: E402

import zmq  # noqa: E402
import zmq.auth.thread  # noqa: E402
import zmq.devices  # noqa: E402
import zmq.eventloop  # noqa: E402
import zmq.eventloop.future  # noqa: E402
import zmq.eventloop.zmqstream  # noqa: E402
import zmq.log.handlers  # noqa: E402
import zmq.ssh  # noqa: E402
from zmq.ssh._paramiko import load_paramiko  # noqa: E402


def curve(context: zmq.Context[zmq.Socket[bytes]]) -> str:
    """Refuse nobody who has a key."""
    public, secret = zmq.curve_keypair()
    authenticator = zmq.auth.thread.ThreadAuthenticator(context)
    authenticator.start()
    authenticator.configure_curve(location=zmq.auth.CURVE_ALLOW_ANY)
    try:
        with context.socket(zmq.PULL) as server, context.socket(zmq.PUSH) as client:
            server.curve_server = True
            server.curve_secretkey = secret
            port = server.bind_to_random_port("tcp://127.0.0.1")
            client.curve_serverkey = public
            client.curve_publickey, client.curve_secretkey = zmq.curve_keypair()
            client.connect(f"tcp://127.0.0.1:{port}")
            client.send_string("auth")
            return server.recv_string()
    finally:
        authenticator.stop()


def device(context: zmq.Context[zmq.Socket[bytes]]) -> str:
    """Send through a queue in a thread."""
    queue = zmq.devices.ThreadProxy(zmq.PULL, zmq.PUSH)
    ports = [
        queue.bind_in_to_random_port("tcp://127.0.0.1"),
        queue.bind_out_to_random_port("tcp://127.0.0.1"),
    ]
    queue.start()
    with context.socket(zmq.PUSH) as a, context.socket(zmq.PULL) as b:
        a.connect(f"tcp://127.0.0.1:{ports[0]}")
        b.connect(f"tcp://127.0.0.1:{ports[1]}")
        a.send_string("devices")
        received = b.recv_string()
    queue.stop()
    queue.join()
    return received


def log(context: zmq.Context[zmq.Socket[bytes]]) -> str:
    """Log to a socket."""
    with context.socket(zmq.PAIR) as far, context.socket(zmq.PAIR) as near:
        far.bind("inproc://log")
        near.connect("inproc://log")
        handler = zmq.log.handlers.PUBHandler(near)
        handler.handle(logging.makeLogRecord({"msg": "log", "levelname": "INFO"}))
        return far.recv_multipart()[-1].decode().strip()


async def stream(context: zmq.Context[zmq.Socket[bytes]]) -> str:
    """Be called back by a stream."""
    with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
        a.bind("inproc://stream")
        b.connect("inproc://stream")
        received = asyncio.get_running_loop().create_future()
        receiver = zmq.eventloop.zmqstream.ZMQStream(a, IOLoop.current())
        receiver.on_recv(received.set_result)
        b.send(b"tornado")
        (frame,) = await asyncio.wait_for(received, 10)
        receiver.close()
        return frame.decode()


def main() -> None:
    """Print what each of them returns, one a line."""
    with zmq.Context() as context:
        print(curve(context))
        print(device(context))
        print(log(context))
        print(asyncio.run(stream(context)))
    assert zmq.eventloop.IOLoop is IOLoop
    print(load_paramiko().__name__)


if __name__ == "__main__":
    main()
