"""Makes an interpreter of this machine build as one of the target would."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tools.wheels.pythons import Python
from tools.wheels.targets import Target

# The variables that an interpreter on Linux was built with, as JSON.
VARIABLES = """
import json, sysconfig
print(json.dumps({
    name: value for name, value in sysconfig.get_config_vars().items()
    if isinstance(value, (str, int))
}))
"""
MODULE = "_sysconfigdata_zmq_target"


def pyconfig(headers: Path) -> str:
    """Return pyconfig.h, which Debian keeps in a directory of the machine."""
    text = (headers / "pyconfig.h").read_text()
    multiarch = re.search(r"#\s*include <([\w-]+/python[\w.]+/pyconfig.h)>", text)
    return (headers.parent / multiarch.group(1)).read_text() if multiarch else text


def headers(python: Python, directory: Path) -> Path:
    """Copy the headers of an interpreter for a compiler that sees no other.

    All targets have 64 bits, in the same order, so that the sizes in pyconfig.h hold
    for each.
    """
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(python.headers, directory)
    (directory / "pyconfig.h").write_text(pyconfig(python.headers))
    return directory


def suffix(python: Python, target: Target) -> str:
    """Return the end of an extension module's file name."""
    threaded = "t" if python.free_threaded else ""
    version = f"{python.version[0]}{python.version[1]}{threaded}"
    return f".cpython-{version}-{target.triplet}.so"


def variables(python: Python, target: Target, directory: Path) -> dict[str, str]:
    """Write the target's sysconfig; return the variables that make Python take it."""
    directory.mkdir(parents=True, exist_ok=True)
    printed = subprocess.run(
        [str(python.executable), "-I", "-c", VARIABLES],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    end = suffix(python, target)
    changed = {
        "EXT_SUFFIX": end,
        "SOABI": end[1 : -len(".so")],
        "MULTIARCH": target.triplet,
        "HOST_GNU_TYPE": target.triplet,
    }
    (directory / f"{MODULE}.py").write_text(
        f"import json\nbuild_time_vars = json.loads({printed!r})\n"
        f"build_time_vars.update({changed!r})\n"
    )
    return {
        "PYTHONPATH": str(directory),
        "_PYTHON_SYSCONFIGDATA_NAME": MODULE,
        "_PYTHON_HOST_PLATFORM": target.platform,
    }
