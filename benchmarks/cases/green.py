"""Sockets that block only the greenlet."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.registry import Loop, case
from benchmarks.targets import PYZMQ, Faster

NEEDED = ("gevent", "zmq.green")


@contextmanager
def pair(left: str, right: str) -> Iterator[Any]:
    """Yield two connected green sockets."""
    import zmq.green as zmq

    context = zmq.Context()
    bound, connected = (context.socket(getattr(zmq, kind)) for kind in (left, right))
    bound.bind("inproc://green")
    connected.connect("inproc://green")
    try:
        yield bound, connected
    finally:
        context.destroy(linger=0)


@case("green send+recv, 16 B, ready", Faster(PYZMQ, 10), modules=NEEDED)
def green_exchange() -> Iterator[Loop]:
    """Measure the cost of a call that need not wait."""
    with pair("PULL", "PUSH") as (receiver, sender):
        message = bytes(16)

        def loop(count: int) -> None:
            for _ in range(count):
                sender.send(message)
                receiver.recv()

        yield loop


@case("green REQ/REP between two greenlets", Faster(PYZMQ, 2), modules=NEEDED)
def green_req_rep() -> Iterator[Loop]:
    """Switch between greenlets for every message."""
    gevent = importlib.import_module("gevent")

    with pair("REP", "REQ") as (server, client):

        def answer(count: int) -> None:
            for _ in range(count):
                server.send(server.recv())

        def loop(count: int) -> None:
            server_greenlet = gevent.spawn(answer, count)
            for _ in range(count):
                client.send(b"request-16-bytes")
                client.recv()
            server_greenlet.join()

        yield loop
