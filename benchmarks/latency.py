"""The time that a single request takes to be answered, by its median and p99.

``python -m benchmarks.latency --python PYTHON`` measures REQ and REP between two
threads over inproc, and between two processes over tcp, with ``busy_poll`` and without,
beside the same in C. The two take turns; what is printed is the best of several runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time

from .peers import peer
from .rivals import ROOT, compile_native
from .sockets import echo_thread, fresh_context

WARM_UP = 1000
TRANSPORTS = ("inproc", "tcp")


def round_trips(transport: str, busy_poll: float, count: int) -> list[int]:
    """Return the nanoseconds of each of so many round trips."""
    import zmq

    took: list[int] = []
    with fresh_context() as context:
        socket = context.socket(zmq.REQ)
        socket.busy_poll = busy_poll
        if transport == "inproc":
            socket.bind("inproc://latency")
            answering = echo_thread(context, "inproc://latency", busy_poll)
        else:
            port = socket.bind_to_random_port("tcp://127.0.0.1")
            answering = peer("echo", f"tcp://127.0.0.1:{port}", busy_poll=busy_poll)
        with answering:
            clock, send, recv = time.perf_counter_ns, socket.send, socket.recv
            for _ in range(WARM_UP + count):
                start = clock()
                send(b"request-16-bytes")
                recv()
                took.append(clock() - start)
            if transport == "inproc":
                send(b"stop")
                recv()
    return took[WARM_UP:]


def percentile(took: list[int], share: float) -> float:
    """Return the microseconds within which such a share was answered."""
    return sorted(took)[int(len(took) * share)] / 1000


def _measured(command: list[str]) -> list[int]:
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return [int(line) for line in done.stdout.split()]


def main() -> int:
    """Print the figures, or, in the process that measures, each round trip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--busy-poll", type=float, default=100.0, metavar="US")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--measure", choices=TRANSPORTS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        for took in round_trips(given.measure, given.busy_poll, given.count):
            print(took)
        return 0
    with tempfile.TemporaryDirectory() as directory:
        program = compile_native(directory).program
        print(f"{'':24}{'median, us':>24}{'p99, us':>24}")
        print(f"{'':24}" + f"{'ours':>8}{'C':>8}{'ratio':>8}" * 2)
        for transport in TRANSPORTS:
            for busy_poll in (given.busy_poll, 0.0):
                _compare(program, given, transport, busy_poll)
    return 0


def _compare(
    program: str, given: argparse.Namespace, transport: str, busy_poll: float
) -> None:
    count, ours, native = str(given.count), [], []
    module = [given.python, "-m", "benchmarks.latency", "--count", count]
    for _ in range(given.repeat):
        ours.append(
            _measured([*module, "--measure", transport, "--busy-poll", str(busy_poll)])
        )
        native.append(
            _measured([program, "--latency", transport, str(busy_poll), count])
        )
    line = f"{transport + f', busy_poll {busy_poll:g}':24}"
    for share in (0.5, 0.99):
        a = min(percentile(took, share) for took in ours)
        b = min(percentile(took, share) for took in native)
        line += f"{a:8.1f}{b:8.1f}{a / b:8.2f}"
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
