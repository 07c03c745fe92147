"""Build wheels of zmq-core with libzmq and libsodium inside, for several systems.

Needs no container and no other compiler than zig. What has been built before, libraries
and zig's own, is in the user's cache directory, or in $ZMQ_WHEELS_CACHE.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from tools.wheels import checks, finish, libraries, toolchain, trial
from tools.wheels.build import build
from tools.wheels.libraries import CORE
from tools.wheels.pythons import Python, discover
from tools.wheels.targets import TARGETS, Target

ROOT = Path(__file__).parents[2]


def digest(wheel: Path) -> str:
    """Return what tells wheels with different contents apart."""
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make(python: Python, target: Target, out: Path) -> Path:
    """Build, finish and check one wheel."""
    tools = toolchain.write_tools(target, toolchain.CACHE / "tools" / target.name)
    prefix = libraries.provide(target, tools)
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        raw = build(python, target, prefix, tools, work)
        if target.libc == "musl":
            platform = f"musllinux_1_2_{target.processor}"
            tagged = finish.retag_musl(raw, work / "tagged", platform)
        else:
            tagged = finish.retag(raw, work / "tagged")
        wheel = finish.finish(tagged, out)
    found = checks.problems(wheel, target)
    if found:
        raise SystemExit(f"{wheel.name}: " + "; ".join(found))
    return wheel


def left_out(python: Python, target: Target) -> str | None:
    """Return why there is no wheel for an interpreter and a target, or None."""
    if python.implementation == "PyPy":
        if not (CORE / "src" / "zmq" / "backend" / "cffi").exists():
            return "zmq-core has no backend for PyPy"
        if target.name != "manylinux_x86_64":
            return "PyPy is built for its own system only"
    return None


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(prog="run.py wheels", description=__doc__)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS))
    parser.add_argument(
        "--python", action="append", metavar="CP311", help="cp39, cp313t, pp39 ..."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "wheels")
    parser.add_argument(
        "--twice", action="store_true", help="build each again, and compare"
    )
    parser.add_argument(
        "--try",
        dest="tried",
        action="store_true",
        help="run core's tests with each",
    )
    parser.add_argument("--list", action="store_true", help="build nothing")
    arguments = parser.parse_args()
    pythons, others = discover()
    if arguments.python:
        unknown = set(arguments.python) - {python.name for python in pythons}
        if unknown:
            parser.error(f"no such interpreter here: {', '.join(sorted(unknown))}")
        pythons = [python for python in pythons if python.name in arguments.python]
    for line in others:
        print(f"not used: {line}")
    for name in arguments.target or TARGETS:
        for python in pythons:
            target = TARGETS[name]
            reason = left_out(python, target)
            if reason is not None:
                print(f"{python.name} {name}: skipped, {reason}")
                continue
            if arguments.list:
                print(f"{python.name} {name}: {python.executable}")
                continue
            wheel = make(python, target, arguments.out)
            print(f"{wheel.name} {wheel.stat().st_size} {digest(wheel)}", flush=True)
            if arguments.twice:
                with tempfile.TemporaryDirectory() as directory:
                    again = make(python, target, Path(directory))
                    if digest(again) != digest(wheel):
                        raise SystemExit(f"{wheel.name}: two builds differ")
                print("  twice the same")
            if arguments.tried:
                reason = trial.reason_against(python, target)
                came = f"not run, {reason}"
                if reason is None:
                    came = trial.try_wheel(wheel, python, target)
                print(f"  {came}", flush=True)


if __name__ == "__main__":
    main()
