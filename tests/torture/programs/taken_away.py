"""Eight threads lose what they share, at random: `taken_away.py pub|poller rounds`.

A PUB is closed, destroyed or terminated while eight threads send: subscribers never get
half a message, or the frames of two. And eight threads wait by one Poller, which they
also change, for sockets that are taken away. Everybody must be told.
"""

from __future__ import annotations

import itertools
import random
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

from common import Workers, until
from sharing import address, check_message, disconnect_monitor, make_message, sees_end

import zmq

THREADS = 8
WAYS = ("close", "close", "destroy", "term")


def take_away(way: str, context: Any, sockets: list[Any]) -> threading.Thread:
    """End sockets in one of the ways; the thread may end only when they are closed."""

    def end() -> None:
        if way == "close":
            for sock in sockets:
                sock.close()
        elif way == "destroy":
            context.destroy(linger=0)
        else:
            context.term()

    ending = threading.Thread(target=end, daemon=True)
    ending.start()
    return ending


def pub_round(number: int, rng: random.Random) -> None:
    """Eight senders, and two subscribers who look at what they get."""
    transport = ("inproc", "tcp", "ipc")[number % 3]
    way = WAYS[number % 4]
    own = zmq.Context()
    # libzmq aborts when both ends of a connection drop half a message at once, so the
    # subscribers stay until they have seen the end of it
    abroad = own if transport == "inproc" else zmq.Context()
    pub = own.socket(zmq.PUB)
    pub.linger = 0
    pub.sndhwm = rng.choice((2, 1000))
    pub.sndbuf = 4000  # what is on its way has to be read in the end
    pub.bind(address(transport))
    subs = [abroad.socket(zmq.SUB) for _ in range(2)]
    received: list[bytes] = []
    monitors: list[Any] = []
    for sub in subs:
        sub.linger = 0
        sub.rcvhwm = pub.sndhwm
        sub.rcvbuf = 4000
        sub.subscribe(b"")
        monitor = sub.get_monitor_socket(zmq.EVENT_CONNECTED | zmq.EVENT_DISCONNECTED)
        sub.connect(pub.last_endpoint)
        if transport != "inproc":
            assert monitor.poll(5000), "no connection"
            monitor.recv_multipart()
        monitors.append(monitor)
    left = threading.Event()

    def send(name: int) -> None:
        own_rng = random.Random(name + number)
        for i in itertools.count():
            token = b"%d-%d-%d" % (number, name, i)
            pub.send_multipart(make_message(token, own_rng, False), copy=bool(i % 2))

    def receive(sub: Any) -> None:
        while not left.is_set():
            if sub.poll(20):
                received.append(check_message(sub.recv_multipart()))

    workers, readers = Workers(), Workers()
    for sub in subs:
        readers.start(receive, sub)
    for i in range(THREADS):
        workers.start(send, i)
    if number % 2:
        until(lambda: len(received) > rng.randrange(1, 30), "the first message")
    else:
        time.sleep(rng.random() * 0.003)  # a random moment is what this is about
    ending = take_away(way, own, [pub])
    workers.join()
    assert len(workers.ended_by) == THREADS, workers.ended_by
    left.set()
    readers.join()
    pub.close()
    if way == "destroy":
        ending.join(10)  # inproc: it closes the subscribers, too
    for sub, monitor in zip(subs, monitors):
        if transport != "inproc":
            until(partial(sees_end, sub, monitor), "the end of the connection")
        if not sub.closed:
            disconnect_monitor(sub, monitor)
        sub.close()
    ending.join(10)
    assert not ending.is_alive(), f"{way} never ended"
    own.term()
    abroad.term()


def poller_round(number: int, rng: random.Random) -> None:
    """Eight threads that poll, receive, register and unregister."""
    way = WAYS[number % 4]
    own = zmq.Context()
    pulls, pushes, poller = [], [], zmq.Poller()
    for _ in range(THREADS):
        pull, push = own.socket(zmq.PULL), own.socket(zmq.PUSH)
        pull.linger = push.linger = 0
        pull.bind(address("tcp" if number % 3 else "inproc"))
        push.connect(pull.last_endpoint)
        poller.register(pull, zmq.POLLIN)
        pulls.append(pull)
        pushes.append(push)
    rounds = itertools.count()

    def work(name: int) -> None:
        mine, peer = pulls[name], pushes[name]
        timeout = 5 if name % 2 else None
        for i in itertools.count():
            with suppress(zmq.Again):
                peer.send(b"x", zmq.DONTWAIT)
            for sock, events in poller.poll(timeout):
                assert events == zmq.POLLIN
                with suppress(zmq.Again):
                    assert sock.recv(zmq.DONTWAIT) == b"x"
            if i % 5 == name % 5:
                poller.unregister(mine)
                poller.register(mine, zmq.POLLIN)
            next(rounds)

    workers = Workers()
    for i in range(THREADS):
        workers.start(work, i)
    if number % 2:
        until(lambda: next(rounds) > rng.randrange(20, 100), "some rounds")
    else:
        time.sleep(rng.random() * 0.003)
    taken = [*pulls, *pushes]
    rng.shuffle(taken)
    ending = take_away(way, own, taken)
    workers.join()
    assert len(workers.ended_by) == THREADS, workers.ended_by
    for sock in taken:
        sock.close()
    ending.join(10)
    assert not ending.is_alive(), f"{way} never ended"
    own.term()


def main(kind: str, rounds: int) -> None:
    """Take it away again and again."""
    rng = random.Random(rounds)
    one_round = {"pub": pub_round, "poller": poller_round}[kind]
    for number in range(rounds):
        one_round(number, rng)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
