"""Cluster: a broker on each host, which helps out the others when it has idle workers.

Clients and workers know the broker of their host only. Brokers tell each other how many
of their workers are idle, and pass on tasks that nobody at home has time for. Here the
three hosts are three threads; their addresses are all that would be different.
"""

from __future__ import annotations

import threading
import time
from collections import deque

import zmq

LOCAL = "tcp://127.0.0.1"
Sock = "zmq.Socket[bytes]"


class Broker:
    """Four sockets: for clients, for workers, for tasks from and to other brokers."""

    def __init__(self, context: zmq.Context[zmq.Socket[bytes]], name: str) -> None:
        self.name = name.encode()
        self.idle: deque[bytes] = deque()
        self.from_elsewhere: deque[list[bytes]] = deque()
        self.idle_elsewhere: dict[bytes, int] = {}
        self.listens_to = 0
        self.all_have_idle = threading.Event()  # each broker that it listens to
        self.clients, self.workers, self.peers = (
            context.socket(zmq.ROUTER) for _ in range(3)
        )
        # A ROUTER that connects must know the names of those it sends to.
        self.peers.routing_id = self.name
        self.peers.router_mandatory = True
        self.state = context.socket(zmq.PUB)
        self.states = context.socket(zmq.SUB)
        self.states.subscribe("")
        bound = (self.clients, self.workers, self.peers, self.state)
        self.urls = [f"{LOCAL}:{sock.bind_to_random_port(LOCAL)}" for sock in bound]

    def join(self, other: Broker) -> None:
        """Connect to another broker, one way; its messages come the same way."""
        self.peers.connect_routing_id = other.name
        self.peers.connect(other.urls[2])

    def listen(self, other: Broker) -> None:
        """Hear how many workers of another broker are idle."""
        self.states.connect(other.urls[3])
        self.listens_to += 1

    def assign(self, task: list[bytes]) -> None:
        """Give a task to a worker here, or else to the broker with most idle ones."""
        if self.idle:
            self.workers.send_multipart([self.idle.popleft(), *task])
            return
        name = max(self.idle_elsewhere, key=lambda name: self.idle_elsewhere[name])
        self.idle_elsewhere[name] -= 1
        self.peers.send_multipart([name, b"task", *task])

    def can_assign(self) -> bool:
        """Whether somebody is idle, here or elsewhere."""
        return bool(self.idle) or any(n > 0 for n in self.idle_elsewhere.values())

    def reply(self, home: bytes, client: bytes, data: bytes) -> None:
        """Pass a result to the client, by way of its broker."""
        if home == self.name:
            self.clients.send_multipart([client, data])
        else:
            self.peers.send_multipart([home, b"done", home, client, data])

    def run(self) -> None:
        """Work until the context ends."""
        socks = [self.clients, self.workers, self.peers, self.state, self.states]
        poller = zmq.Poller()
        for sock in (self.workers, self.peers, self.states):
            poller.register(sock, zmq.POLLIN)
        told = -1
        try:
            while True:
                poller.register(self.clients, zmq.POLLIN if self.can_assign() else 0)
                ready = dict(poller.poll(20))
                if self.workers in ready:
                    worker, *message = self.workers.recv_multipart()
                    self.idle.append(worker)
                    if message != [b"ready"]:
                        self.reply(*message)
                if self.peers in ready:
                    _, kind, home, client, data = self.peers.recv_multipart()
                    if kind == b"done":
                        self.reply(home, client, data)
                    else:
                        self.from_elsewhere.append([home, client, data])
                if self.states in ready:
                    name, count = self.states.recv_multipart()
                    self.idle_elsewhere[name] = int(count)
                    if (
                        sum(n > 0 for n in self.idle_elsewhere.values())
                        == self.listens_to
                    ):
                        self.all_have_idle.set()
                # What others have passed on stays here: it must not go round.
                while self.from_elsewhere and self.idle:
                    self.assign(self.from_elsewhere.popleft())
                if self.clients in ready and self.can_assign():
                    client, data = self.clients.recv_multipart()
                    self.assign([self.name, client, data])
                if told != len(self.idle) or not ready:
                    told = len(self.idle)
                    self.state.send_multipart([self.name, b"%d" % told])
        except zmq.ContextTerminated:
            for sock in socks:
                sock.close(linger=0)


def work(context: zmq.Context[zmq.Socket[bytes]], broker: Broker) -> None:
    """Do tasks for one broker."""
    with context.socket(zmq.DEALER) as worker:
        worker.connect(broker.urls[1])
        worker.send(b"ready")
        try:
            while True:
                home, client, task = worker.recv_multipart()
                time.sleep(0.005)  # the work
                done = b"%s by a worker of %s" % (task, broker.name)
                worker.send_multipart([home, client, done])
        except zmq.ContextTerminated:
            pass


def main() -> None:
    """Give all tasks to the broker in Rome, which has one worker of seven."""
    context = zmq.Context()
    rome, oslo, bern = brokers = [Broker(context, n) for n in ("rome", "oslo", "bern")]
    oslo.join(rome)
    bern.join(rome)
    bern.join(oslo)
    for broker in brokers:
        for other in brokers:
            if other is not broker:
                broker.listen(other)
    threads = [threading.Thread(target=broker.run) for broker in brokers]
    for broker, count in ((rome, 1), (oslo, 3), (bern, 3)):
        threads += [
            threading.Thread(target=work, args=(context, broker)) for _ in range(count)
        ]
    for thread in threads:
        thread.start()
    rome.all_have_idle.wait()

    with context.socket(zmq.DEALER) as client:
        client.connect(rome.urls[0])
        for number in range(60):
            client.send(b"task %d" % number)
        replies = [client.recv() for _ in range(60)]
    print(f"{len({reply.partition(b' by')[0] for reply in replies})} tasks done")
    hosts = sorted({reply.split()[-1].decode() for reply in replies})
    print("by workers of", ", ".join(hosts))
    context.term()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
