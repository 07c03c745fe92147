"""Sockets for trio, and for AnyIO: every blocking method is a coroutine function.

::

    import trio
    import zmq.trio

    async def main():
        async with zmq.trio.Context() as ctx, ctx.socket(zmq.PULL) as sock:
            sock.bind("tcp://127.0.0.1:5555")
            async for message in sock:
                print(message)

    trio.run(main)

The same sockets work on asyncio, where AnyIO runs on that.
"""

from __future__ import annotations

from zmq.trio._context import Context as Context
from zmq.trio._poller import Poller as Poller
from zmq.trio._socket import Socket as Socket

__all__ = ["Context", "Poller", "Socket"]
