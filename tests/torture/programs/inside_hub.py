"""Greenlets, and what the hub calls, take away what greenlets wait for.

`inside_hub.py rounds`: every wait has to end within a second, nothing may be left
waiting, and gevent can be used on.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import common
import gevent
import gevent.event
from common import GONE

import zmq
import zmq.green

LIMIT = 1.0


class Case:
    """A context with a socket that gets nothing, and one that is full."""

    def __init__(self) -> None:
        self.context = zmq.green.Context()
        self.receiver, self.sender = self.sockets = [
            self.context.socket(kind) for kind in (zmq.PULL, zmq.PUSH)
        ]
        for sock in self.sockets:
            sock.linger = 0
        self.receiver.bind("tcp://127.0.0.1:0")
        self.sender.sndhwm = 1
        self.sender.connect("inproc://nobody")
        while self.sender.poll(0, zmq.POLLOUT):
            self.sender.send(b"x", zmq.DONTWAIT)
        self.kept: Any = None


def with_poller(sock: Any) -> None:
    poller = zmq.green.Poller()
    poller.register(sock, zmq.POLLIN)
    poller.poll()


def start_waits(case: Case) -> list[Any]:
    """Greenlets that wait in every way."""
    receiver, sender = case.receiver, case.sender
    waits: list[Callable[[], object]] = [
        receiver.recv,
        receiver.recv_multipart,
        receiver.recv_string,
        lambda: receiver.recv_many(5),
        lambda: receiver.recv_into(bytearray(9)),
        receiver.poll,
        lambda: with_poller(receiver),
        lambda: zmq.green.select([receiver], [], []),
        lambda: sender.send(b"x"),
        lambda: sender.send_multipart([b"x", b"y"]),
        lambda: sender.send_many([[b"x"], [b"y"]]),
        lambda: sender.poll(None, zmq.POLLOUT),
    ]
    started = [gevent.spawn(ends, wait) for wait in waits]
    gevent.idle()  # until all wait
    assert not any(greenlet.ready() for greenlet in started)
    return started


def ends(wait: Callable[[], object]) -> None:
    """Wait until that is an error."""
    try:
        result = wait()
    except zmq.ZMQError as error:
        assert error.errno in GONE, error  # noqa: PT017
    else:
        raise AssertionError(f"a wait ended with {result!r}")


def close(case: Case) -> None:
    for sock in case.sockets:
        sock.close()


def close_and_term(case: Case) -> None:
    close(case)
    case.context.term()
    assert case.context.closed


def destroy(case: Case) -> None:
    case.context.destroy()
    assert case.context.closed


def in_finalizer(case: Case) -> None:
    class Closing:
        def __del__(self) -> None:
            close_and_term(case)

    Closing()
    if sys.implementation.name == "pypy":
        gc.collect()  # references are not counted there


def by_shadows(case: Case) -> None:
    for sock in case.sockets:
        zmq.Socket.shadow(sock).close()
    zmq.Context(case.context).term()


ACTS: list[Callable[[Case], None]] = [
    close,
    close_and_term,
    destroy,
    in_finalizer,
    by_shadows,
]


def in_greenlet(case: Case, act: Callable[[], None]) -> None:
    gevent.spawn(act)


def in_a_link(case: Case, act: Callable[[], None]) -> None:
    """The hub calls it."""
    gevent.spawn(gevent.sleep, 0).link(lambda _: act())


def in_a_callback(case: Case, act: Callable[[], None]) -> None:
    gevent.get_hub().loop.run_callback(act)


def in_a_timer(case: Case, act: Callable[[], None]) -> None:
    def fire() -> None:
        case.kept.close()
        act()

    case.kept = gevent.get_hub().loop.timer(0.002)
    case.kept.start(fire)


def in_a_killed_wait(case: Case, act: Callable[[], None]) -> None:
    """While a greenlet that waited for the very socket is ended."""

    def wait() -> None:
        try:
            case.receiver.recv()
        finally:
            act()

    greenlet = gevent.spawn(wait)
    gevent.idle()
    greenlet.kill(block=False)


def in_a_timeout(case: Case, act: Callable[[], None]) -> None:
    def wait() -> None:
        with gevent.Timeout(0.002, False):
            case.receiver.poll()
        act()

    gevent.spawn(wait)


def in_handler_of_gevent(case: Case, act: Callable[[], None]) -> None:
    def handle() -> None:
        case.kept.cancel()
        act()

    case.kept = gevent.signal_handler(signal.SIGUSR1, handle)
    os.kill(os.getpid(), signal.SIGUSR1)


def in_signal_handler(case: Case, act: Callable[[], None]) -> None:
    """In whatever runs just then: the hub, or a greenlet."""
    signal.signal(signal.SIGUSR1, lambda *_: act())
    gevent.spawn_later(0.002, os.kill, os.getpid(), signal.SIGUSR1)


def in_thread(case: Case, act: Callable[[], None]) -> None:
    case.kept = gevent.get_hub().threadpool.spawn(act)


PLACES = [
    in_greenlet,
    in_a_link,
    in_a_callback,
    in_a_timer,
    in_a_killed_wait,
    in_a_timeout,
    in_handler_of_gevent,
    in_signal_handler,
    in_thread,
]


def one_round(place: Any, act: Callable[[Case], None]) -> float:
    """Return how long it took until nobody waited any more, in seconds."""
    case = Case()
    waits = start_waits(case)
    acted: list[float] = []
    done = gevent.event.Event()
    errors: list[BaseException] = []

    def taking_away() -> None:
        acted.append(time.monotonic())
        try:
            act(case)
        except BaseException as error:
            errors.append(error)
        done.set()

    place(case, taking_away)
    gevent.joinall(waits, timeout=5)
    late = time.monotonic() - acted[0]
    waiting = [greenlet for greenlet in waits if not greenlet.ready()]
    assert not waiting, f"still waiting: {waiting}"
    for greenlet in waits:
        greenlet.get()
    assert done.wait(5), "it never ends"
    assert not errors, errors
    case.context.destroy(linger=0)
    still_works()
    return late


def still_works() -> None:
    with zmq.green.Context() as context:
        push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        with push, pull:
            pull.bind("inproc://after")
            push.connect("inproc://after")
            receiving = gevent.spawn(pull.recv)
            gevent.idle()
            push.send(b"after")
            assert receiving.get(timeout=5) == b"after"


def main(rounds: int) -> None:
    unhandled: list[Any] = []
    gevent.get_hub().handle_error = lambda *what: unhandled.append(what)
    for _ in range(rounds):
        for place in PLACES:
            for act in ACTS:
                try:
                    common.require_in_time(LIMIT, partial(one_round, place, act))
                    common.collect()
                    assert not unhandled, unhandled
                except BaseException:
                    print(f"{place.__name__}, {act.__name__}", file=sys.stderr)
                    raise
    print("done")


if __name__ == "__main__":
    main(int(sys.argv[1]))
