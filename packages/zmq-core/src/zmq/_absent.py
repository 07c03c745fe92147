"""What to install when a part of zmq is imported that is not there."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from os.path import dirname

from zmq._pip import install_line, outside

# Each part, and what brings it, with what that needs to run.
_BROUGHT_BY = {
    "_engine": "zmq-asyncio",
    "asyncio": "zmq-asyncio",
    "auth": "zmq-auth",
    "devices": "zmq-devices",
    "eventloop": "zmq-tornado[tornado]",
    "green": "zmq-green[gevent]",
    "log": "zmq-log",
    "ssh": "zmq-ssh",
    "trio": "zmq-trio[trio]",
}


def explain(name: str) -> None:
    """Raise ModuleNotFoundError, if this is an import of a part that is missing.

    Programs may also ask, by ``importlib.util.find_spec``, whether there is such a
    module: that is no error.

    :param name: what nobody has found, such as ``zmq.asyncio``.
    """
    requirement = _BROUGHT_BY.get(name.partition(".")[2])
    callers = _importing()
    if requirement is None or "_find_and_load" not in callers:
        return
    bare = requirement.partition("[")[0]
    if _frozen():
        state = (
            "not in this program. Where it is frozen, install the distribution, then"
        )
        line = f"pyinstaller --hidden-import {name}  (Nuitka: --include-module={name})"
    elif _is_installed(bare):
        state, line = "damaged. Run", _line(bare, ["--force-reinstall"])
    else:
        state, line = "not installed. Run", _line(requirement)
    # Python takes an error of just this name in `from zmq import asyncio` for one of a
    # module that has no such attribute, and says that instead.
    where = bare if "_handle_fromlist" in callers else name
    raise ModuleNotFoundError(
        f"No module named {name!r}: it is part of {bare}, which is {state}\n\n"
        f"    {line}\n",
        name=where,
    )


def _line(requirement: str, options: Iterable[str] = ()) -> str:
    """Return the line that installs a part where the core is."""
    site = dirname(sys.modules["zmq"].__path__[0])
    if outside(site) is None:
        return install_line([requirement], options=options)
    from zmq._damage import installing_line

    return installing_line([requirement], site)


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _frozen() -> bool:
    """Whether this is a program made by PyInstaller or Nuitka: it has no installer."""
    return bool(getattr(sys, "frozen", False)) or "__compiled__" in globals()


def _importing() -> set[str]:
    """Return the names of the functions of the import system that led here."""
    names: set[str] = set()
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame.f_back is not None:
        frame = frame.f_back
        module = frame.f_globals.get("__name__", "")
        if module.startswith("zmq._"):
            continue
        if "importlib._bootstrap" not in frame.f_code.co_filename:
            break
        names.add(frame.f_code.co_name)
    return names
