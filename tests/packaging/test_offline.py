"""Source archives build without a network where the tools are installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import PACKAGES, ROUND_TRIP, Environment, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
# Nobody answers there: what asks fails, also where the network cannot be taken away.
NOWHERE = "http://127.0.0.1:9"
PROXIES = {f"{scheme}_proxy": NOWHERE for scheme in ("http", "https", "all")}
OFFLINE = {**PROXIES, "PIP_NO_INDEX": "1", "UV_OFFLINE": "1"}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with pip and what builds the packages."""
    directory = tmp_path_factory.mktemp("tools") / "env"
    environment = Environment.create(directory)
    environment.install("pip", "scikit-build-core>=1.0.1", "cython>=3.1", "hatchling")
    environment.install("cmake>=3.21", "ninja")
    return environment


def no_network() -> list[str]:
    """Return what starts a command without a network, where this system can."""
    command = ["unshare", "--net", "--map-root-user"]
    if sys.platform != "linux" or run(*command, "true", check=False).returncode:
        return []
    return command


@pytest.mark.skipif(
    sys.implementation.name == "pypy", reason="cffi is needed too, which PyPy brings"
)
def test_without_isolation(
    build: Callable[..., Path],
    tools: Environment,
    environment: Environment,
    tmp_path: Path,
) -> None:
    """`pip install --no-build-isolation` makes wheels of all archives, which work."""
    archives = [build(path, "--sdist") for path in PACKAGES.values()]
    target = tmp_path / "wheels"
    command = [*no_network(), tools.executable, "-m", "pip", "wheel", "-q", "--no-deps"]
    command += ["--no-build-isolation", "-w", target]
    path = f"{tools.executable.parent}{os.pathsep}{os.environ['PATH']}"
    run(*command, *archives, PATH=path, **OFFLINE)
    wheels = list(target.iterdir())
    assert len(wheels) == len(PACKAGES)
    environment.install("--offline", "--no-index", *wheels)
    assert environment.python(ROUND_TRIP) == "works"
    assert environment.python("import zmq.asyncio, zmq.log; print('too')") == "too"
