"""Those who compete: Python environments, and the C program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .child import SKIPPED
from .peers import NATIVE
from .registry import Case
from .targets import OURS, PYZMQ, C

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "native"
TIMEOUT = 120.0


class Rival(Protocol):
    """Whoever can be asked for the time that a case takes."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    def takes(self, case: Case) -> bool:
        """Tell whether there is a version of the case for this rival."""

    def measure(self, case: Case, seconds: float) -> float:
        """Return the seconds that one operation takes, measured once."""

    def versions(self) -> dict[str, str]:
        """Return the versions of what may matter to the figures."""


class UnavailableError(Exception):
    """Raised when a rival cannot run a case; says what is missing."""


class FailedError(Exception):
    """Raised when a case fails where it should have run; carries its output."""


def _output(command: list[str], what: str) -> str:
    """Run a measuring process from the root of the repository."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired as error:
        raise FailedError(f"{what} did not end within {TIMEOUT:g} s") from error
    if done.returncode == SKIPPED:
        raise UnavailableError(done.stderr.strip())
    if done.returncode:
        raise FailedError(f"{what} failed:\n{done.stderr.strip()}")
    return done.stdout


@dataclass(frozen=True)
class PythonRival:
    """An interpreter with one of the bindings installed."""

    name: str
    python: str

    def takes(self, case: Case) -> bool:
        """Tell whether there is a version of the case for this rival."""
        return self.name in (OURS, PYZMQ) or self.name in case.others

    def measure(self, case: Case, seconds: float) -> float:
        """Return the seconds that one operation takes, measured once."""
        child = [self.python, "-m", "benchmarks.child", case.name, str(seconds)]
        what = f"{case.name} with {self.name}"
        return float(json.loads(_output([*child, "--rival", self.name], what)))

    def versions(self) -> dict[str, str]:
        """Return the versions of everything that may matter to the figures."""
        distributions = [path.name for path in sorted(ROOT.glob("packages/*"))]
        others = ["pyzmq", "pyomq", "zmq-anyio"]
        others += ["uvloop", "tornado", "gevent", "trio", "anyio"]
        child = [self.python, "-m", "benchmarks.child", "--versions"]
        found = _output([*child, *distributions, *others], f"versions of {self.name}")
        return dict(json.loads(found))


@dataclass(frozen=True)
class NativeRival:
    """The C program of `native`, linked against the system's libzmq."""

    program: str
    name: str = C

    def takes(self, case: Case) -> bool:
        """Tell whether the case has a C equivalent."""
        return case.native is not None

    def measure(self, case: Case, seconds: float) -> float:
        """Return the seconds that one operation takes, measured once."""
        command = [self.program, str(case.native), str(seconds)]
        return float(_output(command, f"{case.name} in C"))

    def versions(self) -> dict[str, str]:
        """Return the version of libzmq that the program runs with."""
        return {"libzmq": _output([self.program, "--version"], "the C program").strip()}


def compile_native(directory: str) -> NativeRival:
    """Compile the C program, with the libzmq that pkg-config finds.

    :raises UnavailableError: without a compiler, pkg-config or libzmq's headers.
    """
    for tool in ("cc", "pkg-config"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"{tool} is not installed")
    flags = ["pkg-config", "--cflags", "--libs", "libzmq"]
    found = subprocess.run(flags, capture_output=True, text=True)
    if found.returncode:
        raise UnavailableError("pkg-config finds no libzmq (apt install libzmq3-dev)")
    program = str(Path(directory) / "bench")
    sources = [str(path) for path in sorted(SOURCES.glob("*.c"))]
    command = ["cc", "-O2", "-o", program, *sources, *found.stdout.split(), "-pthread"]
    _output(command, "compiling the C program")
    # Inherited by all that measure: some cases need a peer that is faster than Python.
    os.environ[NATIVE] = program
    return NativeRival(program)
