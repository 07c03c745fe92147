"""Measures one case once, in the interpreter of one rival.

Run as ``python -m benchmarks.child CASE SECONDS``; prints the seconds that one
operation took. ``--versions`` prints what is installed instead.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import math
import platform
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from importlib.metadata import PackageNotFoundError, version

from .registry import Case, Loop, SkippedError, load
from .targets import OURS, PYZMQ

SKIPPED = 77
STARTS = 10
# Seconds in which PyPy compiles what it runs: they say little of all that come after.
WARM_UP = 2.0 if platform.python_implementation() == "PyPy" else 0.0


def growing_counts(seconds: float) -> Iterator[int]:
    """Yield counts until one took a good part of ``seconds``, then the final one.

    The caller's loop runs between the yields; the clock is read around it.
    """
    count = 1
    warm = time.perf_counter() + WARM_UP
    while True:
        start = time.perf_counter()
        yield count
        elapsed = time.perf_counter() - start
        if elapsed < seconds / 4:
            count *= 10 if elapsed < seconds / 40 else 2
        elif start + elapsed >= warm:
            break
    yield math.ceil(count * seconds / elapsed)


def measure(loop: Loop, seconds: float) -> float:
    """Return the seconds that one turn of the loop takes."""
    for count in growing_counts(seconds):
        start = time.perf_counter()
        loop(count)
        elapsed = time.perf_counter() - start
    return elapsed / count


async def measure_async(setup: AsyncIterator[Loop], seconds: float) -> float:
    """Return the seconds that one turn of an asynchronous loop takes."""
    async for loop in setup:
        for count in growing_counts(seconds):
            start = time.perf_counter()
            await loop(count)
            elapsed = time.perf_counter() - start
    return elapsed / count


def measure_startup(before: str, measured: str) -> float:
    """Return what ``measured`` takes in a fresh interpreter that has run ``before``.

    The clock is read in there: the difference of whole processes is mostly noise.
    """
    code = f"""
import time
{before}
start = time.perf_counter()
{measured}
print(time.perf_counter() - start)
"""
    command = [sys.executable, "-I", "-c", code]
    return min(
        float(subprocess.run(command, check=True, capture_output=True).stdout)
        for _ in range(STARTS)
    )


def run(case: Case, rival: str, seconds: float) -> float:
    """Measure a case as it is written for ``rival``."""
    if case.startup:
        return measure_startup(*case.startup)
    setup = case.others.get(rival, case.setup)
    assert setup is not None, f"{case.name} has nothing to run"
    if case.event_loop in ("trio", "anyio"):
        import anyio

        backend = "trio" if case.event_loop == "trio" else "asyncio"
        return anyio.run(measure_async, setup(), seconds, backend=backend) / case.per
    if case.event_loop:
        work = measure_async(setup(), seconds)
        if case.event_loop == "uvloop":
            import uvloop

            return uvloop.run(work) / case.per
        return asyncio.run(work) / case.per
    for loop in setup():
        elapsed = measure(loop, seconds)
    return elapsed / case.per


def versions(distributions: tuple[str, ...]) -> dict[str, str]:
    """Return what this interpreter has of the named distributions, and libzmq's."""
    found = {"python": platform.python_version()}
    for name in distributions:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    try:
        import zmq
    except ImportError:
        return found
    return {**found, "libzmq": zmq.zmq_version()}


def main() -> int:
    """Print the figure, or the versions, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?")
    parser.add_argument("seconds", nargs="?", type=float, default=0.3)
    parser.add_argument("--rival", default="pyzmq")
    parser.add_argument("--versions", nargs="*", metavar="DISTRIBUTION")
    arguments = parser.parse_args()
    if arguments.versions is not None:
        print(json.dumps(versions(tuple(arguments.versions))))
        return 0
    case = load()[arguments.case]
    needed = case.modules if arguments.rival in (OURS, PYZMQ) else ()
    for module in needed:
        try:
            importlib.import_module(module)
        except ImportError as error:
            print(error, file=sys.stderr)
            return SKIPPED
    try:
        figure = run(case, arguments.rival, arguments.seconds)
    except SkippedError as reason:
        print(reason, file=sys.stderr)
        return SKIPPED
    print(json.dumps(figure))
    return 0


if __name__ == "__main__":
    sys.exit(main())
