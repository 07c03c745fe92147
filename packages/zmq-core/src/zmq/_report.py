"""The report for bug reports that ``python -m zmq`` prints."""

from __future__ import annotations

import os
import platform
import struct
import sys
import sysconfig
from typing import Any, TypedDict

import zmq
from zmq import backend
from zmq._damage import find_problems, mending_line, problem_lines
from zmq._installed import find_installed

# the names that zmq_has() knows, in all versions of libzmq
CAPABILITIES = (
    "ipc",
    "pgm",
    "tipc",
    "norm",
    "vmci",
    "curve",
    "gssapi",
    "draft",
    "WS",
    "WSS",
)
# the variables that change what is imported or linked; others may hold secrets
_VARIABLES = (
    "PYZMQ_BACKEND",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHON_GIL",
    "PYTHONNOUSERSITE",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "DYLD_LIBRARY_PATH",
)


class Distribution(TypedDict):
    """One of our distributions."""

    name: str
    version: str
    location: str
    installer: str
    editable: bool


class Report(TypedDict):
    """Everything the report tells."""

    python: dict[str, str]
    platform: dict[str, str]
    distributions: list[Distribution]
    imported_from: str
    backend: str
    libzmq: dict[str, Any]
    capabilities: dict[str, bool]
    draft_api: bool
    environment: dict[str, str]
    problems: list[str]
    mend: str | None


def collect() -> Report:
    """Look at this interpreter and its zmq."""
    found = find_installed(sys.path)
    problems = find_problems(found, zmq.__file__)
    site = os.path.dirname(zmq.__path__[0])
    return {
        "python": _python(),
        "platform": _platform(),
        "distributions": [
            {
                "name": one.name,
                "version": one.version,
                "location": one.location,
                "installer": one.installer,
                "editable": one.editable,
            }
            for one in sorted(found, key=lambda one: one.name)
        ],
        "imported_from": os.path.dirname(os.path.realpath(zmq.__file__)),
        "backend": backend.selected,
        "libzmq": _libzmq(),
        "capabilities": {name: zmq.has(name) for name in CAPABILITIES},
        "draft_api": zmq.DRAFT_API,
        "environment": {
            name: os.environ[name] for name in _VARIABLES if name in os.environ
        },
        "problems": [problem.text for problem in problems],
        "mend": mending_line(problems, site) if problems else None,
    }


def _python() -> dict[str, str]:
    threads = "without" if sysconfig.get_config_var("Py_GIL_DISABLED") else "with"
    return {
        "version": sys.version.split()[0],
        "implementation": platform.python_implementation(),
        "bits": str(8 * struct.calcsize("P")),
        "gil": f"built {threads} GIL",
        "executable": sys.executable,
        "environment": sys.prefix,
    }


def _platform() -> dict[str, str]:
    return {
        "system": platform.platform(),
        "machine": platform.machine(),
        "libc": " ".join(platform.libc_ver()).strip(),
    }


def _libzmq() -> dict[str, Any]:
    """Tell of the libzmq that runs and of the one that was built against."""
    libzmq: dict[str, Any] = {"version": zmq.zmq_version()}
    try:
        from zmq import _build_info as info
    except ImportError:  # a backend of somebody else's
        return libzmq
    libzmq.update(
        found_by=info.FOUND_BY,
        built_against=info.LIBZMQ_VERSION,
        linkage=info.LINKAGE,
        library=info.LIBRARY,
        patches=list(info.LIBZMQ_PATCHES),
        libsodium=info.LIBSODIUM_VERSION,
        draft=info.DRAFT,
        cython=info.CYTHON_VERSION,
        compiler=info.COMPILER,
        flags=info.FLAGS,
    )
    return libzmq


def render(report: Report) -> str:
    """Return the report as text, to be pasted into an issue."""
    python = report["python"]
    lines = [
        _line(
            "Python",
            f"{python['version']} {python['implementation']}, {python['bits']} bits, "
            f"{python['gil']}",
        ),
        _line("", python["executable"]),
        _line("Platform", report["platform"]["system"]),
        _line("Imported", report["imported_from"]),
        *map(_distribution, report["distributions"]),
        _line("Backend", report["backend"]),
        *_libzmq_lines(report["libzmq"]),
        *_capability_lines(report["capabilities"]),
        _line("DRAFT_API", str(report["draft_api"])),
        *(_line(name, value) for name, value in report["environment"].items()),
    ]
    if report["mend"] is not None:
        lines += ["", *problem_lines(report["problems"], report["mend"])]
    else:
        lines.append(_line("Problems", "none"))
    return "\n".join(lines)


def _line(label: str, text: str) -> str:
    return f"{label:<13} {text}".rstrip()


def _distribution(one: Distribution) -> str:
    how = "editable" if one["editable"] else one["installer"]
    return _line(
        one["name"], f"{one['version']}  {one['location']}" + (f"  ({how})" * bool(how))
    )


def _libzmq_lines(libzmq: dict[str, Any]) -> list[str]:
    if "found_by" not in libzmq:
        return [_line("libzmq", libzmq["version"])]
    how = f"linked {libzmq['linkage']}, found by {libzmq['found_by']}"
    if libzmq["library"]:
        how += f" as {libzmq['library']}"
    if libzmq["libsodium"]:
        how += f", with libsodium {libzmq['libsodium']}"
    against = libzmq["built_against"]
    built = "" if against == libzmq["version"] else f" (built against {against})"
    return [
        _line("libzmq", f"{libzmq['version']}{built}: {how}"),
        *(_line("", f"with the patch {name}") for name in libzmq["patches"]),
        _line("Built by", f"Cython {libzmq['cython']}, {libzmq['compiler']}"),
        _line("", libzmq["flags"]),
    ]


def _capability_lines(capabilities: dict[str, bool]) -> list[str]:
    return [
        _line("Can", " ".join(name for name, has in capabilities.items() if has)),
        _line(
            "Cannot", " ".join(name for name, has in capabilities.items() if not has)
        ),
    ]
