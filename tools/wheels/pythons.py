"""The interpreters that wheels are built for: all that this machine has."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

OLDEST = (3, 9)
# Interpreters that nothing else leads to, separated as in PATH.
VARIABLE = "ZMQ_WHEELS_PYTHONS"
ASK = """
import json, os, platform, sys, sysconfig
value = sysconfig.get_config_var
print(json.dumps({
    "implementation": platform.python_implementation(),
    "version": sys.version_info[:3],
    "release": sys.version_info[3] == "final",
    "free_threaded": bool(value("Py_GIL_DISABLED")),
    "debug": bool(value("Py_DEBUG")),
    "headers": sysconfig.get_path("include"),
    "has_headers": os.path.exists(
        os.path.join(sysconfig.get_path("include"), "Python.h")),
    "platform": sysconfig.get_platform(),
    "executable": os.path.realpath(sys.executable),
}))
"""


class Python(NamedTuple):
    """An interpreter and what builds must know of it."""

    executable: Path
    implementation: str
    version: tuple[int, int, int]
    free_threaded: bool
    headers: Path

    @property
    def name(self) -> str:
        """What its wheels have in their names: cp313t, pp39."""
        short = "pp" if self.implementation == "PyPy" else "cp"
        threaded = "t" if self.free_threaded else ""
        return f"{short}{self.version[0]}{self.version[1]}{threaded}"


def candidates() -> list[Path]:
    """Return programs that could be interpreters, the likeliest first."""
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    found = [Path(name) for name in named if name]
    places = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep)]
    home = Path.home()
    places += sorted((home / ".pyenv" / "versions").glob("*/bin"))
    places += sorted(Path("/opt").glob("*/bin"))
    # Where tools/interpreters.py and uv keep theirs.
    places += sorted((home / ".cache" / "zmq-interpreters").glob("*/bin"))
    places += sorted((home / ".local" / "share" / "uv" / "python").glob("*/bin"))
    for place in places:
        for pattern in ("python3.*", "pypy3*"):
            # python3.11-config and the like are no interpreters.
            found += [
                path
                for path in sorted(place.glob(pattern))
                if path.name.partition(".")[2].rstrip("t").isdigit()
                or path.name == "pypy3"
            ]
    return found


def ask(program: Path) -> dict[str, Any] | None:
    """Return what an interpreter says of itself; None if it is none."""
    try:
        done = subprocess.run(
            [str(program), "-I", "-c", ASK],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    described: dict[str, Any] = json.loads(done.stdout)
    return described


def reason_against(described: dict[str, Any]) -> str | None:
    """Return why no wheels are built for an interpreter; None if they are."""
    if tuple(described["version"][:2]) < OLDEST:
        return "older than 3.9"
    if described["debug"]:
        return "a debug build, whose extensions others cannot load"
    if not described["platform"].startswith("linux-"):
        return "not on Linux"
    if not described["has_headers"]:
        return f"no Python.h in {described['headers']}"
    return None


def discover() -> tuple[list[Python], list[str]]:
    """Return one interpreter for each kind of wheel, and why others are left out."""
    best: dict[str, Python] = {}
    left_out: dict[str, str] = {}
    seen: set[str] = set()
    for program in candidates():
        real = os.path.realpath(program)
        if real in seen:
            continue
        seen.add(real)
        described = ask(program)
        if described is None:
            continue
        reason = reason_against(described)
        python = Python(
            Path(described["executable"]),
            described["implementation"],
            (described["version"][0], described["version"][1], described["version"][2]),
            described["free_threaded"],
            Path(described["headers"]),
        )
        if reason is not None:
            left_out[str(program)] = reason
        elif python.name not in best or best[python.name].version < python.version:
            best[python.name] = python
    ordered = sorted(best.values(), key=lambda p: (p.implementation, p.version))
    return ordered, [f"{program}: {reason}" for program, reason in left_out.items()]
