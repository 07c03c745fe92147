"""The versions of this package and of libzmq."""

from __future__ import annotations

from zmq.backend import zmq_version_info as zmq_version_info

# Must be the same in packages/zmq-core/pyproject.toml, packages/pyzmq/pyproject.toml
# and the CHANGELOG of both. Other projects compare it with versions of the old pyzmq:
# it must never go below 27.
VERSION_MAJOR = 28
VERSION_MINOR = 0
VERSION_PATCH = 0
VERSION_EXTRA = ""

__version__ = f"{VERSION_MAJOR}.{VERSION_MINOR}.{VERSION_PATCH}{VERSION_EXTRA}"
__revision__ = ""


def pyzmq_version() -> str:
    """Return the version of this package, such as ``"28.0.0"``."""
    return __version__


def pyzmq_version_info() -> tuple[int, int, int] | tuple[int, int, int, float]:
    """Return the version of this package as a tuple of three ints.

    A development version has a fourth item, ``float("inf")``, to come after releases.
    """
    version = (VERSION_MAJOR, VERSION_MINOR, VERSION_PATCH)
    return (*version, float("inf")) if VERSION_EXTRA else version


def zmq_version() -> str:
    """Return the version of libzmq in use, such as ``"4.3.5"``."""
    return ".".join(map(str, zmq_version_info()))


__all__ = [
    "__revision__",
    "__version__",
    "pyzmq_version",
    "pyzmq_version_info",
    "zmq_version",
    "zmq_version_info",
]
