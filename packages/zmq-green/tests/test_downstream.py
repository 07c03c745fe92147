"""What others have built upon pyzmq and gevent, with ours in the place of pyzmq.

They are installed from the index, into environments of their own.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.packaging.environments import Environment, installed_wheel, uv

PROGRAMS = Path(__file__).parent / "programs"
OURS = ("zmq-core", "zmq-green")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    for name in OURS:
        try:
            importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{name} is not installed")
    return Environment.create(tmp_path / "env")


def install(environment: Environment, *requirements: str) -> None:
    """Install from the index, but ours instead of pyzmq."""
    overrides = environment.directory / "overrides.txt"
    overrides.write_text("pyzmq; python_version < '0'\n")
    # uv and pip read different settings of where the index is: either will do.
    options = ["pip", "install", "-q", "--python", environment.executable]
    try:
        uv(*options, "--override", overrides, *requirements)
    except pytest.fail.Exception:
        uv(*options, "pip")
        try:
            install_with_pip(environment, *requirements)
        except subprocess.CalledProcessError as error:
            pytest.skip(f"the index cannot be reached: {error.stderr[-300:]}")
    uv(*options, "--no-deps", *map(installed_wheel, OURS))


def install_with_pip(environment: Environment, *requirements: str) -> None:
    for command in (
        ["install", "-q", *requirements],
        # its files would be in the way of ours
        ["uninstall", "-q", "-y", "pyzmq"],
    ):
        subprocess.run(
            [environment.executable, "-m", "pip", *command],
            check=True,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def run(environment: Environment, tmp_path: Path) -> Iterator[Any]:
    """Run `run(program, *args)` in the environment; return what it printed."""

    def run_program(name: str, *args: object, timeout: float = 120) -> str:
        done = subprocess.run(
            [environment.executable, PROGRAMS / f"{name}.py", *map(str, args)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-6000:]
        return done.stdout

    return run_program


def test_zerorpc(environment: Environment, run: Any) -> None:
    install(environment, "zerorpc")
    assert "served 500 calls" in run("with_zerorpc")


def test_locust(environment: Environment, run: Any) -> None:
    """One master, two workers, and users who fetch pages of a server."""
    install(environment, "locust")
    assert "users of two workers" in run("with_locust")
