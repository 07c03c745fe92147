"""Threads share one socket, and lose it: `sharing.py dealer|lone|push|router rounds`.

A DEALER is closed, destroyed or terminated under eight threads; nobody may get half a
message or the frames of two, and everybody must be told. With `lone` frames its peer
goes at the same moment: with more than one frame libzmq does not survive that.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

from common import Workers, until

import zmq

Socket = Any
LARGE = 300_000
directory = tempfile.mkdtemp(prefix="zmq")
unique = itertools.count()


def address(transport: str) -> str:
    if transport == "tcp":
        return "tcp://127.0.0.1:0"
    name = f"torture-{next(unique)}"
    return f"ipc://{directory}/{name}" if transport == "ipc" else f"inproc://{name}"


def make_message(
    token: bytes, rng: random.Random, large: bool, lone: bool = False
) -> list[bytes]:
    size = LARGE if large else rng.choice((1, 20, 200))
    count = 1 if lone else rng.randrange(1, 6)
    return [b"%s:%d:%d" % (token, count, i) + b"." * size for i in range(count)]


def check_message(frames: list[Any]) -> bytes:
    """Raise unless the frames are those of one message, in their order."""
    heads = [bytes(f)[:60].rstrip(b".").split(b":") for f in frames]
    tokens = {head[0] for head in heads}
    counts = {int(head[1]) for head in heads}
    places = [int(head[2]) for head in heads]
    if (
        len(tokens) != 1
        or counts != {len(frames)}
        or places != list(range(len(frames)))
    ):
        raise AssertionError(f"torn message: {heads}")
    return heads[0][0]


def dealer_round(number: int, rng: random.Random, context: Any, lone: bool) -> None:
    """Four senders, four receivers, an echoing peer, and one who takes it all away."""
    transport = ("inproc", "tcp", "ipc")[number % 3]
    way = ("close", "close", "destroy", "term")[number % 4]
    large = number % 5 == 0
    own = context if way == "close" else zmq.Context()
    # libzmq aborts when both ends of a connection drop half a message at once, so with
    # several frames the peer stays until it has seen the end of the connection
    abroad = own if transport == "inproc" else zmq.Context()
    dealer, echo = own.socket(zmq.DEALER), abroad.socket(zmq.DEALER)
    monitor = echo.get_monitor_socket(zmq.EVENT_CONNECTED | zmq.EVENT_DISCONNECTED)
    for socket in (dealer, echo):
        socket.linger = 0
        socket.sndhwm = socket.rcvhwm = 2 if large else rng.choice((2, 1000))
    dealer.bind(address(transport))
    echo.connect(dealer.last_endpoint)
    if transport != "inproc":
        assert monitor.poll(5000), "no connection"
        monitor.recv_multipart()
    received = []

    def send(name: int) -> None:
        own_rng = random.Random(name + number)
        for i in itertools.count():
            token = b"%d-%d-%d" % (number, name, i)
            message = make_message(token, own_rng, large, lone)
            dealer.send_multipart(message, copy=bool(i % 2))

    def receive(name: int) -> None:
        while True:
            received.append(check_message(dealer.recv_multipart(copy=bool(name % 2))))

    def reflect() -> None:
        while True:
            if echo.poll(100):
                echo.send_multipart(check_and_return(echo.recv_multipart()))

    def check_and_return(frames: list[bytes]) -> list[bytes]:
        check_message(frames)
        return frames

    workers, peer = Workers(), Workers()
    peer.start(reflect)
    for i in range(4):
        workers.start(send, i)
        workers.start(receive, i)
    if number % 2:
        until(lambda: len(received) > rng.randrange(1, 30), "the first message")
    else:
        time.sleep(rng.random() * 0.003)  # a random moment is what this is about
    if way == "close":
        dealer.close()
    elif way == "destroy":
        own.destroy(linger=0)
    else:
        ending = threading.Thread(target=own.term, daemon=True)
        ending.start()
    workers.join()
    assert len(workers.ended_by) == 8, workers.ended_by
    if way == "close":
        assert set(workers.ended_by) == {zmq.ENOTSOCK}, workers.ended_by
    dealer.close()
    if transport != "inproc" and not lone:
        until(partial(sees_end, echo, monitor), "the end of the connection")
    if not echo.closed:
        disconnect_monitor(echo, monitor)
    echo.close()
    peer.join()
    if way == "term":
        ending.join(10)
        assert not ending.is_alive(), "term() never returned"
    if transport != "inproc":
        abroad.term()


def sees_end(socket: Any, monitor: Any) -> bool:
    """Read what is still on its way, after which comes that the connection ended."""
    with suppress(zmq.Again):
        for _ in range(1000):
            check_message(socket.recv_multipart(zmq.DONTWAIT))
    return bool(monitor.poll(1))


def disconnect_monitor(socket: Any, monitor: Any) -> None:
    with suppress(zmq.ContextTerminated):
        socket.disable_monitor()
    monitor.close()


def dealer(rounds: int, lone: bool = False) -> None:
    """Lose a shared DEALER again and again."""
    rng = random.Random(rounds)
    context = zmq.Context()
    for number in range(rounds):
        dealer_round(number, rng, context, lone)
    context.term()


def lone(rounds: int) -> None:
    """Lose it together with its peer."""
    dealer(rounds, True)


def push(rounds: int) -> None:
    """Four threads on one PUSH, four on one PULL: everything arrives once, whole."""
    context = zmq.Context()
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    push.sndhwm = pull.rcvhwm = 10
    pull.bind("tcp://127.0.0.1:0")
    push.connect(pull.last_endpoint)
    each = rounds
    arrived: list[list[bytes]] = [[] for _ in range(4)]

    def send(name: int) -> None:
        rng = random.Random(name)
        for i in range(each):
            push.send_multipart(make_message(b"%d-%d" % (name, i), rng, i % 50 == 0))

    def receive(mine: list[bytes]) -> None:
        while True:
            mine.append(check_message(pull.recv_multipart()))

    senders, receivers = Workers(), Workers()
    for i in range(4):
        receivers.start(receive, arrived[i])
        senders.start(send, i)
    senders.join(60 + rounds / 50)
    until(lambda: sum(map(len, arrived)) >= 4 * each, "every message", 60)
    pull.close()
    receivers.join()
    tokens = [token for mine in arrived for token in mine]
    assert len(tokens) == len(set(tokens)) == 4 * each
    for mine in arrived:  # a receiver sees each sender's messages in their order
        for name in range(4):
            seen = [int(t.split(b"-")[1]) for t in mine if t.startswith(b"%d-" % name)]
            assert seen == sorted(seen), f"sender {name} out of order"
    push.close(linger=0)
    context.term()


def router(rounds: int) -> None:
    """Eight workers on one ROUTER answer six clients, each its own questions."""
    context = zmq.Context()
    router = context.socket(zmq.ROUTER)
    router.router_mandatory = True
    router.bind("tcp://127.0.0.1:0")
    router.bind("inproc://router")
    tcp = router.last_endpoint

    def work() -> None:
        while True:
            sender, *message = router.recv_multipart()
            token = check_message(message)
            assert token.startswith(sender), (token, sender)
            router.send_multipart([sender, *message])

    def ask(name: int) -> None:
        rng = random.Random(name)
        with context.socket(zmq.DEALER) as client:
            client.routing_id = b"client%d" % name
            client.linger = 0
            client.rcvtimeo = 20_000
            client.connect("inproc://router" if name % 2 else tcp)
            for i in range(rounds):
                token = b"client%d=%d" % (name, i)
                client.send_multipart(make_message(token, rng, i % 100 == 0))
                assert check_message(client.recv_multipart()) == token

    workers, clients = Workers(), Workers()
    for _ in range(8):
        workers.start(work)
    for i in range(6):
        clients.start(ask, i)
    clients.join(60 + rounds / 20)
    router.close()
    workers.join()
    assert len(workers.ended_by) == 8
    context.term()


if __name__ == "__main__":
    program = {"dealer": dealer, "lone": lone, "push": push, "router": router}
    program[sys.argv[1]](int(sys.argv[2]))
