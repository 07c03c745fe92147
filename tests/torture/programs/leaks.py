"""Nothing is left of what was made and closed: `leaks.py scenario rounds`.

Compares descriptors, memory and the number of Python objects after a first part of the
rounds, in which caches fill, with those at the end.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from common import collect, open_fds, rss, until

import zmq

GROWTH = 12 << 20
context = zmq.Context()
TYPES = [zmq.PUSH, zmq.PULL, zmq.PUB, zmq.SUB, zmq.REQ, zmq.REP, zmq.PAIR, zmq.ROUTER]
quiet = context.socket(zmq.PULL)
one, other = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
one.bind("inproc://leaks")
other.connect("inproc://leaks")


class Trace:
    """An object that is counted while it lives."""

    count = 0

    def __init__(self) -> None:
        Trace.count += 1

    def __del__(self) -> None:
        Trace.count -= 1


class TracedSocket(zmq.Socket):
    trace: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trace = Trace()


def sockets(i: int) -> None:
    socket = TracedSocket(context, TYPES[i % len(TYPES)])
    if i % 2:
        socket.close(linger=0)
    else:
        with socket:
            socket.linger = 0


def forgotten_sockets(i: int) -> None:
    socket = TracedSocket(context, zmq.PAIR)
    socket.linger = 0
    if i % 3 == 0:
        socket.trace.socket = socket  # a cycle


def bound_sockets(i: int) -> None:
    with context.socket(zmq.PULL) as pull, context.socket(zmq.PUSH) as push:
        pull.linger = push.linger = 0
        pull.bind("tcp://127.0.0.1:0" if i % 10 == 0 else f"inproc://bound-{i}")
        push.connect(pull.last_endpoint)
        push.send(b"x" * (100_000 if i % 5 == 0 else 10), copy=bool(i % 2))
        if i % 3:
            assert pull.poll(5000)
            pull.recv(copy=bool(i % 2))


def waiting_sockets(_: int) -> None:
    """Sockets that were waited on, so that all their descriptors exist."""
    with context.socket(zmq.PULL) as pull:
        pull.rcvtimeo = 0
        with suppress(zmq.Again):
            pull.recv()
        pull.poll(1)


def contexts(i: int) -> None:
    own = zmq.Context()
    socket = own.socket(zmq.PUSH)
    socket.linger = 0
    if i % 3 == 0:
        socket.close()
        own.term()
    elif i % 3 == 1:
        own.destroy(linger=0)
    else:
        with own:
            pass


def forgotten_contexts(_: int) -> None:
    own = zmq.Context()
    own.socket(zmq.PUSH).close()


def monitors(i: int) -> None:
    """Monitors closed in any order, before and after what they watch."""
    socket = context.socket(zmq.PAIR)
    monitor = socket.get_monitor_socket()
    if i % 2:
        socket.bind("tcp://127.0.0.1:0")
        assert monitor.poll(5000)
        monitor.recv_multipart()
    if i % 3 == 0:
        socket.disable_monitor()
    if i % 5 < 2:
        monitor.close()
        socket.close()
    elif i % 5 < 4:
        socket.close()
        monitor.close()


def pollers(i: int) -> None:
    poller = zmq.Poller()
    for thing in (quiet, other, sys.stdin.fileno()):
        poller.register(thing, zmq.POLLIN)
    poller.poll(0)
    poller.modify(quiet, zmq.POLLOUT)
    poller.unregister(quiet)
    zmq.select([quiet], [], [other], 0)
    if i % 50 == 0:
        poller.unregister(sys.stdin.fileno())
        poller.poll(1)


def frames(i: int) -> None:
    for size in (10, 70_000):
        frame = zmq.Frame(bytearray(size), copy=bool(i % 2), track=bool(i % 3))
        memoryview(frame)
        frame.bytes, frame.buffer  # noqa: B018
        one.send(frame, copy=False)
        got = other.recv(copy=False)
        with suppress(zmq.ZMQError):
            got.get("User-Id")
        got.get(zmq.MORE)


def messages(i: int) -> None:
    for copy in (True, False):
        one.send_multipart([b"1", bytearray(100), b"3" * 70_000], copy=copy)
        other.recv_multipart(copy=copy)
        one.send(b"x" * 20_000, copy=copy, track=True)
        other.recv_into(bytearray(10))
    one.send_json({"a": [1, None]})
    other.recv_json()
    one.send_pyobj(i)
    other.recv_pyobj()
    one.send_string("é")
    other.recv_string()


def errors(_: int) -> None:
    """Everything that can be refused."""
    rubbish: Any = object()
    calls: list[Callable[[], object]] = [
        lambda: quiet.recv(zmq.DONTWAIT),
        lambda: quiet.recv_multipart(zmq.DONTWAIT),
        lambda: quiet.recv_into(bytearray(1), flags=zmq.DONTWAIT),
        lambda: quiet.recv_into(b"read-only"),
        lambda: quiet.send(b"x"),
        lambda: one.send(rubbish),
        lambda: one.send_multipart([b"x", bytearray(70_000), rubbish], copy=False),
        lambda: one.send("text"),  # type: ignore[arg-type]
        lambda: one.set(zmq.LINGER, b"x"),
        lambda: one.set(zmq.LINGER, 1 << 40),
        lambda: one.get(99_999),
        lambda: one.bogus,
        lambda: one.bind("foo://x"),
        lambda: one.connect("inproc://x\0y"),
        lambda: one.unbind("inproc://x"),
        lambda: zmq.Frame(rubbish),
        lambda: zmq.Frame(b"x").get("no such"),
        lambda: zmq.Poller().unregister(one),
        lambda: zmq.Socket(rubbish, zmq.PUSH),
        lambda: zmq.zmq_poll([(rubbish, 1)], 0),
        lambda: context.socket(99),
        lambda: zmq.curve_public(b"x"),
    ]
    for call in calls:
        try:
            call()
        except Exception:
            continue
        raise SystemExit("that should have been refused")


def timeouts(_: int) -> None:
    quiet.rcvtimeo = 0
    with suppress(zmq.Again):
        quiet.recv()
    with suppress(zmq.Again):
        quiet.recv(copy=False)
    quiet.poll(0)


def options(_: int) -> None:
    one.linger = 5
    assert one.get(zmq.LINGER) == one.linger == one.LINGER
    one.routing_id = b"name"
    one.get_string(zmq.ROUTING_ID)
    one.set_string(zmq.ROUTING_ID, "name")
    one.last_endpoint, one.events, one.fileno(), repr(one)


def shadows(_: int) -> None:
    shadow = zmq.Socket.shadow(one)
    zmq.Socket.shadow(one.underlying)
    shadow.send(b"x")
    other.recv()
    zmq.Context.shadow(context).socket(zmq.PAIR).close()


def threads(i: int) -> None:
    """Threads that wait and end."""
    if i % 20:
        return
    with context.socket(zmq.PULL) as pull:
        pull.rcvtimeo = 1

        def wait() -> None:
            with suppress(zmq.Again):
                pull.recv()

        waiting = [threading.Thread(target=wait) for _ in range(4)]
        for thread in waiting:
            thread.start()
        for thread in waiting:
            thread.join()


SCENARIOS = {
    f.__name__: f
    for f in (
        sockets,
        forgotten_sockets,
        bound_sockets,
        waiting_sockets,
        contexts,
        forgotten_contexts,
        monitors,
        pollers,
        frames,
        messages,
        errors,
        timeouts,
        options,
        shadows,
        threads,
    )
}


def repeat(scenario: Callable[[int], object], rounds: int) -> None:
    limit = open_fds() + 300
    for i in range(rounds):
        scenario(i)
        if i % 100 == 99:
            # Cycles may wait for thousands of others, depending on the Python. Closing
            # is done by libzmq's reaper, which this loop can outrun.
            collect()
            until(lambda: open_fds() < limit, "the closing of sockets")


def settled(fds: int) -> bool:
    """Whether so many descriptors are left, also of what is closed later."""
    if open_fds() <= fds:
        return True
    # monitors are closed for good when their last event has come, at the latest by
    # whoever makes another socket
    context.socket(zmq.PAIR).close()
    return False


def main(name: str, rounds: int) -> None:
    scenario = SCENARIOS[name]
    first = max(100, min(1000, rounds // 4))
    if sys.implementation.name == "pypy":
        first = min(2000, 2 * rounds)  # for so long it compiles, and its heap grows
    repeat(scenario, first)
    objects = collect()
    context.socket(zmq.PAIR).close()
    fds, memory = open_fds(), rss()
    repeat(scenario, rounds)
    gc.collect()
    until(lambda: settled(fds + 2), f"the return of {open_fds()} descriptors to {fds}")
    more = collect() - objects
    grown = rss() - memory
    assert Trace.count == 0, f"{Trace.count} sockets are alive"
    assert more < 100, f"{more} objects more than before"
    assert grown < GROWTH, f"{grown} bytes more than before"
    print(f"{more} objects, {open_fds() - fds} descriptors, {grown >> 10} kB more")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
