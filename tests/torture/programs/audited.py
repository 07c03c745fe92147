"""An audit hook takes the sockets away in the middle of a call: `audited.py rounds`.

Most calls raise no audit event. Those that have something to explain, or that import
what they need only now, raise many. Each event is a case of its own, in a child, as
what has been imported is not imported again.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import common
from dying import ACTS, MESSAGE, Case, close_and_term, expect_whole, take_a_frame

import zmq

# Nothing waits for more than 50 ms; but imports take their time on a busy machine.
LIMIT = 5.0
MOST = 2  # events of a call that are tried; they are spread over all of them


def refused_send(case: Case) -> object:
    """A REP socket has to receive first."""
    case.other.close()
    case.other = case.context.socket(zmq.REP)
    return case.other.send_multipart(MESSAGE)


def full_send(case: Case) -> object:
    """A PUSH socket waits for a peer, in vain."""
    case.other.close()
    case.other = case.context.socket(zmq.PUSH)
    case.other.sndtimeo = 5
    return str(case.other.send_multipart(MESSAGE))


def drained(case: Case, call: Callable[[], object]) -> object:
    while case.one.poll(0):
        case.one.recv_multipart()
    case.one.rcvtimeo = 5
    return call()


def closed(case: Case, call: Callable[[], object]) -> object:
    zmq.Socket.shadow(case.one).close()
    return call()


def asynchronous(case: Case) -> object:
    import zmq.asyncio

    async def work() -> None:
        sock = zmq.asyncio.Socket(case.one)
        for _ in range(3):
            await sock.recv_multipart()
        waiting = sock.recv_multipart()
        case.other.send_multipart(MESSAGE)
        with suppress(asyncio.CancelledError, asyncio.TimeoutError):
            await asyncio.wait_for(waiting, 0.05)

    return asyncio.run(work())


def monitored(case: Case) -> object:
    from zmq.utils.monitor import recv_monitor_message

    monitor = case.one.get_monitor_socket()
    case.one.bind("inproc://monitored")
    monitor.rcvtimeo = 5
    return recv_monitor_message(monitor)


CALLS: list[Callable[[Case], object]] = [
    lambda c: drained(c, lambda: c.one.recv(zmq.DONTWAIT)),
    lambda c: drained(c, c.one.recv_multipart),
    lambda c: drained(c, lambda: c.one.recv_many(3)),
    lambda c: closed(c, c.one.recv_multipart),
    lambda c: closed(c, lambda: c.one.send_multipart(MESSAGE)),
    lambda c: closed(c, c.one.poll),
    lambda c: closed(c, lambda: zmq.select([c.one], [], [])),
    refused_send,
    full_send,
    lambda c: c.one.send_json([1]),
    lambda c: c.one.send_pyobj([1]),
    lambda c: c.one.recv_json(),
    lambda c: c.one.monitor_events(),
    lambda c: zmq.proxy(c.one, 5),
    monitored,
    asynchronous,
]

hooked: Any = None


def audit(event: str, arguments: Any) -> None:
    if hooked is not None and threading.get_ident() == hooked.thread:
        hooked.note()


class Hooked:
    """Counts audit events, and acts at one of them."""

    def __init__(self, case: Case, at: int) -> None:
        self.case = case
        self.at = at
        self.seen = 0
        self.thread = threading.get_ident()

    def note(self) -> None:
        self.seen += 1
        if self.seen == self.at:
            self.case.run()


def one_case(call: Callable[[Case], object], act: Any, at: int) -> int:
    """Make the call; return how many events there were."""
    global hooked
    case = Case(act)
    hooked = this = Hooked(case, at)
    began = time.monotonic()
    try:
        try:
            call(case)
        except zmq.Again as error:
            str(error)  # only then it is explained
    except (zmq.ZMQError, RuntimeError, TypeError, ValueError, AttributeError):
        pass  # any refusal will do
    finally:
        hooked = None
    late = time.monotonic() - began
    assert late < LIMIT, f"{late} s late"
    assert not case.errors, case.errors
    assert at == 0 or case.acted, "nothing was done"
    if act is take_a_frame or (not case.one.closed and case.one.rcvmore):
        while not case.one.closed and case.one.rcvmore:
            case.one.recv()
    if not case.one.closed and case.one.type == zmq.PAIR:
        expect_received(case)
    case.context.destroy(linger=0)
    return this.seen


def expect_received(case: Case) -> None:
    if case.other.type == zmq.PAIR:
        expect_whole(case, case.other)
    expect_whole(case, case.one)


def in_child(call: Callable[[Case], object], act: Any, at: int) -> int:
    """Return how many events there were, as a child has counted them."""
    pid = os.fork()
    if not pid:
        signal.alarm(20)
        try:
            seen = one_case(call, act, at)
            sys.stderr.flush()
            os._exit(min(seen, 100))
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(200)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if not 0 <= code <= 100:
        where = f"call {CALLS.index(call)}, act {ACTS.index(act)}, event {at}"
        raise SystemExit(f"{where}: exit status {code}")
    return code


def main(rounds: int) -> None:
    sys.addaudithook(audit)
    done = 0
    for call in CALLS:
        events = in_child(call, ACTS[0], 0)
        step = max(1, events // (MOST * rounds))
        for act in ACTS:
            if (call, act) == (monitored, close_and_term):
                continue  # the monitor is open, and not the hook's to close
            for at in range(1, events + 1, step):
                in_child(call, act, at)
                done += 1
    assert common
    assert done > len(ACTS) * len(CALLS), done
    print("done")


if __name__ == "__main__":
    main(int(sys.argv[1]))
