"""Environments for the Python rivals, made when none are given."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from .rivals import ROOT, PythonRival, UnavailableError
from .targets import OURS, PYOMQ, PYZMQ, ZMQ_ANYIO

FRAMEWORKS = ["anyio", "tornado", "gevent", "trio", "uvloop", "msgspec", "orjson"]


def create(directory: Path, requirements: list[str]) -> str:
    """Make an environment of this interpreter's version and return its python.

    :raises UnavailableError: when pip cannot install the requirements.
    """
    venv.create(directory, with_pip=True)
    bin_directory = "Scripts" if sys.platform == "win32" else "bin"
    python = str(directory / bin_directory / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--upgrade"]
    # Frameworks come as wheels or not at all: cases that need one are skipped.
    for framework in FRAMEWORKS:
        subprocess.run(
            [*install, "--only-binary", ":all:", framework], stderr=subprocess.DEVNULL
        )
    done = subprocess.run([*install, *requirements], capture_output=True, text=True)
    if done.returncode:
        raise UnavailableError(f"pip install {' '.join(requirements)}:\n{done.stderr}")
    return python


def ours(python: str | None, directory: Path) -> PythonRival:
    """Return our packages, built from this tree unless ``python`` has them."""
    if python is None:
        projects = [p.parent for p in sorted(ROOT.glob("packages/*/pyproject.toml"))]
        python = create(directory / OURS, [str(project) for project in projects])
    return PythonRival(OURS, python)


def theirs(python: str | None, directory: Path) -> PythonRival:
    """Return the newest release of pyzmq on the index, unless ``python`` has one."""
    if python is None:
        # 28 is the first version of ours, should it ever be on the index.
        python = create(directory / PYZMQ, ["pyzmq<28"])
    return PythonRival(PYZMQ, python)


def pyomq(python: str | None, directory: Path) -> PythonRival:
    """Return the asyncio rival that is not built on libzmq."""
    if python is None:
        python = create(directory / PYOMQ, ["pyomq"])
    return PythonRival(PYOMQ, python)


def zmq_anyio(python: str | None, directory: Path) -> PythonRival:
    """Return the rival for trio and AnyIO, which is built on PyPI's pyzmq."""
    if python is None:
        python = create(directory / ZMQ_ANYIO, ["zmq-anyio", "pyzmq<28"])
    return PythonRival(ZMQ_ANYIO, python)
