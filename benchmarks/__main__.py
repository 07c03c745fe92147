"""Run ours beside the PyPI pyzmq and C: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from . import conduct, environments
from .registry import Case, load
from .report import Table
from .rivals import Rival, UnavailableError, compile_native
from .targets import OURS, PYZMQ


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "--cases", nargs="+", default=["*"], help="names or patterns; see --list"
    )
    parser.add_argument("--list", action="store_true", help="list the cases and end")
    parser.add_argument("--repeat", type=int, default=5, help="the best of how many")
    parser.add_argument(
        "--seconds", type=float, default=0.3, help="duration of a measurement"
    )
    parser.add_argument("--quick", action="store_true", help="--repeat 2, 0.05 s each")
    parser.add_argument("--ours", metavar="PYTHON", help="has our packages")
    parser.add_argument("--theirs", metavar="PYTHON", help="has PyPI's pyzmq")
    parser.add_argument(
        "--pyomq", nargs="?", const="", metavar="PYTHON", help="add pyomq, where it ran"
    )
    parser.add_argument(
        "--zmq-anyio", nargs="?", const="", metavar="PYTHON", help="the same for that"
    )
    parser.add_argument("--no-c", action="store_true", help="leave the C program out")
    parser.add_argument("--json", metavar="FILE", help="write all figures there")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 when a target is missed"
    )
    return parser.parse_args(arguments)


def selected(patterns: Sequence[str]) -> list[Case]:
    """Return the cases that a pattern names, in their order."""
    cases = load()
    for pattern in patterns:
        if not fnmatch.filter(cases, pattern):
            raise SystemExit(f"no case is called {pattern}; --list names them")
    return [
        case
        for name, case in cases.items()
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
    ]


def gather(options: argparse.Namespace, directory: Path) -> list[Rival]:
    """Return those who compete, making the environments that are not given."""
    rivals: list[Rival] = [
        environments.ours(options.ours, directory),
        environments.theirs(options.theirs, directory),
    ]
    optional: list[Callable[[], Rival]] = []
    if not options.no_c:
        optional.append(lambda: compile_native(str(directory)))
    if options.pyomq is not None:
        optional.append(lambda: environments.pyomq(options.pyomq or None, directory))
    if options.zmq_anyio is not None:
        python = options.zmq_anyio or None
        optional.append(lambda: environments.zmq_anyio(python, directory))
    for prepare in optional:
        try:
            rivals.append(prepare())
        except UnavailableError as reason:
            print(f"left out: {reason}", file=sys.stderr)
    return rivals


def checked_versions(rivals: Sequence[Rival]) -> dict[str, dict[str, str]]:
    """Return what each rival runs with, refusing what cannot be compared.

    :raises UnavailableError: without zmq, or with different versions of Python.
    """
    versions = {rival.name: rival.versions() for rival in rivals}
    for name in (OURS, PYZMQ):
        if "libzmq" not in versions[name]:
            raise UnavailableError(f"the interpreter of {name} cannot import zmq")
    pythons = {found["python"] for found in versions.values() if "python" in found}
    if len(pythons) > 1:
        raise UnavailableError(f"the rivals run on different Pythons: {pythons}")
    return versions


def main() -> int:
    """Run what the command line asks for."""
    options = parse()
    cases = selected(options.cases)
    if options.list:
        for case in cases:
            print(f"{case.name:24}{case.title}")
        return 0
    repeat, span = (2, 0.05) if options.quick else (options.repeat, options.seconds)
    with tempfile.TemporaryDirectory(prefix="zmq-benchmarks-") as directory:
        try:
            rivals = gather(options, Path(directory))
            versions = checked_versions(rivals)
        except UnavailableError as reason:
            raise SystemExit(str(reason)) from reason
        load = conduct.others_load()
        if load is not None and load > 0.5:
            print(f"The machine is not idle (load {load:.1f}): expect odd figures.")
        table = Table(list(versions))
        table.head(versions)
        recorded = conduct.run(cases, rivals, repeat, span, table.line)
    if options.json:
        Path(options.json).write_text(json.dumps(recorded, indent=2) + "\n")
    missed = sum(conduct.Result(**case).missed for case in recorded["cases"])
    print(f"\n{len(cases) - missed} of {len(cases)} cases reach what is asked of them")
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
