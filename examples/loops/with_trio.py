"""trio: wait for a socket's descriptor, and only when there is nothing to do.

The descriptor tells that *something* has happened, once, and not that there is a
message. So: first try, then wait; and let a single task use the socket.
"""

from __future__ import annotations

import trio

import zmq


async def recv_multipart(sock: zmq.Socket[bytes]) -> list[bytes]:
    """Receive a message, or be cancelled and receive nothing."""
    await trio.lowlevel.checkpoint()
    while True:
        try:
            return sock.recv_multipart(zmq.DONTWAIT)
        except zmq.Again:
            await trio.lowlevel.wait_readable(sock.fileno())


async def send_multipart(sock: zmq.Socket[bytes], frames: list[bytes]) -> None:
    """Send a message, or be cancelled and send nothing."""
    await trio.lowlevel.checkpoint()
    while True:
        try:
            sock.send_multipart(frames, zmq.DONTWAIT)
            return
        except zmq.Again:
            # Readable: for this descriptor it means that the socket has changed.
            await trio.lowlevel.wait_readable(sock.fileno())


async def serve(server: zmq.Socket[bytes]) -> None:
    """Reply until cancelled."""
    while True:
        (request,) = await recv_multipart(server)
        await send_multipart(server, [request.upper()])


async def main() -> None:
    """Ask a server in another task, with a time limit."""
    with (
        zmq.Context() as context,
        context.socket(zmq.REP) as server,
        context.socket(zmq.REQ) as client,
    ):
        port = server.bind_to_random_port("tcp://127.0.0.1")
        client.connect(f"tcp://127.0.0.1:{port}")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(serve, server)
            for word in (b"hello", b"trio"):
                await send_multipart(client, [word])
                print(await recv_multipart(client))
            await send_multipart(client, [b"again"])
            with trio.move_on_after(0):
                await recv_multipart(client)  # cancelled: it has taken no message
            print(await recv_multipart(client))
            nursery.cancel_scope.cancel()


if __name__ == "__main__":
    trio.run(main)
