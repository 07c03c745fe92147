"""Peers that come, take some messages and go, and one sender: nothing torn or stuck."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from common import PATCHES, Workers

import zmq
import zmq.asyncio

FRAMES = 4
STUCK = 5.0  # seconds for one message to be sent, or refused, while peers come and go
# With three peers and more libzmq itself may send the tail of a message to a wrong one,
# where another one's end comes between two frames (lb_t::pipe_terminated, up to 4.3.5):
# docs/explanation/differences.md tells when. Without our patch it can cope with two.
MANY = 3 if "lb-message-stays-with-its-peer" in PATCHES else 2
PEERS = {
    "PUSH": (zmq.PULL, MANY),
    "DEALER": (zmq.DEALER, MANY),
    "PAIR": (zmq.PAIR, 1),
    "REQ": (zmq.ROUTER, MANY),
    "ROUTER": (zmq.DEALER, 3),
    "PUB": (zmq.SUB, 3),
    "XPUB": (zmq.SUB, 3),
}


def message(number: int) -> list[bytes]:
    """Frames that each tell which one of which message it is; one is large."""
    parts = [b"%d %d" % (number, i) for i in range(FRAMES)]
    parts[number % FRAMES] += b" " * (40 << number % 3 * 5)
    return parts


def is_whole(parts: list[bytes], frames: int) -> bool:
    """Whether a peer has received what was sent, all of its frames."""
    words = [part.split() for part in parts]
    return (
        all(
            len(word) == 2 and word[0] == words[0][0] and word[1] == b"%d" % i
            for i, word in enumerate(words)
        )
        and len(parts) == frames
    )


class Peers:
    """Threads that connect, take some messages, and close."""

    def __init__(self, context: zmq.Context[Any], kind: str, goal: int) -> None:
        self.context = context
        self.kind, self.n = PEERS[kind]
        self.names: dict[int, bytes] | None = {} if kind == "ROUTER" else None
        self.goal = goal
        self.frames = FRAMES
        self.address = b""
        self.gone = 0
        self.received = 0
        self.torn: list[list[bytes]] = []
        self.over = False

    def live(self, seed: int) -> None:
        """Be one peer after the other."""
        chance = random.Random(seed)
        while not self.over:
            with self.context.socket(self.kind) as sock:
                sock.linger = 0
                sock.rcvhwm = chance.choice([1, 5, 100])
                sock.rcvtimeo = 50
                if self.kind == zmq.SUB:
                    sock.subscribe(b"")
                if self.names is not None:
                    self.names[seed] = sock.routing_id = b"%d-%d" % (seed, self.gone)
                sock.connect(self.address)
                self.take(sock, chance.randrange(1, 60))
            self.gone += 1
            if self.n == 1:
                time.sleep(0.001)  # a PAIR turns away whoever comes too early

    def take(self, sock: zmq.Socket[bytes], n: int) -> None:
        """Receive some messages; answer requests."""
        for _ in range(n):
            try:
                parts = sock.recv_multipart()
            except zmq.Again:
                return
            head = []
            if self.kind == zmq.ROUTER:
                head = parts[:2]
                if len(head) < 2 or head[1]:
                    self.torn.append(parts)
                    continue
                parts = parts[2:]
            self.received += 1
            if not is_whole(parts, self.frames):
                self.torn.append(parts)
            if head:
                sock.send_multipart([*head, b"reply"])


class Sender:
    """Sends numbered messages in one of several ways."""

    def __init__(self, sock: zmq.Socket[bytes], peers: Peers) -> None:
        self.sock = sock
        self.peers = peers
        self.slowest = 0.0
        self.sent = 0
        self.again = 0
        self.began = time.monotonic()

    def messages(self) -> Iterator[list[bytes]]:
        """What is to be sent, while peers come and go."""
        for number in count():
            if self.peers.gone >= self.peers.goal:
                return
            self.began = time.monotonic()
            names = self.peers.names
            head = [] if names is None else [names.get(number % self.peers.n, b"?")]
            yield head + message(number)[: self.peers.frames]
            self.slowest = max(self.slowest, time.monotonic() - self.began)

    def blocking(self) -> None:
        """Wait for whoever takes it."""
        for parts in self.messages():
            self.sock.send_multipart(parts)
            self.sent += 1

    def dontwait(self) -> None:
        """Be told when nobody does."""
        self.sock.sndtimeo = 100  # says nothing about those that do not wait
        for parts in self.messages():
            self.once(parts, zmq.DONTWAIT)

    def timeout(self) -> None:
        """Wait for a while."""
        self.sock.sndtimeo = 5
        for parts in self.messages():
            self.once(parts, 0)

    def once(self, parts: list[bytes], flags: int) -> None:
        """Send a message, or be refused."""
        try:
            self.sock.send_multipart(parts, flags)
            self.sent += 1
        except zmq.Again:
            self.again += 1
            time.sleep(0.0001)

    def zerocopy(self) -> None:
        """Lend the frames."""
        self.sock.copy_threshold = 0
        for parts in self.messages():
            self.sock.send_multipart(parts, copy=False)
            self.sent += 1

    def many(self) -> None:
        """Send bursts."""
        for parts in self.messages():
            burst = [parts] * 20
            while burst and self.peers.gone < self.peers.goal:
                done = self.sock.send_many(burst)
                self.sent += done
                burst = burst[done:]

    def by_hand(self) -> None:
        """Send each frame by itself."""
        for parts in self.messages():
            for part in parts[:-1]:
                self.sock.send(part, zmq.SNDMORE)
            self.sock.send(parts[-1])
            self.sent += 1

    def requests(self) -> None:
        """Send requests, and wait for replies; a server may go without one."""
        self.sock.req_relaxed = True
        self.sock.rcvtimeo = 200
        for parts in self.messages():
            self.sock.send_multipart(parts)
            self.sent += 1
            try:
                self.sock.recv_multipart()
            except zmq.Again:
                self.again += 1

    def lone(self) -> None:
        """Requests of a single frame."""
        self.peers.frames = 1
        self.requests()

    def asyncio(self) -> None:
        """Send from an event loop."""
        asyncio.run(self.asynchronous())

    def uvloop(self) -> None:
        """Send from a loop of uvloop."""
        import uvloop

        loop = uvloop.new_event_loop()
        loop.run_until_complete(self.asynchronous())
        loop.close()

    def tornado(self) -> None:
        """Send from a loop of tornado."""
        from tornado.ioloop import IOLoop

        from zmq.eventloop.future import Socket

        loop = IOLoop(make_current=False)
        loop.run_sync(lambda: self.asynchronous(Socket))
        loop.close()

    def stream(self) -> None:
        """Send through a stream, whose buffer has a bound here."""
        from tornado.ioloop import IOLoop

        from zmq.eventloop.zmqstream import ZMQStream

        async def send() -> None:
            stream = ZMQStream(self.sock)
            for parts in self.messages():
                stream.send_multipart(parts)
                self.sent += 1
                while stream.sending() and self.peers.gone < self.peers.goal:
                    await asyncio.sleep(0.0001)
            stream.stop_on_recv()

        loop = IOLoop(make_current=False)
        loop.run_sync(send)
        loop.close()

    def green(self) -> None:
        """Send from a greenlet, while another one has its turns."""
        import gevent

        import zmq.green

        def tick() -> None:
            while True:
                gevent.sleep(0.001)

        ticker = gevent.spawn(tick)
        sock = zmq.green.Socket(shadow=self.sock)
        for parts in self.messages():
            sock.send_multipart(parts)
            self.sent += 1
            gevent.sleep(0)
        ticker.kill()

    async def asynchronous(self, cls: Any = zmq.asyncio.Socket) -> None:
        """What the loop runs."""
        sock = cls(shadow=self.sock)
        for parts in self.messages():
            await sock.send_multipart(parts)
            self.sent += 1

    def proxy(self) -> None:
        """Send to a proxy, which sends to them."""
        context = self.peers.context
        front, source = context.socket(zmq.PULL), context.socket(zmq.PUSH)
        front.bind("inproc://front")
        source.connect("inproc://front")
        front.linger = source.linger = 0
        loop = zmq.backend.ProxyLoop(front, self.sock)
        thread = threading.Thread(target=loop.run)
        thread.start()
        for parts in self.messages():
            source.send_multipart(parts)
            self.sent += 1
        loop.stop()
        thread.join()
        front.close()
        source.close()

    def capture(self) -> None:
        """Be what a proxy copies its messages to."""
        context = self.peers.context
        ends = [context.socket(kind) for kind in (zmq.PUSH, zmq.PULL) * 2]
        source, front, back, drain = ends[0], ends[1], ends[2], ends[3]
        front.bind("inproc://front")
        source.connect("inproc://front")
        drain.bind("inproc://back")
        back.connect("inproc://back")
        loop = zmq.backend.ProxyLoop(front, back, self.sock)
        thread = threading.Thread(target=loop.run)
        thread.start()
        for parts in self.messages():
            source.send_multipart(parts)
            self.sent += 1
            while drain.poll(0):
                drain.recv_multipart()
        loop.stop()
        thread.join()
        for end in ends:
            end.close(0)


def main(kind: str, transport: str, flavour: str, goal: int) -> None:
    """Send until so many peers have gone."""
    context = zmq.Context()
    peers = Peers(context, kind, goal)
    sock = context.socket(getattr(zmq, kind))
    sock.linger = 0
    sock.sndhwm = 20
    sock.bind(
        {
            "inproc": "inproc://vanishing",
            "tcp": "tcp://127.0.0.1:0",
            "ipc": f"ipc://{tempfile.mkdtemp(prefix='zmq')}/vanishing",
        }[transport]
    )
    peers.address = sock.last_endpoint
    sender = Sender(sock, peers)
    send: Callable[[], None] = getattr(sender, flavour)
    workers = Workers()
    sys.setswitchinterval(0.0005)
    threading.Thread(target=watch, args=(sender,), daemon=True).start()
    for i in range(peers.n):
        workers.start(peers.live, i)
    send()
    peers.over = True
    if "session-ends-in-order" not in PATCHES:
        # Without it libzmq aborts (session_base.cpp:260) where a socket is closed just
        # as a peer vanishes that has received half a message: the peers go first.
        workers.join()
    sock.close()
    workers.join()
    context.term()
    print(
        f"{kind} {transport} {flavour}: {peers.gone} gone, sent {sender.sent}, "
        f"received {peers.received}, again {sender.again}, "
        f"slowest {sender.slowest * 1000:.0f} ms, torn {len(peers.torn)}, stuck 0"
    )
    if peers.torn:
        raise SystemExit(f"torn: {peers.torn[:5]}")


def watch(sender: Sender) -> None:
    """End the program when the sender hangs, while peers come and go."""
    while not sender.peers.over:
        time.sleep(0.1)
        if time.monotonic() - sender.began > STUCK:
            print(
                f"stuck after {sender.peers.gone} have gone, sent {sender.sent}, "
                f"torn {len(sender.peers.torn)}",
                flush=True,
            )
            os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
