"""Debian's Python for arm64, which qemu-user runs here, in a directory of the cache.

Neither the package lists of this machine nor its packages are changed by it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from tools.wheels import toolchain

QEMU = "qemu-aarch64-static"
PACKAGES = ("python3", "python3-distutils", "openssl")
# Programs that tests start are started by the kernel, which knows this machine's only:
# a script in place of the interpreter makes it start qemu.
START = """#!/bin/sh
exec {qemu} -L "{root}" "{python}" "$@"
"""
# Debian has a sitecustomize.py of its own; a .pth file is read with -I, too.
CUSTOMIZE = "import sys; sys.executable = sys._base_executable = {script!r}\n"


class Arm64(NamedTuple):
    """An interpreter for arm64."""

    script: Path
    version: str
    # What is installed here is found whatever the options of the interpreter.
    packages: Path


def reason_against() -> str | None:
    """Return why there is no such interpreter here; None if there is one."""
    for program in (QEMU, "apt-get", "dpkg"):
        if shutil.which(program) is None:
            return f"no {program} here (Debian: apt-get install qemu-user-static)"
    return None


def unpack(root: Path) -> None:
    """Fetch the packages with all they need, and unpack them."""
    state = root.with_suffix(".apt")
    shutil.rmtree(state, ignore_errors=True)
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True)
    # As on a machine that has no package at all.
    (state / "status").touch()
    apt = ["apt-get", "-q", "-o", "APT::Architecture=arm64"]
    apt += ["-o", "APT::Architectures=arm64", "-o", "APT::Install-Recommends=0"]
    apt += ["-o", f"Dir::State={state}", "-o", f"Dir::State::Lists={state / 'lists'}"]
    apt += ["-o", f"Dir::State::status={state / 'status'}"]
    # apt's own user may not write into our directories.
    apt += ["-o", f"Dir::Cache={state / 'cache'}", "-o", "APT::Sandbox::User=root"]
    # An archive of somebody else's, without arm64, is no failure yet.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
    fetch = [*apt, "install", "--download-only", "-y", *PACKAGES]
    subprocess.run(fetch, stdout=subprocess.DEVNULL, check=True)
    for package in sorted((state / "cache" / "archives").glob("*.deb")):
        subprocess.run(["dpkg", "-x", str(package), str(root)], check=True)
    shutil.rmtree(state)


def provide() -> Arm64:
    """Return the interpreter, fetched if need be, with no package installed."""
    root = toolchain.CACHE / "arm64"
    if not (root / "ready").exists():
        shutil.rmtree(root, ignore_errors=True)
        unpack(root)
        (root / "ready").touch()
    (python,) = (
        path
        for path in (root / "usr" / "bin").glob("python3.*")
        if path.name.removeprefix("python3.").isdigit()
    )
    library = root / "usr" / "local" / "lib" / python.name
    shutil.rmtree(library, ignore_errors=True)
    packages = library / "dist-packages"
    packages.mkdir(parents=True)
    script = root / "python"
    script.write_text(START.format(qemu=QEMU, root=root, python=python))
    script.chmod(0o755)
    (packages / "script.pth").write_text(CUSTOMIZE.format(script=str(script)))
    return Arm64(script, python.name.removeprefix("python"), packages)
