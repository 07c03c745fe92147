"""How much to torture, and running the programs that do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCALE = float(os.environ.get("ZMQ_TORTURE", "1"))
FULL = 50.0
PROGRAMS = Path(__file__).parent / "programs"


def scaled(short: float, full: float) -> int:
    """Return `short` in the default run, and `full` where ZMQ_TORTURE is 50."""
    if SCALE <= 1:
        return max(1, int(short * SCALE))
    return int(short + (full - short) * (SCALE - 1) / (FULL - 1))


def run_program(
    name: str, *args: object, timeout: float = 50.0, expect: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs beside this file in an interpreter of its own.

    So an abort or a hang is a failure that shows where every thread was.

    Parameters
    ----------
    name
        The program, without its suffix.
    args
        Its arguments.
    timeout
        Seconds until it dumps its threads and is killed; more at a larger scale.
    expect
        The exit status it must have, or None for any.
    """
    timeout *= max(1.0, SCALE)
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-X",
                "faulthandler",
                str(PROGRAMS / f"{name}.py"),
                *map(str, args),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            env={**os.environ, "TORTURE_TIMEOUT": str(timeout - 2)},
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
