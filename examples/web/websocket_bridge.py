"""A bridge between websockets and ZeroMQ: news out, orders in.

A browser cannot speak ZeroMQ. It gets text messages over a websocket from this server,
which subscribes for it, and pushes on what it sends.
"""

from __future__ import annotations

import asyncio
import json

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

import zmq
import zmq.asyncio

PORT = "tcp://127.0.0.1:*"


class Bridge:
    """Serves browsers; each has its own sockets, which end with it."""

    def __init__(self, context: zmq.asyncio.Context, news: bytes, orders: bytes):
        self.context = context
        self.news = news
        self.orders = orders

    async def __call__(self, browser: ServerConnection) -> None:
        """Serve one browser until it goes."""
        with (
            self.context.socket(zmq.SUB) as news,
            self.context.socket(zmq.PUSH) as orders,
        ):
            news.connect(self.news)
            news.subscribe("")
            orders.connect(self.orders)
            outgoing = asyncio.create_task(self.send_news(news, browser))
            try:
                async for text in browser:
                    await orders.send_string(text)
            finally:
                outgoing.cancel()

    async def send_news(self, news: zmq.asyncio.Socket, browser: ServerConnection):
        """Send what is published to the browser."""
        async for topic, content in news:
            event = {"topic": topic.decode(), "content": content.decode()}
            await browser.send(json.dumps(event))


async def main() -> None:
    """Run a bridge, a publisher, somebody who takes orders, and a client."""
    context = zmq.asyncio.Context()
    news, orders = context.socket(zmq.XPUB), context.socket(zmq.PULL)
    for sock in (news, orders):
        sock.bind(PORT)
    bridge = Bridge(context, news.last_endpoint, orders.last_endpoint)
    async with serve(bridge, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}") as browser:
            await news.recv()  # the bridge has subscribed
            await news.send_multipart([b"menu", b"soup"])
            print("the browser reads", await browser.recv())
            await browser.send("two soups, please")
            print("the kitchen reads", await orders.recv_string())
    context.destroy(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
