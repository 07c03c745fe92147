"""What installers call to build zmq-core: scikit-build-core, and an error that helps.

Its other errors come from CMake, and say in cmake/required-programs.cmake what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scikit_build_core import build as _build
from scikit_build_core.errors import CMakeNotFoundError


def __getattr__(name: str) -> Any:
    """Return the other hooks as they are."""
    return getattr(_build, name)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except CMakeNotFoundError as error:
        raise SystemExit(
            f"zmq-core: {error}. Without build isolation it has to be installed: "
            "apt-get install cmake (Debian), or pip install cmake. The environment "
            "variable CMAKE_EXECUTABLE names another than the first in PATH."
        ) from error


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel into a directory; return its name."""
    with _explained():
        return _build.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build what links an environment to these sources; return its name."""
    with _explained():
        return _build.build_editable(
            wheel_directory, config_settings, metadata_directory
        )
