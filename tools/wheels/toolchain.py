"""Zig, from the package index, as a compiler for any of the targets."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.wheels.targets import Target

# Kept between runs: libraries, zig's own libc and libc++ of each target.
CACHE = Path(
    os.environ.get("ZMQ_WHEELS_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "zmq-wheels")
)
# Zig keeps frame pointers and debug information unless told otherwise. The former are
# three instructions a function: libzmq runs 23 % more, a message takes 12 % longer.
FLAGS = ("-fomit-frame-pointer", "-fno-sanitize=all", "-g0")


def zig() -> Path:
    """Return zig's program."""
    found = importlib.util.find_spec("ziglang")
    if found is None or found.origin is None:
        raise SystemExit("ziglang is not installed: python3 run.py wheels installs it")
    return Path(found.origin).with_name("zig")


def version() -> str:
    """Return the version of zig, whose libc++ is linked into the wheels."""
    return importlib.metadata.version("ziglang")


def write_tools(target: Target, directory: Path) -> dict[str, str]:
    """Write programs cc, c++, ar and ranlib for a target; return CMake's options.

    Names of directories of this machine go into no object file: the same sources give
    the same wheel anywhere.
    """
    directory.mkdir(parents=True, exist_ok=True)
    compile_for = f"-target {target.zig} {' '.join(FLAGS)} -ffile-prefix-map={CACHE}=."
    options = {
        "CMAKE_SYSTEM_NAME": "Linux",
        "CMAKE_SYSTEM_PROCESSOR": target.processor,
    }
    programs = {
        "cc": ("CMAKE_C_COMPILER", f"cc {compile_for}"),
        "c++": ("CMAKE_CXX_COMPILER", f"c++ {compile_for}"),
        "ar": ("CMAKE_AR", "ar"),
        "ranlib": ("CMAKE_RANLIB", "ranlib"),
    }
    for name, (option, command) in programs.items():
        program = directory / name
        program.write_text(f'#!/bin/sh\nexec "{zig()}" {command} "$@"\n')
        program.chmod(0o755)
        options[option] = str(program)
    return options


def environment() -> dict[str, str]:
    """Return the variables of a build: zig's caches, and nothing of this machine."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ZMQ_", "PYZMQ_", "CMAKE_", "PYTHON", "_PYTHON"))
        and name not in ("CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS")
    }
    cache = str(CACHE / "zig")
    # scikit-build-core dates the files in the wheel by this.
    kept.setdefault("SOURCE_DATE_EPOCH", "1577836800")
    return {**kept, "ZIG_GLOBAL_CACHE_DIR": cache, "ZIG_LOCAL_CACHE_DIR": cache}


def llvm_version() -> str:
    """Return the version of LLVM that zig is made of."""
    done = subprocess.run(
        [str(zig()), "cc", "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"clang version ([\d.]+)", done.stdout)
    return found.group(1) if found else "unknown"


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    what: str | None = None,
    cwd: Path | None = None,
) -> str:
    """Run a step of a build and return what it prints; fail with the end of that.

    :param what: what the message is to begin with; by default the command.
    """
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{what or ' '.join(command)}\n{done.stdout[-20000:]}")
    return done.stdout
