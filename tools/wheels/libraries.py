"""libsodium and libzmq, built once for each target."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from tools.wheels import toolchain
from tools.wheels.targets import Target

CORE = Path(__file__).parents[2] / "packages" / "zmq-core"
CMAKE = CORE / "cmake"
# What decides over the libraries; the names are those of cmake/options.cmake.
NAMES = [
    f"PYZMQ_{library}_{what}"
    for library in ("LIBZMQ", "LIBSODIUM")
    for what in ("VERSION", "URL", "SHA256")
]
# No wheel without one of them, unnoticed.
PATCHES = "PYZMQ_LIBZMQ_PATCHES"


def sources() -> dict[str, str]:
    """Return the options that say which libzmq and libsodium are built."""
    given = {name: os.environ[name] for name in NAMES if os.environ.get(name)}
    return {**given, PATCHES: os.environ.get(PATCHES) or "ON"}


def key(target: Target) -> str:
    """Return what tells libraries from others: their sources, compiler and recipe."""
    digest = hashlib.sha256(repr((target, toolchain.FLAGS)).encode())
    digest.update(toolchain.version().encode())
    for name, value in sorted(sources().items()):
        archive = Path(value)
        content = archive.read_bytes() if archive.is_file() else value.encode()
        digest.update(name.encode() + hashlib.sha256(content).digest())
    recipe = [*CMAKE.glob("bundle*"), *CMAKE.glob("libraries/*")]
    recipe += [CMAKE / "options.cmake", CMAKE / "patch-libzmq.cmake"]
    recipe += CORE.glob("patches/*.patch")
    for path in sorted(recipe):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def provide(target: Target, tools: dict[str, str]) -> Path:
    """Return the prefix of a target's libraries, built if need be; minutes, once."""
    prefix = toolchain.CACHE / "libraries" / f"{target.name}-{key(target)}"
    if (prefix / "lib" / "libzmq.a").exists():
        return prefix
    # What was begun goes on, when it is the same.
    build = toolchain.CACHE / "build" / target.name
    mark = build / "key"
    if not mark.exists() or mark.read_text() != key(target):
        shutil.rmtree(build, ignore_errors=True)
        build.mkdir(parents=True)
        mark.write_text(key(target))
    partial = prefix.with_suffix(".partial")
    options = {**tools, "CMAKE_INSTALL_PREFIX": str(partial), **sources()}
    configure = ["cmake", "-G", "Ninja", "-S", str(CMAKE / "libraries"), "-B"]
    configure += [str(build), *(f"-D{name}={value}" for name, value in options.items())]
    print(f"{target.name}: libsodium and libzmq, once", flush=True)
    for command in (configure, ["cmake", "--build", str(build), "--target", "install"]):
        toolchain.run(command, toolchain.environment())
    partial.rename(prefix)
    shutil.rmtree(build)
    return prefix
