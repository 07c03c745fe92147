"""A small Majordomo: services by name, workers that may die, clients that try again.

Every party sends heartbeats. A worker that is silent for too long is forgotten, and a
worker whose broker is silent connects anew. A client asks again when no reply comes.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque

import zmq

HEARTBEAT = 0.05  # seconds between two heartbeats
SILENCE = 4 * HEARTBEAT  # seconds after which a peer counts as gone
Sock = "zmq.Socket[bytes]"


class Broker:
    """Passes requests to the workers of a service that have been idle the longest.

    Clients send ``[b"client", service, request]``. Workers send
    ``[b"ready", service]``, ``[b"reply", service, client, reply]``, and
    ``[b"beat", service]``.
    """

    def __init__(self, sock: Sock) -> None:
        self.sock = sock
        self.idle: dict[bytes, deque[bytes]] = defaultdict(deque)
        self.requests: dict[bytes, deque[list[bytes]]] = defaultdict(deque)
        self.heard: dict[bytes, float] = {}

    def run(self) -> None:
        """Work until the context ends."""
        beat = 0.0
        with self.sock:
            try:
                while True:
                    if self.sock.poll(int(HEARTBEAT * 1000)):
                        self.handle(*self.sock.recv_multipart())
                    if time.monotonic() - beat > HEARTBEAT:
                        beat = time.monotonic()
                        self.beat()
            except zmq.ContextTerminated:
                pass

    def handle(self, peer: bytes, kind: bytes, service: bytes, *rest: bytes) -> None:
        """Act on one message."""
        if kind == b"client":
            self.requests[service].append([peer, *rest])
        else:
            self.heard[peer] = time.monotonic()
            if kind == b"reply":
                client, reply = rest
                self.sock.send_multipart([client, service, reply])
            if kind in (b"ready", b"reply"):
                self.idle[service].append(peer)
        while self.idle[service] and self.requests[service]:
            worker = self.idle[service].popleft()
            request = self.requests[service].popleft()
            self.sock.send_multipart([worker, b"request", *request])

    def beat(self) -> None:
        """Tell idle workers that the broker is here, and forget the silent ones."""
        oldest = time.monotonic() - SILENCE
        for workers in self.idle.values():
            for worker in list(workers):
                if self.heard[worker] < oldest:
                    workers.remove(worker)
                else:
                    self.sock.send_multipart([worker, b"beat"])


class Worker:
    """Serves one service; connects anew when the broker has been silent."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], url: str) -> None:
        self.context = context
        self.url = url

    def connect(self) -> Sock:
        """Return a socket that has said it is ready."""
        sock = self.context.socket(zmq.DEALER)
        sock.linger = 0
        sock.connect(self.url)
        sock.send_multipart([b"ready", b"upper"])
        return sock

    def run(self, dies: bool) -> None:
        """Answer requests until the context ends; or vanish with the first one."""
        sock = self.connect()
        heard = time.monotonic()
        try:
            while True:
                if sock.poll(int(HEARTBEAT * 1000)):
                    kind, *rest = sock.recv_multipart()
                    heard = time.monotonic()
                    if kind == b"request":
                        if dies:
                            return  # with the request in its hands
                        client, request = rest
                        reply = [b"reply", b"upper", client, request.upper()]
                        sock.send_multipart(reply)
                elif time.monotonic() - heard > SILENCE:
                    sock.close()
                    sock = self.connect()
                    heard = time.monotonic()
                sock.send_multipart([b"beat", b"upper"])
        except zmq.ContextTerminated:
            pass
        finally:
            sock.close()


def request(
    context: zmq.Context[zmq.Socket[bytes]],
    url: str,
    service: bytes,
    data: bytes,
    timeout: int = 300,
    attempts: int = 5,
) -> bytes:
    """Return the reply of a service; `timeout` is in milliseconds, per attempt."""
    for attempt in range(1, attempts + 1):
        # A new socket for each attempt: a late reply to the old one finds nobody.
        with context.socket(zmq.DEALER) as client:
            client.linger = 0
            client.connect(url)
            client.send_multipart([b"client", service, data])
            if client.poll(timeout):
                return client.recv_multipart()[1]
            print(f"attempt {attempt} got no reply")
    raise TimeoutError(f"no reply from {service.decode()}")


def main() -> None:
    """Ask a service whose first worker dies with the request."""
    context = zmq.Context()
    sock = context.socket(zmq.ROUTER)
    url = f"tcp://127.0.0.1:{sock.bind_to_random_port('tcp://127.0.0.1')}"
    threads = [
        threading.Thread(target=Broker(sock).run),
        threading.Thread(target=Worker(context, url).run, args=(True,)),
    ]
    for thread in threads:
        thread.start()

    def start_another() -> None:
        threads.append(threading.Thread(target=Worker(context, url).run, args=(False,)))
        threads[-1].start()

    timer = threading.Timer(0.1, start_another)
    timer.start()
    print(request(context, url, b"upper", b"hello").decode())
    print(request(context, url, b"upper", b"again").decode())
    timer.join()
    context.term()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
