"""Zero-copy at length: `lending.py inproc|tcp messages`, one thread of Python.

Sends buffers that are lent to libzmq and receives them again, also in a fork; then
no buffer is alive, no memory has grown, and the process has libzmq's threads only.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
import weakref
from typing import Any

from common import rss, system_threads, until

import zmq

SIZE = 100_000
LIBZMQ_THREADS = 2  # the reaper and one I/O thread
GROWTH = 24 << 20
WINDOW = 8
COUNTS_REFERENCES = sys.implementation.name != "pypy"
# How many are awaited together; garbage has buffers of a multiple of these.
TRACKED = 100 if COUNTS_REFERENCES else 10


class Buffer(bytearray):
    """A buffer whose end can be seen."""

    __slots__ = ("__weakref__",)
    __hash__ = object.__hash__  # type: ignore[assignment]


alive: weakref.WeakSet[Buffer] = weakref.WeakSet()


def make_buffer(number: int) -> Buffer:
    buffer = Buffer(SIZE)
    buffer[:8] = number.to_bytes(8, "big")
    alive.add(buffer)
    return buffer


def number_of(frame: Any) -> int:
    return int.from_bytes(memoryview(frame)[:8], "big")


def connected(context: Any, transport: str) -> tuple[Any, Any]:
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    pull.rcvtimeo = push.sndtimeo = 20_000
    pull.bind("tcp://127.0.0.1:0" if transport == "tcp" else "inproc://lending")
    push.connect(pull.last_endpoint)
    return push, pull


def send_and_receive(push: Any, pull: Any, count: int) -> None:
    """Move `count` lent buffers, a window at a time, in every way of receiving."""
    rng = random.Random(count)
    trackers = []
    number = 0
    while number < count:
        window = min(rng.randrange(1, WINDOW), count - number)
        for i in range(number, number + window):
            tracker = push.send(make_buffer(i), copy=False, track=i % 10 == 0)
            if tracker is not None:
                trackers.append(tracker)
        for i in range(number, number + window):
            if i % 3 == 0:
                frame = pull.recv()
            elif i % 3 == 1:
                frame = pull.recv(copy=False)
                assert len(frame) == SIZE
            else:
                (frame,) = pull.recv_multipart(copy=False)
            assert number_of(frame) == i, (number_of(frame), i)
            del frame
        number += window
        if len(trackers) > TRACKED:
            await_all(trackers)
    await_all(trackers)


def await_all(trackers: list[Any]) -> None:
    if not COUNTS_REFERENCES:
        # Frames show the buffers, and views the frames: one collection for each.
        until(lambda: all(t.done for t in collected(trackers)), "their return")
    for tracker in trackers:
        tracker.wait(10)
        assert tracker.done
    trackers.clear()


def collected(trackers: list[Any]) -> list[Any]:
    gc.collect()
    return trackers


def check_alone(without: int) -> None:
    """No thread but libzmq's own helps; `without` were there before."""
    assert threading.active_count() == 1, threading.enumerate()
    expected = without + LIBZMQ_THREADS
    until(lambda: system_threads() == expected, f"{expected} threads of the system")


def check_returned(push: Any) -> None:
    """Every buffer came back."""

    def none_left() -> bool:
        push.events  # noqa: B018  what libzmq gave back is let go of by operations
        push.poll(0, zmq.POLLOUT)
        if not COUNTS_REFERENCES:
            gc.collect()
        return not alive

    until(none_left, "the return of every buffer")


def run(transport: str, count: int) -> None:
    without = system_threads()
    context = zmq.Context()
    push, pull = connected(context, transport)
    send_and_receive(push, pull, 300)
    check_returned(push)
    before = rss()
    check_alone(without)
    send_and_receive(push, pull, count)
    check_returned(push)
    check_alone(without)
    grown = rss() - before
    assert grown < GROWTH, f"{grown} bytes more than before"
    push.close()
    pull.close()
    context.term()
    until(lambda: system_threads() == without, "the end of libzmq's threads")


def run_across_fork(transport: str, count: int) -> None:
    """Fork with messages on the way: each goes on with its own context."""
    without = system_threads()
    context = zmq.Context()
    push, pull = connected(context, transport)
    for i in range(WINDOW):
        push.send(make_buffer(i), copy=False)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            alive.clear()  # what was lent at the fork is never given back here
            run(transport, count)
            status = 0
        finally:
            os._exit(status)
    assert [number_of(pull.recv()) for _ in range(WINDOW)] == list(range(WINDOW))
    send_and_receive(push, pull, count)
    check_returned(push)
    check_alone(without)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    push.close()
    pull.close()
    context.term()


def main(transport: str, count: int) -> None:
    run(transport, count)
    run_across_fork(transport, max(100, count // 20))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
