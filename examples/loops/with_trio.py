"""trio: coroutine sockets, nurseries and cancel scopes."""

from __future__ import annotations

import trio

import zmq
import zmq.trio


async def serve(server: zmq.trio.Socket) -> None:
    """Reply until the socket is closed."""
    async for (request,) in server:
        await server.send(request.upper())


async def main() -> None:
    """Ask a server in another task, with a time limit."""
    async with (
        zmq.trio.Context() as context,
        context.socket(zmq.REP) as server,
        context.socket(zmq.REQ) as client,
        trio.open_nursery() as nursery,
    ):
        port = server.bind_to_random_port("tcp://127.0.0.1")
        client.connect(f"tcp://127.0.0.1:{port}")
        nursery.start_soon(serve, server)
        with trio.fail_after(5):
            for word in (b"hello", b"trio"):
                await client.send(word)
                print(await client.recv())
        await client.send(b"again")
        with trio.move_on_after(0):
            await client.recv()  # cancelled: it has taken no message
        print(await client.recv())
        server.close()


if __name__ == "__main__":
    trio.run(main)
