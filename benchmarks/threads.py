"""Measures what threads cost and gain: ``python -m benchmarks.threads [--gil PYTHON]``.

In an interpreter without a GIL: two threads with sockets of their own against one, and
a socket that two threads share against one that they guard by a lock. With ``--gil``,
one thread there against one in an interpreter that has a GIL. Each figure comes from a
process of its own, the two sides take turns, and the best of several counts.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEXT = "sixteen letters."
# Turns of a loop between two looks at the clock.
TURNS = 1000

Turn = Callable[[int], Any]


@dataclass(frozen=True)
class Ratio:
    """Two things that can be run, and how much faster the first one must be."""

    title: str
    first: str
    second: str
    target: float
    other_python: bool = False  # the second one runs in the interpreter with a GIL


RATIOS = (
    Ratio("two threads, send+recv", "small 2", "small 1", 1.7),
    Ratio("two threads, three frames", "multipart 2", "multipart 1", 1.7),
    Ratio("two threads, asyncio", "asyncio 2", "asyncio 1", 1.7),
    Ratio("two threads, send or recv: shared or guarded", "shared 2", "guarded 2", 1.0),
    Ratio("one thread, send+recv", "small 1", "small 1", 0.8, True),
    Ratio("one thread, three frames", "multipart 1", "multipart 1", 0.8, True),
    Ratio("one thread, asyncio", "asyncio 1", "asyncio 1", 0.8, True),
    Ratio("one thread, a call of len()", "call 1", "call 1", 0.0, True),
)


# ---- what is run ---------------------------------------------------------------------


def own_data() -> bytes:
    """Make the content of a message.

    Each thread makes its own, as programs do. If threads shared one, all of them would
    count the references to it, and wait for each other.
    """
    return TEXT.encode()


def small(send: Any, recv: Any) -> Turn:
    """One frame."""

    def turn(count: int) -> None:
        data = own_data()
        for _ in range(count):
            send.send(data)
            recv.recv()

    return turn


def multipart(send: Any, recv: Any) -> Turn:
    """Three frames."""

    def turn(count: int) -> None:
        parts = [own_data()] * 3
        for _ in range(count):
            send.send_multipart(parts)
            recv.recv_multipart()

    return turn


def asynchronous(send: Any, recv: Any, at_end: ExitStack) -> Turn:
    """One frame, in an event loop of the thread's own."""
    import zmq.asyncio

    async def turns(count: int) -> None:
        data = own_data()
        for _ in range(count):
            await to.send(data)
            await origin.recv()

    to, origin = zmq.asyncio.Socket(send), zmq.asyncio.Socket(recv)
    loop = asyncio.new_event_loop()
    at_end.callback(loop.close)
    return lambda count: loop.run_until_complete(turns(count))


def call(_send: Any, _recv: Any) -> Turn:
    """What the interpreter takes for two calls of functions of C."""

    def turn(count: int) -> None:
        data = own_data()
        for _ in range(count):
            len(data)
            len(data)

    return turn


def guarded(send: Any, recv: Any, sending: Any, receiving: Any) -> Turn:
    """One frame, each operation while a lock is held."""

    def turn(count: int) -> None:
        data = own_data()
        for _ in range(count):
            with sending:
                send.send(data)
            with receiving:
                recv.recv()

    return turn


def connected(context: Any) -> tuple[Any, Any]:
    """Return a PUSH and a PULL socket that are connected."""
    import zmq

    send, recv = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    send.bind(f"inproc://{uuid.uuid4()}")
    recv.connect(send.last_endpoint)
    return send, recv


def maker(kind: str, context: Any) -> Callable[[ExitStack], Turn]:
    """Return what makes, in each thread, the turn that it is to run.

    Sockets that are not shared are made by the thread that uses them, as in most
    programs: without a GIL, counting references to what another one made takes longer.
    """
    if kind == "shared":
        turn = small(*connected(context))
        return lambda _: turn
    if kind == "guarded":
        locks = threading.Lock(), threading.Lock()
        turn = guarded(*connected(context), *locks)
        return lambda _: turn
    if kind == "asyncio":
        return lambda at_end: asynchronous(*connected(context), at_end)
    make = {"call": call, "multipart": multipart, "small": small}[kind]
    return lambda _: make(*connected(context))


def measure(
    kind: str, number: int, seconds: float, clock: Callable[[], float]
) -> float:
    """Run threads for a while; return how many turns were made in a second."""
    import zmq

    context = zmq.Context()
    rates: list[float] = []
    begin = threading.Barrier(number)

    def work(make: Callable[[ExitStack], Turn]) -> None:
        with ExitStack() as at_end:
            turn = make(at_end)
            turn(TURNS)
            begin.wait()
            end = time.perf_counter() + seconds
            start, done = clock(), 0
            while time.perf_counter() < end:
                turn(TURNS)
                done += TURNS
            rates.append(done / (clock() - start))

    make = maker(kind, context)
    threads = [threading.Thread(target=work, args=(make,)) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    context.destroy(linger=0)
    if len(rates) < number:
        raise SystemExit("a thread has failed")
    return sum(rates)


# ---- the run -------------------------------------------------------------------------


def ask(python: str, what: str, options: argparse.Namespace) -> float:
    """Return the rate that a process of its own measures."""
    command = [python, "-m", "benchmarks.threads", "--child", *what.split()]
    command += ["--seconds", str(options.seconds)] + ["--cpu"] * options.cpu
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def compare(ratio: Ratio, python: str, other: str, options: argparse.Namespace) -> bool:
    """Measure both sides by turns, and print how they relate; whether that will do."""
    first = second = 0.0
    for _ in range(options.repeat):
        first = max(first, ask(python, ratio.first, options))
        second = max(second, ask(other, ratio.second, options))
    met = first >= ratio.target * second
    mark = f">= {ratio.target:g}x {'pass' if met else 'MISSED'}" if ratio.target else ""
    print(
        f"{ratio.title:48}{first / 1e3:9.0f} k/s{second / 1e3:9.0f} k/s"
        f"{first / second:8.2f}x  {mark}".rstrip(),
        flush=True,
    )
    return met


def main() -> int:
    """Measure, or be one of those that are measured."""
    parser = argparse.ArgumentParser(prog="benchmarks.threads", description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="one without a GIL")
    parser.add_argument("--gil", metavar="PYTHON", help="one that has a GIL")
    parser.add_argument("--repeat", type=int, default=5, help="the best of how many")
    parser.add_argument("--seconds", type=float, default=0.5, help="of a measurement")
    parser.add_argument(
        "--cpu", action="store_true", help="count the time of processors, as others run"
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 on a miss")
    parser.add_argument("--child", nargs=2, metavar=("KIND", "THREADS"))
    options = parser.parse_args()
    if options.child:
        kind, number = options.child
        clock = time.thread_time if options.cpu else time.perf_counter
        print(measure(kind, int(number), options.seconds, clock))
        return 0
    met = True
    for ratio in RATIOS:
        if ratio.other_python and options.gil is None:
            continue
        other = options.gil if ratio.other_python else options.python
        met &= compare(ratio, options.python, other, options)
    return 0 if met or not options.check else 1


if __name__ == "__main__":
    sys.exit(main())
