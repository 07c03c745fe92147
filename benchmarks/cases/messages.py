"""Sending and receiving over inproc in one thread."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.registry import Loop, case
from benchmarks.sockets import inproc_pair
from benchmarks.targets import PYZMQ, C, Faster

BURST = 1000


def exchange(size: int, copy: bool = True) -> Iterator[Loop]:
    """Send a message and receive it, over and over."""
    with inproc_pair() as (sender, receiver):
        message = bytes(size)

        def loop(count: int) -> None:
            for _ in range(count):
                sender.send(message)
                receiver.recv()

        def loop_without_copy(count: int) -> None:
            for _ in range(count):
                sender.send(message, copy=False)
                receiver.recv(copy=False)

        yield loop if copy else loop_without_copy


@case(
    "send+recv 16 B, inproc, one thread",
    Faster(PYZMQ, 5),
    Faster(C, 0.5),
    native="exchange_16",
)
def exchange_16() -> Iterator[Loop]:
    """Measure the cost of a call: nothing here ever waits."""
    return exchange(16)


@case(
    "1000 sends, then as many recvs, 16 B", Faster(PYZMQ, 3), native="burst", per=BURST
)
def burst() -> Iterator[Loop]:
    """Fill the queue, then empty it."""
    with inproc_pair(high_water_mark=0) as (sender, receiver):
        message = bytes(16)

        def loop(count: int) -> None:
            for _ in range(count):
                for _ in range(BURST):
                    sender.send(message)
                for _ in range(BURST):
                    receiver.recv()

        yield loop


@case("send+recv 64 kB", Faster(PYZMQ, 2), native="exchange_64k")
def exchange_64k() -> Iterator[Loop]:
    """Measure copying in and out, within the processor's caches."""
    return exchange(1 << 16)


@case("send+recv 1 MB", Faster(PYZMQ, 2), native="exchange_1m")
def exchange_1m() -> Iterator[Loop]:
    """Measure copying in and out, and large allocations."""
    return exchange(1 << 20)


@case("send+recv 1 MB, copy=False", Faster(PYZMQ, 8), native="exchange_nocopy")
def exchange_nocopy() -> Iterator[Loop]:
    """Measure what handing a buffer over costs when nothing is copied."""
    return exchange(1 << 20, copy=False)


def multipart(frames: int) -> Iterator[Loop]:
    """Send and receive messages of many small frames."""
    with inproc_pair() as (sender, receiver):
        message = [bytes(16)] * frames

        def loop(count: int) -> None:
            for _ in range(count):
                sender.send_multipart(message)
                receiver.recv_multipart()

        yield loop


@case(
    "send_multipart+recv_multipart, 3 frames", Faster(PYZMQ, 12), native="multipart_3"
)
def multipart_3() -> Iterator[Loop]:
    """Measure the usual message: identity, delimiter, body."""
    return multipart(3)


@case(
    "send_multipart+recv_multipart, 10 frames", Faster(PYZMQ, 12), native="multipart_10"
)
def multipart_10() -> Iterator[Loop]:
    """Measure the cost of a frame."""
    return multipart(10)


@case("send_string+recv_string", Faster(PYZMQ, 3))
def string() -> Iterator[Loop]:
    """Measure the encoding and decoding of a short text."""
    with inproc_pair() as (sender, receiver):

        def loop(count: int) -> None:
            for _ in range(count):
                sender.send_string("sixteen letters.")
                receiver.recv_string()

        yield loop


@case("send_json+recv_json", Faster(PYZMQ, 1.3))
def json() -> Iterator[Loop]:
    """Measure a small dictionary, most of whose time is json's own."""
    with inproc_pair() as (sender, receiver):
        document = {"id": 17, "name": "seventeen", "tags": ["a", "b"]}

        def loop(count: int) -> None:
            for _ in range(count):
                sender.send_json(document)
                receiver.recv_json()

        yield loop


@case("send_json+recv_json, by msgspec", Faster(PYZMQ, 3), modules=("msgspec",))
def json_by_msgspec() -> Iterator[Loop]:
    """Measure the same with a library that ours can be asked to use."""
    yield from _json_by("msgspec")


@case("send_json+recv_json, by orjson", Faster(PYZMQ, 3), modules=("orjson",))
def json_by_orjson() -> Iterator[Loop]:
    """Measure the same with the other one."""
    yield from _json_by("orjson")


def _json_by(library: str) -> Iterator[Loop]:
    from zmq.utils import jsonapi

    if hasattr(jsonapi, "use"):
        jsonapi.use(library)
    yield from json()
