"""What ends during an operation takes the sockets away: `dying.py rounds`.

A `__del__`, or the callback of a weak reference, of whatever an operation lets go of
closes its socket, terminates the context, or sends and receives itself. The operation
ends at once, as it would have or with an error, and messages stay whole.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import common
from common import GONE

import zmq

LIMIT = 1.0
Call = Callable[["Case"], object]


class Case:
    """Two sockets with messages in both directions, and what dies between them."""

    def __init__(self, act: Call) -> None:
        self.context = zmq.Context()
        self.one, self.other = (self.context.socket(zmq.PAIR) for _ in range(2))
        for sock in (self.one, self.other):
            sock.linger = 0
            sock.rcvtimeo = sock.sndtimeo = 200
        self.one.bind("inproc://dying")
        self.other.connect("inproc://dying")
        for _ in range(3):
            self.other.send_multipart(MESSAGE)
        self.act = act
        self.acted = 0
        self.references: list[Any] = []
        self.errors: list[BaseException] = []

    def run(self, _: object = None) -> None:
        """Act, once; called by whatever dies."""
        if self.acted:
            return
        self.acted = 1
        try:
            self.act(self)
        except zmq.Again:
            pass
        except zmq.ZMQError as error:
            if error.errno not in GONE:
                self.errors.append(error)
        except BaseException as error:
            self.errors.append(error)

    def watched(self, thing: Any, by_weakref: bool) -> Any:
        """Have the end of a thing do it."""
        if by_weakref:
            self.references.append(weakref.ref(thing, self.run))
        else:
            thing.dies = self.run
        return thing


MESSAGE = [b"head", b"m" * 20_000, b"tail"]
#: All that is sent here, each frame by its first byte: no tail is among these.
SHAPES = {b"hmt", b"x", b"xy", b"xyz", b"\0", b"\0\0\0", b"f", b"fa", b"xfa"}
SHAPES |= {b"0fa", b"1fa", b"2fa", b"[", b"\x80"}  # of bursts, of JSON, of a pickle


class Memory(bytearray):
    """A buffer that may do something at its end."""

    dies: Any = None

    def __del__(self) -> None:
        if self.dies is not None:
            self.dies()


class Thing:
    """Something to be polled, or with a length, that may do something at its end."""

    dies: Any = None
    __del__ = Memory.__del__

    def fileno(self) -> int:
        return 0

    def __index__(self) -> int:
        return 0


# How something comes to die inside: each returns what is to be done before the call.


def lent(case: Case, by_weakref: bool) -> None:
    """A buffer that libzmq has given back; the next operation lets go of it."""
    memory = case.watched(Memory(100_000), by_weakref)
    case.other.send(memory, copy=False)
    for _ in range(3):
        case.one.recv_multipart()
    zmq_message = case.one.recv(copy=False)
    for _ in range(3):
        case.other.send_multipart(MESSAGE)
    del memory
    del zmq_message


def in_a_cycle(case: Case, by_weakref: bool) -> None:
    """Garbage that is collected by whatever the operation allocates."""
    cycle: list[Any] = [case.watched(Thing(), by_weakref)]
    cycle.append(cycle)
    gc.set_threshold(1, 1, 1)


def nothing(case: Case, by_weakref: bool) -> None:
    """The call brings it with it."""


def thing(case: Case, by_weakref: bool) -> Any:
    return case.watched(Thing(), by_weakref)


def frames(case: Case, by_weakref: bool, *before: bytes) -> Iterator[Any]:
    """Frames that nobody keeps."""
    yield from before
    yield case.watched(Memory(b"f" * 20_000), by_weakref)
    yield b"after"


def burst(case: Case, by_weakref: bool) -> Iterator[Any]:
    for i in range(3):
        yield frames(case, by_weakref, b"%d" % i)


CALLS: list[Call] = [
    lambda c: c.one.send(b"x"),
    lambda c: c.one.send(b"x" * 300_000),
    lambda c: c.one.send(bytearray(100_000), copy=False),
    lambda c: c.one.send_multipart([b"x", b"y", b"z"]),
    lambda c: c.one.send_multipart([bytearray(99_999)] * 3, copy=False),
    lambda c: c.one.send_many([[b"x", b"y"]] * 9),
    lambda c: c.one.recv(),
    lambda c: c.one.recv(copy=False),
    lambda c: c.one.recv_multipart(),
    lambda c: c.one.recv_multipart(copy=False),
    lambda c: c.one.recv_many(9),
    lambda c: c.one.recv_into(bytearray(99)),
    lambda c: c.one.poll(20),
    lambda c: c.one.poll(20, zmq.POLLOUT),
    lambda c: zmq.select([c.one, c.other], [c.one], [], 0.02),
    lambda c: zmq.zmq_poll([(c.one, 3), (c.other, 3)], 20),
    lambda c: with_poller(c, c.one, c.other),
    lambda c: c.one.get(zmq.EVENTS),
    lambda c: c.one.set(zmq.RCVHWM, 5),
    lambda c: c.one.get_monitor_socket().close(),
    lambda c: c.one.bind("inproc://another"),
    lambda c: zmq.Socket.shadow(c.one).recv_multipart(),
]

#: What takes with it the thing that dies.
TAKING: list[Callable[[Case, bool], object]] = [
    lambda c, w: c.one.send_multipart(frames(c, w)),
    lambda c, w: c.one.send_multipart(list(frames(c, w)), copy=False),
    lambda c, w: c.one.send_multipart(frames(c, w, b"x"), copy=False),
    lambda c, w: c.one.send_many(burst(c, w)),
    lambda c, w: c.one.send_many(list(map(list, burst(c, w))), copy=False),
    lambda c, w: c.one.send(c.watched(Memory(99_999), w), copy=False),
    lambda c, w: c.one.send(zmq.Frame(c.watched(Memory(99_999), w), copy=False)),
    lambda c, w: c.one.send(c.watched(Memory(99_999), w), copy=False, track=True),
    lambda c, w: c.one.recv_into(c.watched(Memory(99), w)),
    lambda c, w: zmq.select([thing(c, w), c.one], [], [], 0),
    lambda c, w: zmq.zmq_poll([(c.one, 1), (thing(c, w), 1)], 0),
    lambda c, w: with_poller(c, c.one, thing(c, w)),
    lambda c, w: c.one.set(zmq.LINGER, thing(c, w)),
    lambda c, w: c.one.get(thing(c, w)),
    lambda c, w: c.one.poll(thing(c, w)),
]


def with_poller(case: Case, *things: Any) -> object:
    poller = zmq.Poller()
    for each in things:
        poller.register(each, zmq.POLLIN)
    return poller.poll(20)


def close_and_term(case: Case) -> None:
    case.one.close()
    case.other.close()
    case.context.term()
    assert case.context.closed


def destroy(case: Case) -> None:
    case.context.destroy(linger=0)
    assert case.context.closed


def take_a_frame(case: Case) -> None:
    case.one.recv(zmq.DONTWAIT)


ACTS: list[Call] = [
    lambda c: c.one.close(),
    lambda c: c.other.close(),
    close_and_term,
    destroy,
    lambda c: zmq.Socket.shadow(c.one).close(),
    lambda c: c.one.send_multipart(MESSAGE, zmq.DONTWAIT),
    lambda c: c.one.recv_multipart(zmq.DONTWAIT),
    take_a_frame,
]


def expect_whole(case: Case, receiver: Any) -> None:
    """What is left has all its frames; things may still die meanwhile."""
    shapes = []
    try:
        while not receiver.closed and receiver.poll(0):
            parts = receiver.recv_multipart(zmq.DONTWAIT)
            shapes.append(b"".join(part[:1] for part in parts))
    except zmq.ZMQError as error:
        if error.errno not in (*GONE, zmq.EAGAIN):
            raise
    assert set(shapes) <= SHAPES, shapes


def one_case(
    call: Callable[[Case, bool], object],
    act: Call,
    prepare: Callable[[Case, bool], object],
    by_weakref: bool,
) -> int:
    case = Case(act)
    prepare(case, by_weakref)
    began = time.monotonic()
    # Any refusal of arguments will do: what counts is that there is a next line.
    try:
        with suppress(TypeError, ValueError):
            call(case, by_weakref)
    except zmq.Again:
        pass
    except zmq.ZMQError as error:
        if error.errno not in (*GONE, zmq.EINVAL):
            raise
    finally:
        gc.set_threshold(700, 10, 10)
    late = time.monotonic() - began
    assert late < LIMIT, f"{late} s late"
    assert not case.errors, case.errors
    acted = case.acted
    for sock in (case.one, case.other):
        # The rest of what was received frame by frame, perhaps by what dies only now.
        while not sock.closed and sock.rcvmore:
            sock.recv_multipart()
    if act is take_a_frame:
        case.acted = 1  # from here on messages are looked at as wholes
    expect_whole(case, case.other)
    expect_whole(case, case.one)
    case.acted = 1  # what is left to die does nothing more
    case.context.destroy(linger=0)
    case.references.clear()
    return acted


def main(rounds: int) -> None:
    acted = [0, 0, 0]
    for _ in range(rounds):
        for by_weakref in (False, True):
            for act in ACTS:
                for i, (prepare, calls) in enumerate(WAYS):
                    for k, call in enumerate(calls):
                        try:
                            acted[i] += one_case(call, act, prepare, by_weakref)
                        except BaseException:
                            where = (prepare.__name__, k, ACTS.index(act), by_weakref)
                            print("way, call, act, by weakref:", where, file=sys.stderr)
                            raise
    common.collect()
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        # Whatever its threshold, the collector waits there for thousands of objects.
        del acted[1]
    assert all(acted), acted
    print(f"acted {acted}")
    print("done")


def without(call: Call) -> Callable[[Case, bool], object]:
    return lambda case, _: call(case)


WAYS: list[tuple[Any, list[Callable[[Case, bool], object]]]] = [
    (lent, [without(call) for call in CALLS]),
    (in_a_cycle, [without(call) for call in CALLS]),
    (nothing, TAKING),
]

if __name__ == "__main__":
    main(int(sys.argv[1]))
