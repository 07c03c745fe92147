"""asyncio: a server with many requests under way, and clients with time limits."""

from __future__ import annotations

import asyncio

import zmq
import zmq.asyncio


async def handle(server: zmq.asyncio.Socket, message: list[bytes]) -> None:
    """Take as long as a request takes; others go on meanwhile."""
    client, number, seconds = message
    await asyncio.sleep(float(seconds))
    await server.send_multipart([client, number, b"done"])


async def serve(server: zmq.asyncio.Socket) -> None:
    """Start a task for each request, until the socket is closed."""
    tasks = set()
    async for message in server:
        task = asyncio.create_task(handle(server, message))
        tasks.add(task)  # asyncio keeps no reference
        task.add_done_callback(tasks.discard)


async def main() -> None:
    """Ask three times at once; the answers come as they are ready."""
    context = zmq.asyncio.Context()
    server, client = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
    server.bind("inproc://server")
    client.connect("inproc://server")
    serving = asyncio.create_task(serve(server))

    for number, seconds in ((1, "0.2"), (2, "0.1"), (3, "0.0")):
        await client.send_multipart([b"%d" % number, seconds.encode()])
    for _ in range(3):
        number, word = await client.recv_multipart()
        print(f"request {number.decode()} is {word.decode()}")

    await client.send_multipart([b"4", b"0.3"])
    try:
        await asyncio.wait_for(client.recv_multipart(), timeout=0.05)
    except asyncio.TimeoutError:
        print("request 4 takes too long")
    # Nothing was lost: the answer comes to whoever receives next.
    print("request", (await client.recv_multipart())[0].decode(), "after all")

    server.close()
    await serving
    context.destroy(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
