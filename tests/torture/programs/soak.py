"""Everything at once for a while: memory and descriptors stay as they were."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from typing import Any

from common import Workers, collect, open_fds, rss

import zmq
import zmq.asyncio
from zmq.devices import ThreadProxy

WARM = 0.3  # of the time, before which nothing is compared
MORE = 24_000_000  # bytes that the allocators of three libraries may come to keep


class Soak:
    """Parts of a program that run until the time is over."""

    def __init__(self, context: zmq.Context[Any], seconds: float) -> None:
        self.context = context
        self.began = time.monotonic()
        self.seconds = seconds
        self.rounds: dict[str, int] = {}

    def goes_on(self, part: str) -> bool:
        """Count a round of a part; whether to begin it."""
        self.rounds[part] = self.rounds.get(part, 0) + 1
        return time.monotonic() - self.began < self.seconds

    def threads(self) -> None:
        """Sockets that come and go, in several threads."""
        while self.goes_on("threads"):
            left = self.context.socket(zmq.DEALER)
            right = self.context.socket(zmq.ROUTER)
            with left, right:
                right.rcvtimeo = left.rcvtimeo = 5000
                left.linger = right.linger = 0
                right.bind("tcp://127.0.0.1:0")
                left.connect(right.last_endpoint)
                for copy in (True, False):
                    left.send_multipart([b"small", b"x" * 70_000], copy=copy)
                    peer, *parts = right.recv_multipart(copy=copy)
                    right.send_multipart([peer, *parts])
                    assert len(left.recv_multipart()[1]) == 70_000

    def monitors(self) -> None:
        """Monitors of sockets that connect and are refused."""
        while self.goes_on("monitors"):
            with self.context.socket(zmq.PULL) as pull:
                monitor = pull.get_monitor_socket(zmq.EVENT_LISTENING)
                pull.bind("tcp://127.0.0.1:0")
                assert monitor.poll(5000)
                monitor.recv_multipart()
                pull.disable_monitor()

    def devices(self) -> None:
        """Proxies in threads, started and stopped."""
        while self.goes_on("devices"):
            proxy = ThreadProxy(zmq.PULL, zmq.PUSH)
            proxy.context_factory = lambda: self.context
            port_in = proxy.bind_in_to_random_port("tcp://127.0.0.1")
            port_out = proxy.bind_out_to_random_port("tcp://127.0.0.1")
            proxy.start()
            push = self.context.socket(zmq.PUSH)
            pull = self.context.socket(zmq.PULL)
            with push, pull:
                push.linger = 0
                pull.rcvtimeo = 5000
                push.connect(f"tcp://127.0.0.1:{port_in}")
                pull.connect(f"tcp://127.0.0.1:{port_out}")
                for number in range(20):
                    push.send(b"%d" % number)
                assert [pull.recv() for _ in range(20)][-1] == b"19"
            proxy.stop()
            proxy.join(10)

    def loop(self) -> None:
        """An event loop with receives that are cancelled."""
        asyncio.run(self.asynchronous())

    async def asynchronous(self) -> None:
        """What the loop runs."""
        context = zmq.asyncio.Context(self.context)
        async with context.socket(zmq.PUSH) as push, context.socket(zmq.PULL) as pull:
            push.linger = 0
            pull.bind("inproc://soak")
            push.connect("inproc://soak")
            sent = received = 0
            while self.goes_on("asyncio"):
                for _ in range(50):
                    await push.send(b"%d" % sent)
                    sent += 1
                    try:
                        message = await asyncio.wait_for(pull.recv(), 0.0001)
                    except (asyncio.TimeoutError, TimeoutError):
                        continue
                    assert message == b"%d" % received
                    received += 1
            while received < sent:
                message = await asyncio.wait_for(pull.recv(), 5)
                assert message == b"%d" % received
                received += 1


def main(seconds: float) -> None:
    """Run all parts, and compare what the process holds early and at the end."""
    context: zmq.Context[Any] = zmq.Context()
    context.max_sockets = 4000
    soak = Soak(context, seconds)
    workers = Workers()
    for part in (soak.threads, soak.threads, soak.monitors, soak.devices, soak.loop):
        workers.start(part)
    early: list[int] = []
    while time.monotonic() - soak.began < seconds:
        if not early and time.monotonic() - soak.began > WARM * seconds:
            early = [rss(), threading.active_count()]
        time.sleep(0.01)
    workers.join(20)
    context.term()
    collect()
    grown = rss() - early[0]
    print(soak.rounds, f"grown by {grown} bytes, {open_fds()} descriptors")
    assert grown < MORE, grown
    assert open_fds() < 20, open_fds()


if __name__ == "__main__":
    main(float(sys.argv[1]))
