"""Arguments, handlers and finalizers that use or close the very socket in use.

Nothing of that may crash; an error of zmq is the answer to most of it.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import common
from closing import full_sender, quiet_receiver

import zmq

context = zmq.Context()
Action = Callable[[], object]
number = 0


def pair(timeout: int = 10) -> tuple[Any, Any]:
    global number
    number += 1
    one, other = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    for socket in (one, other):
        socket.linger = 0
        socket.rcvtimeo = socket.sndtimeo = timeout
    one.bind(f"inproc://reentrant-{number}")
    other.connect(one.last_endpoint)
    return one, other


class Doing:
    """Whatever is asked of it, it does something else first."""

    def __init__(self, action: Action, value: Any = 0) -> None:
        self.action = action
        self.value = value

    def get(self) -> Any:
        self.action()
        return self.value

    def __index__(self) -> int:
        return int(self.get())

    __int__ = __index__

    def __float__(self) -> float:
        return float(self.get())

    def __bool__(self) -> bool:
        return bool(self.get())

    def __len__(self) -> int:
        return len(self.get())

    def __getitem__(self, index: Any) -> Any:
        return self.get()[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.get())

    def __buffer__(self, flags: int) -> memoryview:
        return memoryview(self.get())

    def __hash__(self) -> int:
        return hash(self.get())

    def __eq__(self, other: object) -> bool:
        return bool(self.get() == other)

    def __str__(self) -> str:
        return str(self.get())

    def __repr__(self) -> str:
        return repr(self.get())

    def fileno(self) -> int:
        return int(self.get())


def parts(action: Action) -> Iterator[bytes]:
    yield b"before"
    action()
    yield b"after"


class Dying(bytearray):
    """A buffer that does something when it is no longer needed."""

    action: Action = staticmethod(lambda: None)  # type: ignore[assignment]

    def __del__(self) -> None:
        with suppress(zmq.ZMQError):
            self.action()


def uses(s: Any, action: Action) -> list[Action]:
    """Make calls whose arguments act while they are looked at."""
    large = bytearray(100_000)
    return [
        lambda: s.send(b"x", Doing(action)),
        lambda: s.send(b"x", copy=Doing(action)),
        lambda: s.send(b"x", track=Doing(action)),
        lambda: s.send(Doing(action, b"x")),
        lambda: s.send(Doing(action, large), copy=False),
        lambda: s.send(Doing(action, large)),
        lambda: s.send_multipart(parts(action)),
        lambda: s.send_multipart(list(parts(action))),
        lambda: s.send_multipart([b"x", Doing(action, b"y"), b"z"]),
        lambda: s.send_multipart([b"x", Doing(action, large), b"z"], copy=False),
        lambda: s.send_multipart(Doing(action, [b"x", b"y"])),
        lambda: s.send_multipart([b"x"], Doing(action)),
        lambda: s.send_serialized(0, lambda _: parts(action)),
        lambda: s.send_string(Doing(action, "x")),
        lambda: s.recv(Doing(action, 1)),
        lambda: s.recv(1, copy=Doing(action)),
        lambda: s.recv_multipart(1, copy=Doing(action)),
        lambda: s.recv_into(Doing(action, large), flags=1),
        lambda: s.recv_into(large, nbytes=Doing(action), flags=1),
        lambda: s.recv_serialized(lambda _: action(), 1),
        lambda: s.poll(Doing(action)),
        lambda: s.poll(0, Doing(action, 1)),
        lambda: zmq.zmq_poll([(s, Doing(action, 1))], 0),
        lambda: zmq.zmq_poll([(s, 1), (Doing(action, 0), 1)], 0),
        lambda: zmq.zmq_poll([(s, 1)], Doing(action)),
        lambda: zmq.zmq_poll([(s, 1), Doing(action, (s, 1))], 0),
        lambda: zmq.zmq_poll(Doing(action, [(s, 1), (s, 2)]), 0),
        lambda: zmq.select([s, Doing(action, 0)], [], [], 0),
        lambda: s.set(Doing(action, zmq.LINGER), 0),
        lambda: s.set(zmq.LINGER, Doing(action)),
        lambda: setattr(s, "linger", Doing(action)),
        lambda: setattr(s, "routing_id", Doing(action, b"x")),
        lambda: s.get(Doing(action, zmq.LINGER)),
        lambda: s.bind(Doing(action, "inproc://doing")),
        lambda: s.connect(Doing(action, "inproc://doing")),
        lambda: s.monitor("inproc://doing", Doing(action, 1)),
        lambda: s.close(linger=Doing(action)),
        lambda: setattr(s, "copy_threshold", Doing(action)),
        lambda: zmq.Socket(context, Doing(action, zmq.PUSH)).close(),
        lambda: zmq.proxy(s, Doing(action)),
        lambda: zmq.Frame(Doing(action, b"x")),
        lambda: zmq.Frame(Doing(action, large), copy=False),
        lambda: zmq.Frame(b"x", copy_threshold=Doing(action)),
        lambda: zmq.Frame(b"x").get(Doing(action)),
        lambda: zmq.has(Doing(action)),
    ]


def actions(one: Any, other: Any) -> list[Action]:
    return [
        one.close,
        other.close,
        lambda: one.send(b"inner", zmq.DONTWAIT),
        lambda: one.recv(zmq.DONTWAIT),
        lambda: one.poll(0),
        lambda: one.send_multipart([b"inner", b"message"], zmq.DONTWAIT),
        gc.collect,
    ]


def check_arguments() -> None:
    count = len(uses(None, print)) * len(actions(*pair()))
    done = 0
    for a in range(len(actions(*pair()))):
        for u in range(len(uses(None, print))):
            one, other = pair()
            other.send_multipart([b"there is", b"something"])
            call = uses(one, actions(one, other)[a])[u]
            # any refusal will do; what counts is that there is a next line
            with suppress(Exception):
                call()
            one.close(linger=0)
            other.close(linger=0)
            done += 1
    assert done == count


def check_whole_messages() -> None:
    """What is sent meanwhile never ends up inside a message."""
    one, other = pair()

    def action() -> None:
        one.send_multipart([b"inner", b"message"])

    one.send_multipart(parts(action))
    if sys.version_info >= (3, 12):
        one.send_multipart([b"before", Doing(action, b"after")])
    got = []
    while other.poll(0):
        got.append(other.recv_multipart())
    assert set(map(tuple, got)) <= {(b"inner", b"message"), (b"before", b"after")}, got
    one.close()
    other.close()


def check_finalizers() -> None:
    """Buffers whose end comes during an operation on the socket."""
    for a in range(len(actions(*pair()))):
        one, other = pair()
        for _ in range(3):
            buffer = Dying(100_000)
            buffer.action = actions(one, other)[a]
            with suppress(zmq.ZMQError):
                one.send(buffer, copy=False)
            del buffer
            with suppress(zmq.ZMQError):
                other.recv()
            for _ in range(3):
                with suppress(zmq.ZMQError):
                    one.send_multipart([b"x", b"y"])
                with suppress(zmq.ZMQError):
                    other.recv_multipart(zmq.DONTWAIT)
        one.close(linger=0)
        other.close(linger=0)


def check_collections() -> None:
    """The garbage collector runs, and acts, wherever it can."""
    for a in range(len(actions(*pair()))):
        one, other = pair()
        action = actions(one, other)[a]
        inside = []

        def collecting(
            phase: str,
            _: object,
            action: Action = action,
            inside: list[int] = inside,
        ) -> None:
            if not inside:
                inside.append(1)
                with suppress(zmq.ZMQError):
                    action()
                inside.pop()

        gc.callbacks.append(collecting)
        gc.set_threshold(1, 1, 1)
        try:
            for i in range(50):
                with suppress(zmq.ZMQError):
                    one.send_multipart([b"x"] * 5, zmq.DONTWAIT, copy=bool(i % 2))
                with suppress(zmq.ZMQError):
                    other.recv_multipart(zmq.DONTWAIT, copy=bool(i % 3))
                with suppress(zmq.ZMQError):
                    zmq.select([one, other], [], [], 0)
        finally:
            gc.set_threshold(700, 10, 10)
            gc.callbacks.remove(collecting)
        one.close(linger=0)
        other.close(linger=0)


def check_handlers() -> None:
    """Signal handlers that use the socket that the interrupted call waits for."""

    def after(seconds: float, action: Action) -> None:
        def handler(*_: object) -> None:
            with suppress(zmq.ZMQError):
                action()

        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def ends(call: Action, socket: Any) -> None:
        after(0.01, socket.close)
        try:
            call()
        except zmq.ZMQError as error:
            assert error.errno == zmq.ENOTSOCK, error  # noqa: PT017
        else:
            raise AssertionError("the wait went on without its socket")

    for use in ("recv", "recv_multipart", "poll"):
        pull = quiet_receiver(context)
        ends(getattr(pull, use), pull)
    pull = quiet_receiver(context)
    poller = zmq.Poller()
    poller.register(pull, zmq.POLLIN)
    poller.register(0, zmq.POLLPRI)
    ends(poller.poll, pull)
    push = full_sender(context)
    ends(lambda: push.send_multipart([b"x", b"y"]), push)
    pull, backend = quiet_receiver(context), quiet_receiver(context)
    ends(lambda: zmq.proxy(pull, backend), pull)
    backend.close()

    one, other = pair(5000)
    after(0.01, lambda: other.send(b"from the handler"))
    assert one.recv() == b"from the handler"
    # the handler takes the message away, and another one comes
    other.send(b"first")

    def take_and_send() -> None:
        one.recv(zmq.DONTWAIT)
        other.send(b"second")

    assert one.recv() == b"first"
    after(0.01, lambda: (other.send(b"1"), take_and_send()))
    assert one.recv() == b"second"
    one.close()
    other.close()


if __name__ == "__main__":
    assert common
    check_arguments()
    check_whole_messages()
    check_finalizers()
    if hasattr(gc, "callbacks"):  # PyPy runs nothing of Python's inside a collection
        check_collections()
    check_handlers()
    context.destroy(linger=0)
    print("alive")
