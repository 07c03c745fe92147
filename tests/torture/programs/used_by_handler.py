"""A handler uses the socket its thread waits with: `used_by_handler.py call rounds`.

It sends and receives on that very socket, at once or waiting itself. Every message
arrives whole, and once; the wait underneath goes on, and ends as soon as there is what
it waits for.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import common
from closing import QuietPipe, is_asleep

import zmq

LIMIT = 1.0
Socket = Any
Act = Callable[["Case"], None]


def message(name: bytes) -> list[bytes]:
    """Frames that each tell what they belong to."""
    return [name + b" 0", name + b" 1" + b" " * 40_000, name + b" 2"]


def is_message(parts: list[bytes], name: bytes) -> bool:
    return parts == message(name)


class Case:
    """A pair of sockets; the main thread waits with `one`."""

    def __init__(self, full: bool) -> None:
        self.context = zmq.Context()
        self.one, self.other = (self.context.socket(zmq.DEALER) for _ in range(2))
        for sock in (self.one, self.other):
            sock.linger = 0
            sock.sndhwm = sock.rcvhwm = 2
        self.one.bind("tcp://127.0.0.1:0" if not full else "inproc://case")
        self.other.connect(self.one.last_endpoint)
        self.filled = 0
        if full:
            with suppress(zmq.Again):
                while True:
                    self.one.send_multipart(message(b"filled"), zmq.DONTWAIT)
                    self.filled += 1
        else:
            # They are connected when this has come.
            self.other.send(b"hello")
            self.one.recv()
        self.sent_inside = 0
        self.threads: list[threading.Thread] = []
        self.errors: list[BaseException] = []
        self.quiet = [self.context.socket(zmq.PULL) for _ in range(40)]

    def beside(self, function: Callable[..., object], *args: Any) -> None:
        """Run in a thread, once the main thread waits, in whatever runs there."""
        main = threading.main_thread().native_id
        assert main is not None

        def run() -> None:
            try:
                common.until(lambda: is_asleep(main), "the main thread waiting")
                function(*args)
            except BaseException as error:
                self.errors.append(error)

        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()

    def end(self) -> None:
        for thread in self.threads:
            thread.join(10)
        assert not self.errors, self.errors
        for sock in self.quiet:
            sock.close()
        self.one.close()
        self.other.close()
        self.context.term()


# What the handler does while its thread waits to receive. Afterwards `reply` comes.


def send(case: Case) -> None:
    case.one.send_multipart(message(b"inside"), zmq.DONTWAIT)
    assert is_message(case.other.recv_multipart(), b"inside")


def send_waiting(case: Case) -> None:
    """Send until that has to wait, and more."""

    def drain() -> None:
        for _ in range(10):
            assert is_message(case.other.recv_multipart(), b"inside")

    case.beside(drain)
    for _ in range(10):
        case.one.send_multipart(message(b"inside"))


def send_by_hand(case: Case) -> None:
    *first, last = message(b"inside")
    for frame in first:
        case.one.send(frame, zmq.SNDMORE)
    case.one.send(last)
    assert is_message(case.other.recv_multipart(), b"inside")


def receive_nothing(case: Case) -> None:
    for receiving in (case.one.recv, case.one.recv_multipart):
        try:
            receiving(zmq.DONTWAIT)
        except zmq.Again:
            continue
        raise AssertionError("there was something")


def receive(case: Case) -> None:
    """Take away what would have ended the wait."""
    case.other.send_multipart(message(b"inside"))
    assert case.one.poll(5000)
    assert is_message(case.one.recv_multipart(zmq.DONTWAIT), b"inside")


def receive_waiting(case: Case) -> None:
    case.beside(case.other.send_multipart, message(b"inside"))
    assert is_message(case.one.recv_multipart(), b"inside")


def receive_by_hand(case: Case) -> None:
    case.other.send_multipart(message(b"inside"))
    parts = [case.one.recv()]
    while case.one.rcvmore:
        parts.append(case.one.recv())
    assert is_message(parts, b"inside")


def poll(case: Case) -> None:
    assert not case.one.poll(2)


# What it does while its thread waits to send. Afterwards the peer takes everything.


def send_in_vain(case: Case) -> None:
    try:
        case.one.send_multipart(message(b"inside"), zmq.DONTWAIT)
    except zmq.Again:
        return
    raise AssertionError("there was room")


def take_the_room(case: Case) -> None:
    """Make room, and fill it before the wait underneath has its turn."""
    for _ in range(case.filled):
        assert is_message(case.other.recv_multipart(), b"filled")
    case.filled = 0
    with suppress(zmq.Again):
        while True:
            case.one.send_multipart(message(b"inside"), zmq.DONTWAIT)
            case.sent_inside += 1
    assert case.sent_inside


def send_after_room(case: Case) -> None:
    def drain() -> None:
        for _ in range(case.filled):
            assert is_message(case.other.recv_multipart(), b"filled")
        case.filled = 0

    case.beside(drain)
    case.one.send_multipart(message(b"inside"))
    case.sent_inside += 1


def receive_while_full(case: Case) -> None:
    case.other.send_multipart(message(b"inside"))
    assert is_message(case.one.recv_multipart(), b"inside")


RECEIVING: list[Act] = [
    send,
    send_waiting,
    send_by_hand,
    receive_nothing,
    receive,
    receive_waiting,
    receive_by_hand,
    poll,
]
SENDING: list[Act] = [
    send_in_vain,
    take_the_room,
    send_after_room,
    receive_while_full,
]


# The waits. Those to receive return the reply, those to send have sent `outside`.


def with_poller(case: Case, events: int, *others: Any) -> None:
    poller = zmq.Poller()
    for thing in (case.one, *others):
        poller.register(thing, events if thing is case.one else zmq.POLLIN)
    assert poller.poll() == [(case.one, events)]


def rest(case: Case, first: bytes) -> list[bytes]:
    return [first, *case.one.recv_multipart(zmq.DONTWAIT)]


def into(case: Case) -> list[bytes]:
    buffer = bytearray(99)
    size = case.one.recv_into(buffer)
    return rest(case, bytes(buffer[:size]))


def after(case: Case, wait: Callable[[], object]) -> list[bytes]:
    assert wait()
    parts: list[bytes] = case.one.recv_multipart(zmq.DONTWAIT)
    return parts


def polled(case: Case, *others: Any) -> list[bytes]:
    with_poller(case, zmq.POLLIN, *others)
    parts: list[bytes] = case.one.recv_multipart(zmq.DONTWAIT)
    return parts


RECEIVES: dict[str, Callable[[Case], list[bytes]]] = {
    "recv": lambda c: rest(c, c.one.recv()),
    "recv_frame": lambda c: rest(c, c.one.recv(copy=False).bytes),
    "recv_multipart": lambda c: c.one.recv_multipart(),
    "recv_into": into,
    "recv_many": lambda c: c.one.recv_many(5)[0],
    "recv_shadow": lambda c: zmq.Socket.shadow(c.one).recv_multipart(),
    "poll": lambda c: after(c, c.one.poll),
    "poller": polled,
    "poller_fd": lambda c: polled(c, QuietPipe()),
    "poller_many": lambda c: polled(c, *c.quiet),
    "select": lambda c: after(c, lambda: zmq.select([c.one], [], [])[0]),
    "zmq_poll": lambda c: after(c, lambda: zmq.zmq_poll([(c.one, zmq.POLLIN)])),
}
OUTSIDE = message(b"outside")


def send_when_ready(case: Case, wait: Callable[[], object]) -> None:
    wait()
    case.one.send_multipart(OUTSIDE)


def by_hand(sock: Socket) -> None:
    sock.send(OUTSIDE[0], zmq.SNDMORE)  # here it waits
    sock.send_multipart(OUTSIDE[1:])


SENDS: dict[str, Callable[[Case], object]] = {
    "send": lambda c: by_hand(c.one),
    "send_multipart": lambda c: c.one.send_multipart(OUTSIDE),
    "send_lent": lambda c: c.one.send_multipart(OUTSIDE, copy=False),
    "send_many": lambda c: c.one.send_many([OUTSIDE]),
    "send_shadow": lambda c: zmq.Socket.shadow(c.one).send_multipart(OUTSIDE),
    "pollout": lambda c: send_when_ready(c, lambda: c.one.poll(None, zmq.POLLOUT)),
    "poller_out": lambda c: send_when_ready(c, lambda: with_poller(c, zmq.POLLOUT)),
}


def one_round(call: str, act: Act) -> float:
    """Return how long the wait went on after the handler, in seconds."""
    full = call in SENDS
    case = Case(full)
    handled: list[float] = []

    def handler(*_: object) -> None:
        act(case)
        handled.append(time.monotonic())
        # Only now comes what the wait underneath is for.
        case.beside(finish)

    def finish() -> None:
        if not full:
            case.other.send_multipart(message(b"reply"))
            return
        got = []
        while True:
            parts = case.other.recv_multipart()
            got.append(parts)
            if is_message(parts, b"outside"):
                break
        expected = [message(b"filled")] * case.filled
        expected += [message(b"inside")] * case.sent_inside
        assert sorted(got) == sorted([*expected, OUTSIDE])

    signal.signal(signal.SIGUSR1, handler)
    case.beside(os.kill, os.getpid(), signal.SIGUSR1)
    if full:
        SENDS[call](case)
    else:
        assert is_message(RECEIVES[call](case), b"reply")
    late = time.monotonic() - handled[0]
    for thread in case.threads:
        thread.join(10)
    assert not case.one.poll(0), case.one.recv_multipart()
    assert not case.other.poll(0), case.other.recv_multipart()
    case.end()
    return late


CALLS = [*RECEIVES, *SENDS]


def main(call: str, rounds: int) -> None:
    for _ in range(rounds):
        for act in SENDING if call in SENDS else RECEIVING:
            try:
                common.require_in_time(LIMIT, partial(one_round, call, act))
            except BaseException:
                print(f"{call}, {act.__name__}", file=sys.stderr)
                raise
    print("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
