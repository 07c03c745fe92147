"""Threads get at a socket while another is on its way in: `overlapping.py copies N`.

`copies`: some threads copy what is large, for which they let go of the GIL; others send
small ones to a thread that waits, which is done without the GIL, too.
`proxy`: a proxy takes sockets over that other threads wait for.
`term`: threads use a context, to make sockets for one, that another one terminates.
`shadows`: threads shadow one by its address meanwhile.
`addresses`: a context is made where another thread has just terminated one.
`fork`: a child closes the sockets of its parent, one of whose threads was inside.
"""

from __future__ import annotations

import errno
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from common import Workers, until

import zmq

if TYPE_CHECKING:
    Context = zmq.Context[zmq.Socket[bytes]]

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


def make_socket(context: Context) -> None:
    try:
        context.socket(zmq.PAIR).close()
    except zmq.ZMQError as error:
        if error.errno != errno.EMFILE:  # libzmq is still closing earlier ones
            raise


def use_options(context: Context) -> None:
    context.set(zmq.MAX_SOCKETS, context.get(zmq.MAX_SOCKETS))


def use_address(context: Context) -> None:
    zmq.Context.shadow(context.underlying)


USES = [make_socket, use_options, use_address, zmq.Context.shutdown]


def term(rounds: int) -> None:
    """Who uses a context is told that it ends, or has ended."""
    terminate_while_used(rounds, USES)


def shadows(rounds: int) -> None:
    """The table of contexts may lose what a thread has just looked up there."""
    terminate_while_used(rounds, [use_address, use_address, zmq.Context.shutdown])


def terminate_while_used(
    rounds: int, all_uses: list[Callable[[Context], object]]
) -> None:
    sys.setswitchinterval(1e-5)
    for number in range(rounds):
        context = zmq.Context()
        uses = all_uses if number % 2 else all_uses[:-1]
        used = [threading.Event() for _ in uses]
        workers = Workers()
        for use, event in zip(uses, used):
            workers.start(use_until_it_ends, context, use, event)
        used[number % len(used)].wait()
        context.term()
        workers.join()


def use_until_it_ends(
    context: Context, use: Callable[[Context], object], used: threading.Event
) -> None:
    try:
        while not context.closed:
            use(context)
            used.set()
    except (zmq.ZMQError, RuntimeError) as error:
        if "terminated" not in str(error) and "destroyed" not in str(error):
            raise
    finally:
        used.set()


def addresses(rounds: int) -> None:
    """What shadows the new one by its address learns of its end."""
    sys.setswitchinterval(1e-5)
    given: queue.SimpleQueue[Context | None] = queue.SimpleQueue()

    def terminate() -> None:
        while (context := given.get()) is not None:
            context.term()

    workers = Workers()
    for _ in range(2):
        workers.start(terminate)
    shadows: list[Context] = []
    for _ in range(rounds):
        context: Context = zmq.Context()
        shadows.append(zmq.Context.shadow(context.underlying))
        given.put(context)
    for _ in workers.threads:
        given.put(None)
    workers.join(60.0)
    open_ones = sum(not shadow.closed for shadow in shadows)
    assert not open_ones, f"{open_ones} of {rounds} shadows are of no context"


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
    kinds = {f.__name__: f for f in (copies, proxy, term, shadows, addresses, fork)}
    kinds[sys.argv[1]](int(sys.argv[2]))
