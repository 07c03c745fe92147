"""anyio on asyncio: task groups and cancel scopes around zmq.asyncio."""

from __future__ import annotations

import anyio

import zmq
import zmq.asyncio


async def serve(server: zmq.asyncio.Socket) -> None:
    """Reply until cancelled."""
    while True:
        await server.send((await server.recv()).upper())


async def main() -> None:
    """Ask a server in another task, with a time limit."""
    context = zmq.asyncio.Context()
    with context.socket(zmq.REP) as server, context.socket(zmq.REQ) as client:
        port = server.bind_to_random_port("tcp://127.0.0.1")
        client.connect(f"tcp://127.0.0.1:{port}")
        async with anyio.create_task_group() as group:
            group.start_soon(serve, server)
            with anyio.fail_after(5):
                await client.send(b"hello")
                print(await client.recv())
            await client.send(b"again")
            with anyio.move_on_after(0):
                await client.recv()  # cancelled: it has taken no message
            print(await client.recv())
            group.cancel_scope.cancel()
    context.term()


if __name__ == "__main__":
    anyio.run(main, backend="asyncio")
