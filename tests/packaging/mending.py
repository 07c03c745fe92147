"""Installations from which an upgrade has deleted files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.packaging.environments import Environment

RECORD = """
from importlib.metadata import distribution
print(distribution("pyzmq").read_text("RECORD"))
"""


def recorded_by_the_other() -> list[str]:
    """Return the paths of PyPI's pyzmq, which ZMQ_TEST_PEER has."""
    done = subprocess.run(
        [os.environ["ZMQ_TEST_PEER"], "-c", RECORD],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    paths = [line.split(",")[0] for line in done.stdout.splitlines()]
    found = [path for path in paths if path.startswith("zmq/")]
    assert "zmq/__init__.py" in found
    return found


def delete_as_pip_does(environment: Environment, paths: list[str]) -> None:
    """Delete files, what they are compiled to, and the directories left empty."""
    site = environment.site
    for name in paths:
        path = site / name
        path.unlink(missing_ok=True)
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
    for directory, _, _ in os.walk(site / "zmq", topdown=False):
        if not os.listdir(directory):
            os.rmdir(directory)


def files(directory: Path) -> set[str]:
    """Return the paths of all files below, without what Python compiles."""
    return {
        str(path.relative_to(directory))
        for path in directory.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
