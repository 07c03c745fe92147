"""The instructions of a message, with its socket counting it and without.

::

    python -m benchmarks.instructions --python PYTHON

Valgrind's tool callgrind counts what the processor executes in a process. It is run
twice for each row, with few and with many messages: the difference is what the
messages have taken, without the start of the interpreter. Unlike times the figures are
nearly the same in each run, on a busy machine as well.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FEW, MANY = 2_000, 12_000

ROWS = {
    "send + recv, 16 B": ("push.send(data)", "pull.recv()"),
    "send_multipart + recv_multipart, 3 x 16 B": (
        "push.send_multipart([data, data, data])",
        "pull.recv_multipart()",
    ),
    "send(copy=False) + recv(copy=False), 100 kB": (
        "push.send(large, copy=False)",
        "pull.recv(copy=False)",
    ),
}

PROGRAM = """
import os
import zmq

context = zmq.Context()
pull, push = context.socket(zmq.PULL), context.socket(zmq.PUSH)
pull.count_stats = push.count_stats = {counting}
pull.bind("inproc://instructions")
push.connect("inproc://instructions")
data, large = bytes(16), bytes(100_000)


def run():
    for _ in range({n}):
        {send}
        {receive}


run()
os._exit(0)
"""


def instructions(python: str, program: str) -> int:
    """Return how many instructions a program takes."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [
                "valgrind",
                "--tool=callgrind",
                f"--callgrind-out-file={Path(directory) / 'callgrind.out'}",
                python,
                "-I",
                "-c",
                program,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if found is None:
        raise RuntimeError(f"callgrind has counted nothing:\n{done.stderr}")
    return int(found[1])


def per_message(python: str, send: str, receive: str, *, counting: bool) -> float:
    """Return the instructions of one message that is sent and received."""
    few, many = (
        instructions(
            python,
            PROGRAM.format(counting=counting, n=n, send=send, receive=receive),
        )
        for n in (FEW, MANY)
    )
    return (many - few) / (MANY - FEW)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description="Count instructions of messages.")
    parser.add_argument(
        "--python", default=sys.executable, help="an interpreter that has zmq"
    )
    python = parser.parse_args().python
    # The first start compiles modules.
    subprocess.run([python, "-I", "-c", "import zmq; zmq.Context()"], check=True)
    print(f"{'instructions of one message':45} {'off':>8} {'count_stats':>12}")
    for name, (send, receive) in ROWS.items():
        off = per_message(python, send, receive, counting=False)
        on = per_message(python, send, receive, counting=True)
        print(f"{name:45} {off:8.0f} {on:12.0f}  {on / off - 1:+.1%}", flush=True)


if __name__ == "__main__":
    main()
