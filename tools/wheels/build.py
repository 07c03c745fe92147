"""One wheel: zmq-core for an interpreter and a target."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

from tools.wheels import crossing, toolchain
from tools.wheels.libraries import CORE
from tools.wheels.pythons import Python
from tools.wheels.targets import Target

# scikit-build-core itself, without a front end: that would ask the interpreter, which
# says that it is the target's, for packages of the target.
BACKEND = """
import json, sys
from scikit_build_core.build import build_wheel
build_wheel(sys.argv[1], json.loads(sys.argv[2]))
"""
# What is compiled into a wheel. Its names are in no symbol table: -s leaves that out.
LINKER_FLAGS = "-Wl,-s"


def environment_of(python: Python, directory: Path) -> Path:
    """Return the interpreter of an environment with what builds the wheel."""
    executable = directory / python.name / "bin" / "python"
    ready = directory / python.name / "ready"
    if not ready.exists():
        uv = [sys.executable, "-m", "uv"]
        make = [*uv, "venv", "-q", "--clear", "--python", str(python.executable)]
        subprocess.run([*make, str(directory / python.name)], check=True)
        install = [*uv, "pip", "install", "-q", "--python", str(executable)]
        needs = ["scikit-build-core>=1.0.1"]
        if python.implementation == "PyPy":
            needs.append("cffi")
        subprocess.run([*install, *needs], check=True)
        ready.touch()
    return executable


def build(
    python: Python, target: Target, prefix: Path, tools: dict[str, str], work: Path
) -> Path:
    """Build a wheel into a directory and return it, as scikit-build-core leaves it."""
    made = work / f"{python.name}-{target.name}"
    made.mkdir(parents=True)
    include = crossing.headers(python, made / "include")
    options = {
        **tools,
        "CMAKE_SHARED_LINKER_FLAGS": LINKER_FLAGS,
        "CMAKE_MODULE_LINKER_FLAGS": LINKER_FLAGS,
        "CYTHON": str(Path(sysconfig.get_path("scripts"), "cython")),
        "Python_INCLUDE_DIR": str(include),
        "ZMQ_PREFIX": str(prefix),
    }
    if python.implementation == "PyPy":
        # Built for its own system: there is nothing to cross but the age of the libc.
        for name in ("CMAKE_SYSTEM_NAME", "CMAKE_SYSTEM_PROCESSOR"):
            del options[name]
    settings = {f"cmake.define.{name}": value for name, value in options.items()}
    # The linker has stripped it; this machine's strip knows no other processor.
    settings["install.strip"] = "false"
    environment = toolchain.environment()
    if python.implementation != "PyPy":
        environment.update(crossing.variables(python, target, made / "sysconfig"))
    builder = str(environment_of(python, toolchain.CACHE / "environments"))
    command = [builder, "-c", BACKEND, str(made), json.dumps(settings)]
    toolchain.run(command, environment, f"{python.name} {target.name}:", CORE)
    (wheel,) = made.glob("*.whl")
    return wheel
