"""How much to torture, and running the programs that do it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.fixtures.patience import PATIENCE

SCALE = float(os.environ.get("ZMQ_TORTURE", "1"))
FULL = 50.0
PROGRAMS = Path(__file__).parent / "programs"


def scaled(short: float, full: float) -> int:
    """Return `short` in the default run, and `full` where ZMQ_TORTURE is 50."""
    if SCALE <= 1:
        return max(1, int(short * SCALE))
    return int(short + (full - short) * (SCALE - 1) / (FULL - 1))


def run_program(
    name: str,
    *args: object,
    timeout: float = 50.0,
    expect: int | None = 0,
    directory: Path = PROGRAMS,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own.

    So an abort or a hang is a failure that shows where every thread was. What the
    programs beside this file share, all can import.

    :param name: the program, without its suffix.
    :param args: its arguments.
    :param timeout: seconds until it dumps its threads and is killed; more at a larger
        scale.
    :param expect: the exit status it must have, or None for any.
    :param directory: where the program is; by default beside this file.
    :param options: those of the interpreter.
    :param env: variables that are added to the environment.
    """
    timeout *= max(1.0, SCALE) * PATIENCE
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-X",
                "faulthandler",
                *options,
                str(directory / f"{name}.py"),
                *map(str, args),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            env={
                **os.environ,
                "PYTHONPATH": str(PROGRAMS),
                "TORTURE_TIMEOUT": str(timeout - 2),
                **(env or {}),
            },
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        pytest.fail(f"{name} {args} hangs\n{error.output}\n{error.stderr}", False)
    if expect is not None and done.returncode != expect:
        pytest.fail(
            f"{name} {args}: exit status {done.returncode}\n"
            f"{done.stdout[-4000:]}\n{done.stderr[-8000:]}",
            pytrace=False,
        )
    return done
