"""Fixtures for tests that build and install."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import (
    Environment,
    installed_names,
    installed_wheel,
    uv,
)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Return an empty virtual environment, without even pip."""
    return Environment.create(tmp_path / "env")


@pytest.fixture(scope="session")
def wheels() -> dict[str, Path]:
    """Return the wheels that this environment was installed from, by distribution."""
    return {name: installed_wheel(name) for name in installed_names()}


@pytest.fixture(scope="session")
def wheel_links(wheels: dict[str, Path]) -> list[str]:
    """Return the options that make an installer see our wheels, and no index."""
    return ["--no-index", f"--find-links={wheels['zmq-core'].parent}"]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that builds a source tree or archive."""

    def build(source: Path, *arguments: str, **variables: str) -> Path:
        """Build and return the one file that comes out."""
        directory = tmp_path_factory.mktemp("built")
        uv("build", "-q", *arguments, "-o", directory, source, **variables)
        (result,) = (
            path for path in directory.iterdir() if path.suffix in (".whl", ".gz")
        )
        return result

    return build
