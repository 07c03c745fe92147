"""tornado: a stream calls back for each message, and can be held up."""

from __future__ import annotations

import asyncio

import zmq
from zmq.eventloop.zmqstream import ZMQStream


class Counter:
    """Counts what arrives, and tells when it is enough."""

    def __init__(self, stream: ZMQStream, wanted: int) -> None:
        self.done = asyncio.Event()
        self.received: list[bytes] = []
        self.wanted = wanted
        self.stream = stream
        stream.on_recv(self.count)

    def count(self, message: list[bytes]) -> None:
        """Take one message."""
        self.received += message
        if len(self.received) == self.wanted:
            self.stream.stop_on_recv()  # leave the others where they are
            self.done.set()


async def main() -> None:
    """Send ten messages, take seven, and then the rest."""
    with zmq.Context() as context:
        receiver = context.socket(zmq.PULL)
        receiver.bind("inproc://stream")
        sender = ZMQStream(context.socket(zmq.PUSH))
        sender.connect("inproc://stream")
        stream = ZMQStream(receiver)
        for number in range(10):
            sender.send(b"%d" % number)

        first = Counter(stream, 7)
        await asyncio.wait_for(first.done.wait(), 5)
        print("first", b" ".join(first.received).decode())
        rest = Counter(stream, 3)
        await asyncio.wait_for(rest.done.wait(), 5)
        print("then", b" ".join(rest.received).decode())
        stream.close(linger=0)
        sender.close(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
