"""Asynchronous client and server: many requests under way at once, on one connection.

The DEALER of a client does not wait for a reply before the next request. The ROUTER of
the server tells clients apart by their routing id, and answers in any order.
"""

import asyncio

import zmq
import zmq.asyncio


async def handle(server: zmq.asyncio.Socket, message: "list[bytes]") -> None:
    """Answer one request, however long that takes."""
    client, number, delay = message
    await asyncio.sleep(float(delay))
    await server.send_multipart([client, number, b"slept for %s s" % delay])


async def serve(server: zmq.asyncio.Socket) -> None:
    """Start a task for every request."""
    tasks: set[asyncio.Task[None]] = set()
    async for message in server:
        task = asyncio.ensure_future(handle(server, message))
        tasks.add(task)  # the event loop itself would not keep it
        task.add_done_callback(tasks.discard)


class Client:
    """Requests that do not wait for each other."""

    def __init__(self, sock: zmq.asyncio.Socket) -> None:
        self.sock = sock
        self.waiting: dict[bytes, asyncio.Future[bytes]] = {}
        self.count = 0

    async def request(self, data: bytes) -> bytes:
        """Send a request and return the reply to it."""
        self.count += 1
        number = b"%d" % self.count
        reply = asyncio.get_running_loop().create_future()
        self.waiting[number] = reply
        try:
            await self.sock.send_multipart([number, data])
            return await reply
        finally:
            del self.waiting[number]

    async def receive(self) -> None:
        """Hand each reply to the one who waits for it."""
        async for number, data in self.sock:
            reply = self.waiting.get(number)
            if reply is not None and not reply.done():
                reply.set_result(data)


async def main() -> None:
    """Send a slow request before a fast one."""
    context = zmq.asyncio.Context()
    server, dealer = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
    port = server.bind_to_random_port("tcp://127.0.0.1")
    dealer.connect(f"tcp://127.0.0.1:{port}")
    client = Client(dealer)
    tasks = [
        asyncio.ensure_future(serve(server)),
        asyncio.ensure_future(client.receive()),
    ]

    async def ask(delay: bytes) -> None:
        print((await client.request(delay)).decode())

    await asyncio.gather(ask(b"0.3"), ask(b"0.01"), ask(b"0.1"))
    for task in tasks:
        task.cancel()
    context.destroy(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
