"""What to install when a part of zmq is imported that is not there."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution

from zmq._pip import install_line

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
    try:
        distribution(bare)
    except PackageNotFoundError:
        state, line = "not installed", install_line([requirement])
    else:
        state, line = "damaged", install_line([bare], options=["--force-reinstall"])
    # Python takes an error of just this name in `from zmq import asyncio` for one of a
    # module that has no such attribute, and says that instead.
    where = bare if "_handle_fromlist" in callers else name
    raise ModuleNotFoundError(
        f"No module named {name!r}: it is part of {bare}, which is {state}. Run\n\n"
        f"    {line}\n",
        name=where,
    )


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
