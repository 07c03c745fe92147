"""Ten thousand greenlets on a hundred sockets: `crowd.py greenlets sockets messages`.

Half of the sockets are servers, with their share of the greenlets receiving requests
and answering them; each of the other greenlets asks, and waits for its answer.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any

import gevent

import zmq.green as zmq


def serve(server: Any) -> None:
    while True:
        server.send(b"reply to " + server.recv())


def ask(client: Any, answers: Counter[bytes], number: int, messages: int) -> None:
    # Answers go to whoever waits first: none may be missing, or come twice.
    for i in range(messages):
        client.send(b"%d.%d" % (number, i))
        answers[client.recv()] += 1


def main(greenlets: int, sockets: int, messages: int) -> None:
    started = time.monotonic()
    context = zmq.Context()
    pairs = sockets // 2
    each = greenlets // sockets
    answers: Counter[bytes] = Counter()
    serving, asking, made = [], [], []
    for pair in range(pairs):
        # not ROUTER, which drops what is too much
        server, client = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
        made += [server, client]
        # small, so that senders have to wait as well
        for socket in (server, client):
            socket.sndhwm = socket.rcvhwm = 20
        if pair % 2:
            server.bind("tcp://127.0.0.1:0")
        else:
            server.bind(f"inproc://crowd-{pair}")
        client.connect(server.last_endpoint.decode())
        serving += [gevent.spawn(serve, server) for _ in range(each)]
        asking += [
            gevent.spawn(ask, client, answers, pair * each + i, messages)
            for i in range(each)
        ]
    gevent.joinall(asking, raise_error=True)
    expected = Counter(
        b"reply to %d.%d" % (number, i)
        for number in range(len(asking))
        for i in range(messages)
    )
    assert answers == expected
    assert not any(server.ready() for server in serving)
    gevent.killall(serving)
    for socket in made:
        assert [channel.waiting for channel in socket._channels.values()] == [0]
    context.destroy(linger=0)
    seconds = time.monotonic() - started
    print(
        f"{len(serving) + len(asking)} greenlets on {sockets} sockets:"
        f" {len(expected)} round trips in {seconds:.1f} s"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
