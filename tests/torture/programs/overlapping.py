"""Threads get at a socket while another is on its way in: `overlapping.py copies N`.

`copies`: some threads copy what is large, for which they let go of the GIL; others send
small ones to a thread that waits, which is done without the GIL, too.
`proxy`: a proxy takes sockets over that other threads wait for.
`fork`: a child closes the sockets of its parent, one of whose threads was inside.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial

from common import Workers, until

import zmq

LARGE = 300_000


def copies(rounds: int) -> None:
    """Everything arrives; libzmq never sees two threads at once, or would abort."""
    context = zmq.Context()
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    pull.bind("inproc://copies")
    push.connect("inproc://copies")
    large, small = bytearray(LARGE), b"small"

    def send(data: bytes | bytearray, times: int) -> None:
        for _ in range(times):
            push.send(data)

    workers = Workers()
    for data, times in ((large, rounds), (large, rounds), (small, 10 * rounds)):
        workers.start(send, data, times)
        workers.start(send, data, times)
    sizes = [len(pull.recv()) for _ in range(24 * rounds)]
    workers.join()
    assert sizes.count(LARGE) == 4 * rounds
    assert sizes.count(len(small)) == 20 * rounds
    context.destroy(linger=0)


def proxy(rounds: int) -> None:
    """Who waits is told that the socket is a proxy's now, and nothing gets lost."""
    for number in range(rounds):
        proxy_round(number)


def proxy_round(number: int) -> None:
    context = zmq.Context()
    front, back = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    source, sink = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    front.bind("inproc://front")
    back.bind("inproc://back")
    source.connect("inproc://front")
    sink.connect("inproc://back")
    waits = (front.recv, front.poll, front.recv_multipart)[number % 3]
    taken: list[object] = []
    refused: list[int] = []

    def wait() -> None:
        try:
            while True:
                taken.append(waits())
        except zmq.ZMQError as error:
            refused.append(error.errno)

    def forward() -> None:
        zmq.proxy(front, back)

    waiting, forwarding = Workers(), Workers()
    for _ in range(2):
        waiting.start(wait)
    started = threading.Event()
    waiting.start(started.set)
    started.wait()
    forwarding.start(forward)
    until(lambda: front_is_taken(back), "the proxy")
    sent = 200
    for i in range(sent):
        source.send(b"%d" % i)
    passed = []
    while len(passed) + received(taken) < sent:
        assert sink.poll(5000), f"{len(passed)} passed, {taken[:5]} taken"
        passed.append(sink.recv())
    waiting.join()
    assert refused == [zmq.ENOTSUP] * 2, refused
    for socket in (source, sink, front, back):
        socket.close(linger=0)
    forwarding.join()
    context.term()


def front_is_taken(back: zmq.Socket[bytes]) -> bool:
    try:
        back.get(zmq.EVENTS)
    except zmq.ZMQError as error:
        return error.errno == zmq.ENOTSUP
    return False


def received(taken: list[object]) -> int:
    """How many messages, and not results of polls, a waiting thread got."""
    return sum(not isinstance(what, int) for what in taken)


def fork(rounds: int) -> None:
    """Fork at any moment of a send that another thread makes without the GIL."""
    context = zmq.Context()
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    pull.bind("inproc://fork")
    push.connect("inproc://fork")

    def send() -> None:
        while True:
            push.send(b"small")

    def receive() -> None:
        while True:
            pull.recv()

    workers = Workers()
    workers.start(send)
    workers.start(receive)
    for _ in range(rounds):
        child = os.fork()
        if child == 0:
            signal.alarm(5)  # one that hangs is killed, and does not outlive the test
            push.close(linger=0)
            pull.close()
            os._exit(0)
        until(partial(has_ended, child), "the end of a child")
    push.close(linger=0)
    pull.close()
    workers.join()
    context.term()


def has_ended(child: int) -> bool:
    """Whether a child process has ended; reads its status, which must be 0."""
    pid, status = os.waitpid(child, os.WNOHANG)
    assert status == 0, f"exit status {status}"
    return pid == child


if __name__ == "__main__":
    {"copies": copies, "proxy": proxy, "fork": fork}[sys.argv[1]](int(sys.argv[2]))
