"""A callback of a stream takes away everything: `inside_stream.py rounds`.

No message is delivered after that, nothing reaches the exception handler of the loop,
and everything ends within a second.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import common
from tornado.ioloop import IOLoop

import zmq
from zmq.eventloop.zmqstream import ZMQStream

LIMIT = 1.0


class Case:
    """Two streams, and a third one that is full."""

    def __init__(self) -> None:
        self.context = zmq.Context()
        kinds = (zmq.PUSH, zmq.PULL, zmq.PUSH)
        sockets: list[Any] = [self.context.socket(kind) for kind in kinds]
        for sock in sockets:
            sock.linger = 0
        sockets[1].bind("inproc://case")
        sockets[0].connect("inproc://case")
        sockets[2].sndhwm = 1
        sockets[2].connect("inproc://nobody")
        self.sender, self.receiver, self.full = map(ZMQStream, sockets)
        self.streams = [self.sender, self.receiver, self.full]
        for _ in range(5):
            self.full.send(b"x")
        self.received = 0
        self.after = 0
        self.over = False

    def note(self, _: object) -> None:
        self.received += 1
        self.after += self.over


def close(case: Case) -> None:
    for stream in case.streams:
        stream.close()


def close_and_term(case: Case) -> None:
    close(case)
    case.context.term()
    assert case.context.closed


def destroy(case: Case) -> None:
    case.context.destroy()
    assert case.context.closed


def close_sockets(case: Case) -> None:
    """Close them behind the back of their streams, which is warned of."""
    for stream in case.streams:
        sock = stream.socket
        if sock is not None:
            sock.close()
    case.context.term()


ACTS: list[Callable[[Case], None]] = [close, close_and_term, destroy, close_sockets]


def on_recv(case: Case, act: Callable[[], None]) -> None:
    def receive(message: Any) -> None:
        case.note(message)
        if case.received == 3:
            act()

    case.receiver.on_recv(receive)


def on_send(case: Case, act: Callable[[], None]) -> None:
    case.receiver.on_recv(case.note)

    def sent(message: Any, status: Any) -> None:
        if not case.over:
            act()

    case.sender.on_send(sent)


def in_close_callback(case: Case, act: Callable[[], None]) -> None:
    case.receiver.on_recv(case.note)
    case.receiver.set_close_callback(act)
    IOLoop.current().add_callback(case.receiver.close)


def in_callback(case: Case, act: Callable[[], None]) -> None:
    case.receiver.on_recv(case.note)
    IOLoop.current().add_callback(act)


def in_coroutine(case: Case, act: Callable[[], None]) -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        if not case.over:
            act()

    def receive(message: Any) -> Any:
        case.note(message)
        return work()

    case.receiver.on_recv(receive)


def while_flushing(case: Case, act: Callable[[], None]) -> None:
    def flush() -> None:
        if not case.receiver.closed():
            case.receiver.flush()

    IOLoop.current().add_callback(flush)
    on_recv(case, act)


PLACES: list[Callable[[Case, Callable[[], None]], None]] = [
    on_recv,
    on_send,
    in_close_callback,
    in_callback,
    in_coroutine,
    while_flushing,
]


async def one_round(place: Any, act: Callable[[Case], None]) -> float:
    case = Case()
    acted: list[float] = []
    errors: list[BaseException] = []

    def taking_away() -> None:
        acted.append(time.monotonic())
        case.over = True
        try:
            act(case)
        except BaseException as error:
            errors.append(error)

    place(case, taking_away)
    for i in range(20):
        case.sender.send_multipart([b"%d" % i, b"tail"])
    await common.turn_until(
        lambda: acted and all(stream.closed() for stream in case.streams),
        "the close",
        5,
    )
    assert not errors, errors
    late = time.monotonic() - acted[0]
    for _ in range(5):
        await asyncio.sleep(0)
    assert not case.after, f"{case.after} messages delivered afterwards"
    case.context.destroy(linger=0)
    return late


def in_loop(place: Any, act: Callable[[Case], None]) -> float:
    loop = IOLoop(make_current=False)
    unhandled: list[Any] = []
    loop.asyncio_loop.set_exception_handler(  # type: ignore[attr-defined]
        lambda _, what: unhandled.append(what)
    )
    late: float = loop.run_sync(lambda: one_round(place, act))
    common.collect()
    assert not unhandled, unhandled
    loop.close()
    return late


def main(rounds: int) -> None:
    for _ in range(rounds):
        for place in PLACES:
            for act in ACTS:
                try:
                    common.require_in_time(LIMIT, partial(in_loop, place, act))
                except BaseException:
                    print(f"{place.__name__}, {act.__name__}", file=sys.stderr)
                    raise
    print("done")


if __name__ == "__main__":
    main(int(sys.argv[1]))
