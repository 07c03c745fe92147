"""A CPython for musl, which this machine runs beside its own libc.

Built by Debian's musl-gcc from Debian's sources, into a directory of the cache.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tools import debian
from tools.wheels import toolchain

VERSION = "3.13"
# Wheels of this name can be run.
NAME = "cp313"
SUITE = "trixie"
PREFIX = toolchain.CACHE / f"musl-{VERSION}"
SOURCES = toolchain.CACHE / "sources"
# musl-gcc sees no header but musl's: zlib and libffi (for ctypes) are built before.
LIBRARIES = {
    "zlib": ["--static"],
    "libffi": ["--disable-shared", "--disable-docs", "--with-pic"],
}
# Debian's GCC names the libc that it is for itself, whatever its specs say. The headers
# of the kernel are the same for each libc.
COMPILER = """#!/bin/sh
[ "$1" = --print-multiarch ] && exec echo {processor}-linux-musl
exec musl-gcc -isystem "{kernel}" "$@"
"""
KERNEL = ("linux", "asm-generic", "asm")


def reason_against() -> str | None:
    """Return why there is no such interpreter here; None if there is one."""
    for program in ("musl-gcc", "apt-get", "make"):
        if shutil.which(program) is None:
            return f"no {program} here (Debian: apt-get install musl-tools make)"
    return None


def write_compiler(directory: Path) -> Path:
    """Write a compiler for musl, with the headers of the kernel, into a directory."""
    processor = os.uname().machine
    kernel = directory / "kernel"
    kernel.mkdir()
    for name in KERNEL:
        places = (Path("/usr/include"), Path("/usr/include", f"{processor}-linux-gnu"))
        (source,) = (place / name for place in places if (place / name).exists())
        (kernel / name).symlink_to(source)
    compiler = directory / "cc"
    compiler.write_text(COMPILER.format(processor=processor, kernel=kernel))
    compiler.chmod(0o755)
    return compiler


def build(directory: Path) -> None:
    """Build the interpreter and what it needs; minutes, once."""
    environment = {
        **toolchain.environment(),
        "CC": str(write_compiler(directory)),
        "CFLAGS": "-O1 -fPIC",
        # Nobody measures with it: so it is built in half the time.
        "OPT": "-DNDEBUG -O1",
        # Nothing of what this machine has for its own libc.
        "PKG_CONFIG_LIBDIR": str(PREFIX / "lib" / "pkgconfig"),
    }

    def run(sources: Path, *command: str) -> None:
        toolchain.run(command, environment, cwd=sources)

    make = ["make", "-s", f"-j{os.cpu_count() or 1}"]
    for package, options in LIBRARIES.items():
        sources = debian.unpacked(package, SOURCES, directory / package)
        run(sources, "./configure", f"--prefix={PREFIX}", *options)
        run(sources, *make, "install")
    sources = debian.unpacked(f"python{VERSION}", SOURCES, directory / "python", SUITE)
    configure = ["./configure", "-q", f"--prefix={PREFIX}", "--without-ensurepip"]
    run(sources, *configure, "--disable-test-modules")
    run(sources, *make)
    run(sources, "make", "-s", "install", "COMPILEALL_OPTS=-x .")


def provide() -> Path:
    """Return the interpreter, built if need be."""
    if not (PREFIX / "ready").exists():
        print(f"CPython {VERSION} for musl, once", flush=True)
        shutil.rmtree(PREFIX, ignore_errors=True)
        with tempfile.TemporaryDirectory() as directory:
            build(Path(directory))
        (PREFIX / "ready").touch()
    return PREFIX / "bin" / f"python{VERSION}"
