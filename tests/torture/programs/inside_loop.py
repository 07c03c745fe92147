"""What a loop calls takes away what others wait for: `inside_loop.py loop rounds`.

Every wait has to end within a second, nothing may reach the exception handler of the
loop, and the loop can be used on. When it is the loop that is closed, closing and
terminating must not wait for what will never run again.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import common
from common import GONE

import zmq
import zmq.asyncio

LIMIT = 1.0
Loop = asyncio.AbstractEventLoop


class Case:
    """A context with a socket that gets nothing, and one that is full."""

    def __init__(self, module: Any) -> None:
        self.module = module
        self.context = module.Context()
        self.sockets: list[Any] = []
        self.task: object = None  # kept, or it would be garbage
        self.receiver = self.socket(zmq.PULL)
        self.sender = self.socket(zmq.PUSH)
        self.receiver.bind("tcp://127.0.0.1:0")
        self.sender.sndhwm = 1
        self.sender.connect("inproc://nobody")
        filler = zmq.Socket(self.sender)
        while filler.poll(0, zmq.POLLOUT):
            filler.send(b"x", zmq.DONTWAIT)

    def socket(self, kind: int) -> Any:
        sock = self.context.socket(kind)
        sock.linger = 0
        self.sockets.append(sock)
        return sock


Act = Callable[[Case], None]


def make_loop(name: str) -> tuple[Loop, Any]:
    """An event loop, and the module of its sockets."""
    if name == "uvloop":
        import uvloop

        return uvloop.new_event_loop(), zmq.asyncio
    if name == "tornado":
        from tornado.ioloop import IOLoop

        from zmq.eventloop import future

        return IOLoop(make_current=False).asyncio_loop, future  # type: ignore[attr-defined]
    return asyncio.new_event_loop(), zmq.asyncio


# What is waited for: a socket that is never ready, or always full.


async def until_closed(sock: Any, began: list[None]) -> None:
    began.append(None)
    async for _ in sock:
        raise AssertionError("nobody has sent anything")
    raise asyncio.CancelledError


async def with_poller(sock: Any, module: Any, began: list[None]) -> None:
    poller = module.Poller()
    poller.register(sock, zmq.POLLIN)
    began.append(None)
    await poller.poll()


async def start_waits(case: Case) -> list[Any]:
    """Return tasks that wait in every way, and futures that nobody awaits yet."""
    receiver, sender = case.receiver, case.sender
    began: list[None] = []
    coroutines = [
        until_closed(receiver, began),
        with_poller(receiver, case.module, began),
    ]

    async def awaiting(make: Callable[[], Any]) -> None:
        began.append(None)
        await make()

    makers: list[Callable[[], Any]] = [
        receiver.recv,
        lambda: receiver.recv(copy=False),
        receiver.recv_multipart,
        receiver.recv_string,
        lambda: receiver.recv_many(5),
        lambda: receiver.recv_into(bytearray(9)),
        receiver.poll,
        lambda: sender.send(b"x"),
        lambda: sender.send_multipart([b"x", b"y"]),
        lambda: sender.send_many([[b"x"], [b"y"]]),
        lambda: sender.poll(None, zmq.POLLOUT),
    ]
    waits = [asyncio.ensure_future(c) for c in coroutines]
    waits += [asyncio.ensure_future(awaiting(make)) for make in makers]
    await common.turn_until(lambda: len(began) == len(waits), "the tasks waiting")
    return waits + [make() for make in makers]


# What takes them away.


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
    assert all(sock.closed for sock in case.sockets)


def close_loop_too(case: Case) -> None:
    """Close the loop that runs: it refuses, and everything goes on."""
    try:
        asyncio.get_running_loop().close()
    except RuntimeError:
        close_and_term(case)
    else:
        raise AssertionError("a running loop was closed")


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


ACTS: list[Act] = [
    close,
    close_and_term,
    destroy,
    close_loop_too,
    in_finalizer,
    by_shadows,
]


# Where that is done. Each gets something to call, in the loop.


def in_callback(loop: Loop, act: Callable[[], None], case: Case) -> None:
    loop.call_soon(act)


def in_timer(loop: Loop, act: Callable[[], None], case: Case) -> None:
    loop.call_later(0.002, act)


def in_task(loop: Loop, act: Callable[[], None], case: Case) -> None:
    async def run() -> None:
        await asyncio.sleep(0)
        act()

    case.task = loop.create_task(run())


def in_done_callback(loop: Loop, act: Callable[[], None], case: Case) -> None:
    future = loop.create_future()
    future.add_done_callback(lambda _: act())
    future.set_result(None)


def in_callback_of_a_receive(loop: Loop, act: Callable[[], None], case: Case) -> None:
    """The future of another socket of the same context, that gets its message now."""
    one, other = case.socket(zmq.PAIR), case.socket(zmq.PAIR)
    one.bind("inproc://ours")
    other.connect("inproc://ours")
    received = one.recv()
    received.add_done_callback(lambda _: act())
    zmq.Socket(other).send(b"now")


def in_callback_of_a_wait(loop: Loop, act: Callable[[], None], case: Case) -> None:
    """A future of the very socket that is to be closed is given up."""
    waiting = case.receiver.recv()
    waiting.add_done_callback(lambda _: act())
    loop.call_soon(waiting.cancel)


def in_reader(loop: Loop, act: Callable[[], None], case: Case) -> None:
    reading, writing = os.pipe()

    def read() -> None:
        loop.remove_reader(reading)
        os.close(reading)
        os.close(writing)
        act()

    loop.add_reader(reading, read)
    os.write(writing, b"x")


def in_handler_of_loop(loop: Loop, act: Callable[[], None], case: Case) -> None:
    def handle() -> None:
        loop.remove_signal_handler(signal.SIGUSR1)
        act()

    loop.add_signal_handler(signal.SIGUSR1, handle)
    os.kill(os.getpid(), signal.SIGUSR1)


def in_signal_handler(loop: Loop, act: Callable[[], None], case: Case) -> None:
    """In whatever the loop does just then; in its selector, most often."""
    signal.signal(signal.SIGUSR1, lambda *_: act())
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.005, signal.pthread_kill, (main, signal.SIGUSR1)).start()


PLACES: list[Callable[[Loop, Callable[[], None], Case], None]] = [
    in_callback,
    in_timer,
    in_task,
    in_done_callback,
    in_callback_of_a_receive,
    in_callback_of_a_wait,
    in_reader,
    in_handler_of_loop,
    in_signal_handler,
]


async def still_works(module: Any) -> None:
    with module.Context() as context:
        push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        with push, pull:
            pull.bind("inproc://after")
            push.connect("inproc://after")
            receiving = pull.recv()
            await push.send(b"after")
            assert await asyncio.wait_for(receiving, 5) == b"after"


async def one_round(module: Any, place: Any, act: Act) -> float:
    """Return how long it took until nobody waited any more, in seconds."""
    loop = asyncio.get_running_loop()
    case = Case(module)
    waits = await start_waits(case)
    acted: list[float] = []
    errors: list[BaseException] = []

    def taking_away() -> None:
        acted.append(time.monotonic())
        try:
            act(case)
        except BaseException as error:
            errors.append(error)

    place(loop, taking_away, case)
    _, waiting = await asyncio.wait(waits, timeout=5)
    late = time.monotonic() - acted[0]
    assert not errors, errors
    assert not waiting, f"still waiting: {waiting}"
    for wait in waits:
        check(wait)
    case.context.destroy(linger=0)
    await still_works(module)
    return late


def check(wait: Any) -> None:
    """Look how a wait has ended."""
    try:
        result = wait.result()
    except asyncio.CancelledError:
        return
    except zmq.ZMQError as error:
        assert error.errno in GONE, error  # noqa: PT017
    else:
        raise AssertionError(f"{wait} ended with {result!r}")


def inside(name: str, place: Any, act: Act) -> float:
    """Take everything away in a loop that runs; return how long that took."""
    loop, module = make_loop(name)
    unhandled: list[Any] = []
    loop.set_exception_handler(lambda _, what: unhandled.append(what))
    late = loop.run_until_complete(one_round(module, place, act))
    common.collect()
    loop.close()
    assert not unhandled, unhandled
    return late


def after(name: str, ending: str, act: Act) -> float:
    """End the loop first, with all who wait in it, and then take everything away."""
    loop, module = make_loop(name)
    loop.set_exception_handler(lambda *_: None)  # of tasks that are never finished

    async def wait() -> tuple[Case, list[Any]]:
        case = Case(module)
        return case, await start_waits(case)

    case, waits = loop.run_until_complete(wait())
    if ending == "closed":
        loop.close()
    elif ending == "dropped":
        del loop
        common.collect()
    began = time.monotonic()
    act(case)
    case.context.destroy(linger=0)
    late = time.monotonic() - began
    if ending == "stopped":
        # What was cancelled meanwhile is told when it runs again.
        loop.run_until_complete(asyncio.wait(waits, timeout=5))
        for each in waits:
            check(each)
        loop.run_until_complete(still_works(module))
        loop.close()
    else:
        other, module = make_loop(name)
        other.run_until_complete(still_works(module))
        other.close()
    return late


ENDED: list[Act] = [close, close_and_term, destroy, in_finalizer, by_shadows]


def cases(name: str) -> Iterator[tuple[str, Callable[[], float]]]:
    """Each with its name."""
    for place in PLACES:
        for act in ACTS:
            # Where a signal comes there is a loop that runs, but no callback of it.
            if (place, act) != (in_signal_handler, close_loop_too):
                words = f"{place.__name__}, {act.__name__}"
                yield words, partial(inside, name, place, act)
    for ending in ("stopped", "closed", "dropped"):
        for act in ENDED:
            yield f"{ending}, {act.__name__}", partial(after, name, ending, act)


def main(name: str, rounds: int) -> None:
    for _ in range(rounds):
        for words, case in cases(name):
            try:
                common.require_in_time(LIMIT, case)
            except BaseException:
                print(f"{name}: {words}", file=sys.stderr)
                raise
    print("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
