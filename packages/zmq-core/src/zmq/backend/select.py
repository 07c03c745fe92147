"""Choosing the implementation of the backend."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The number of the contract that zmq.backend.abc states. It grows with every addition.
CONTRACT: int = 4

# What every backend provides: the seam between libzmq and everything above.
PUBLIC_API = (
    "Context",
    "Frame",
    "IPC_PATH_MAX_LEN",
    "Message",
    "OptionAttribute",
    "PYZMQ_DRAFT_API",
    "ProxyLoop",
    "Socket",
    "buffers_lent",
    "curve_keypair",
    "curve_public",
    "has",
    "monitored_queue",
    "proxy",
    "proxy_steerable",
    "strerror",
    "zmq_errno",
    "zmq_poll",
    "zmq_version_info",
)

# What a backend may provide as well: the fast path of sockets that answer with futures.
# Without it the asynchronous flavours have one in Python.
OPTIONAL_API = ("EagerSocket", "TurnClock", "ready_type")
# The modules of which zmq-core has one at least.
COMPILED = ("zmq.backend.cython._core", "zmq.backend.cffi._native")


def require_contract(number: int, distribution: str) -> None:
    """Make sure that this zmq-core is new enough for another distribution.

    :param number: the :data:`CONTRACT` that it needs.
    :param distribution: its name, as pip knows it.
    :raises ImportError: when this zmq-core is older; tells how to renew it.
    """
    if number > CONTRACT:
        raise ImportError(
            f"{distribution} needs a newer zmq-core (backend contract {number}, this"
            f" one has {CONTRACT}): pip install --upgrade zmq-core"
        )


def select_backend(name: str) -> dict[str, Any]:
    """Import a backend and return its public names, and those it may leave out.

    :param name: its module, such as ``"zmq.backend.cython"``.
    :raises ImportError: when it cannot be imported, or lacks a name of the seam.
    """
    __import__(name)
    module = sys.modules[name]
    missing = [key for key in PUBLIC_API if not hasattr(module, key)]
    if missing:
        raise ImportError(f"backend {name!r} lacks {', '.join(missing)}")
    found = {key: getattr(module, key) for key in PUBLIC_API}
    if all(hasattr(module, key) for key in OPTIONAL_API):
        found.update((key, getattr(module, key)) for key in OPTIONAL_API)
    return found


def select_first(names: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the first backend that can be imported, and its public names.

    :param names: modules, the preferred one first.
    :raises ImportError: when none can; says why for each of them.
    """
    causes: list[str] = []
    built = False
    for name in names:
        try:
            return name, select_backend(name)
        except (ImportError, OSError) as error:  # the latter from FFI libraries
            causes.append(f"  {name}: {error}")
            built |= getattr(error, "name", None) not in COMPILED
    archive = _archive(__file__)
    if archive:
        raise ImportError(
            f"zmq is in the archive {archive}, and Python imports no compiled modules"
            " from archives: unpack it, or install zmq-core into a directory"
        )
    text = "no backend of zmq can be imported:\n" + "\n".join(causes)
    if not built:
        from zmq._damage import explain_no_backend

        text += explain_no_backend(__file__)
    raise ImportError(text)


def _archive(path: str) -> str:
    """Return the file that a path leads through, or "" when it names a file itself."""
    from os.path import dirname, isfile

    parent = dirname(path)
    while parent != dirname(parent):
        if isfile(parent):
            return parent
        parent = dirname(parent)
    return ""
