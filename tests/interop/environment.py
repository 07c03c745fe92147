"""An environment that has the PyPI pyzmq."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Interpreters that others have prepared; the second is what the nox session sets.
VARIABLES = ("ZMQ_PEER_PYTHON", "ZMQ_TEST_PEER")
# From 28 on `pyzmq` is this repository.
REQUIREMENT = "pyzmq>=27,<28"


def peer_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return an interpreter that has the PyPI pyzmq, or skip and say why."""
    for name in VARIABLES:
        if os.environ.get(name):
            return os.environ[name]
    directory = tmp_path_factory.mktemp("peer") / "env"
    python = directory / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", REQUIREMENT]
    for command in (
        [sys.executable, "-m", "venv", str(directory)],
        [str(python), *install],
    ):
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().splitlines()
            last = reason[-1] if reason else f"status {done.returncode}"
            pytest.skip(f"{REQUIREMENT} cannot be installed from the index: {last}")
    assert Path(python).exists()
    return str(python)
