"""Runs the core's tests with a wheel, where no libzmq but the wheel's own can work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.wheels import arm64, musl, toolchain
from tools.wheels.pythons import Python
from tools.wheels.targets import Target

ROOT = Path(__file__).parents[2]
TESTS = ("packages/zmq-core/tests",)
NEEDS = ("pytest>=8", "pytest-timeout")
# Tests that need one of these are skipped where it is not built for the interpreter.
WHERE_POSSIBLE = ("cffi",)
# Emulated, a library that this machine's compiler makes for a test cannot be loaded,
# programs take longer to start than tests allow, and qemu has a thread of its own.
NOT_EMULATED = (
    "backend/test_backend.py::test_import_starts_no_thread",
    "commands",
    "errors/test_rubbish.py",
    "runtime/test_interrupted.py",
    "runtime/test_no_memory.py",
)
HIDDEN = ("libzmq.so*", "libsodium.so*")
LIBRARIES = ("/lib", "/usr/lib", "/usr/local/lib")
# Nobody sees it but the command: the libraries of the system are empty files then.
HIDE = """
for library in {libraries}; do mount --bind /dev/null "$library" || exit 99; done
exec "$@"
"""
# What a wheel promises, and that it is the libraries inside that do it.
LOOK = """
import ctypes, os, tempfile, zmq
for name in ("libzmq.so.5", "libsodium.so.23"):
    if {hidden}:
        try:
            ctypes.CDLL(name)
        except OSError:
            pass
        else:
            raise SystemExit(f"{{name}} of the system is not hidden")
if os.path.exists("/proc/self/maps") and not {emulated}:
    mapped = {{line.split()[-1] for line in open("/proc/self/maps")}}
    loaded = [m for m in mapped if "libzmq" in m or "libsodium" in m]
    assert not loaded, loaded
assert zmq.has("curve") and zmq.has("ipc"), "no CURVE or no IPC"
assert not zmq.DRAFT_API and not zmq.has("draft"), "drafts"
with zmq.Context() as context:
    a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    public, secret = zmq.curve_keypair()
    a.curve_server, a.curve_secretkey = True, secret
    b.curve_publickey, b.curve_secretkey = zmq.curve_keypair()
    b.curve_serverkey = public
    a.rcvtimeo = 30_000
    b.connect(f"tcp://127.0.0.1:{{a.bind_to_random_port('tcp://127.0.0.1')}}")
    b.send(b"works")
    assert a.recv() == b"works"
    with tempfile.TemporaryDirectory() as directory:
        for address in ("tcp://127.0.0.1:*", f"ipc://{{directory}}/socket"):
            with context.socket(zmq.REP) as rep, context.socket(zmq.REQ) as req:
                req.rcvtimeo = rep.rcvtimeo = 30_000
                rep.bind(address)
                req.connect(rep.last_endpoint)
                req.send(b"question")
                rep.send(rep.recv() + b", answer")
                assert req.recv() == b"question, answer"
    context.destroy()
print(f"libzmq {{zmq.zmq_version()}}, CURVE, tcp and ipc")
"""


def system_libraries() -> list[Path]:
    """Return the files of the system's libzmq and libsodium."""
    found: set[Path] = set()
    for directory in map(Path, LIBRARIES):
        for pattern in HIDDEN:
            for place in (directory, *directory.glob("*-linux-*")):
                found.update(path.resolve() for path in place.glob(pattern))
    return sorted(found)


def hiding() -> list[str] | None:
    """Return what goes before a command to hide them; None where it is not allowed."""
    libraries = " ".join(f"'{path}'" for path in system_libraries())
    script = HIDE.format(libraries=libraries)
    prefix = ["unshare", "--mount", "sh", "-c", script, "sh"]
    if shutil.which("unshare") is None:
        return None
    done = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if done.returncode == 0 else None


def reason_against(python: Python, target: Target) -> str | None:
    """Return why wheels for an interpreter and a target cannot be run; None if so."""
    here = target.processor == os.uname().machine
    if target.libc == "musl":
        reason = musl.reason_against() if here else "no interpreter for musl is here"
        if reason is None and python.name != musl.NAME:
            return "the interpreter for musl is another version"
        return reason
    if here:
        return None
    if target.processor == "aarch64":
        reason = arm64.reason_against()
        if reason is None and python.name != "cp311":
            return "Debian's Python for arm64 is another version"
        return reason
    return f"nothing here runs {target.processor}"


def install(arguments: Sequence[str], *packages: str) -> bool:
    """Install with uv; return whether all of it could be had."""
    command = [sys.executable, "-m", "uv", "pip", "install", "-q", *arguments]
    done = subprocess.run([*command, *packages], check=False, capture_output=True)
    return done.returncode == 0


def environment_for(wheel: Path, python: Python, target: Target, work: Path) -> Path:
    """Install a wheel and what its tests need; return the interpreter that has it.

    The name of the wheel is taken at its word: the installer must accept it.
    """
    if target.processor == os.uname().machine:
        base = musl.provide() if target.libc == "musl" else python.executable
        make = [sys.executable, "-m", "uv", "venv", "-q", "--python"]
        subprocess.run([*make, str(base), str(work / "env")], check=True)
        executable = work / "env" / "bin" / "python"
        where = ["--python", str(executable)]
    else:
        other = arm64.provide()
        executable = other.script
        where = ["--target", str(other.packages), "--python-version", other.version]
        where += ["--python-platform", "aarch64-manylinux_2_28"]
    if python.implementation != "PyPy":
        where += ["--only-binary", ":all:"]  # for PyPy, cffi has archives only
    if not install(where, str(wheel), *NEEDS):
        raise SystemExit(f"{wheel.name} cannot be installed for {executable}")
    for package in WHERE_POSSIBLE:
        install(where, package)
    return executable


def run(prefix: Sequence[str], *command: object, **variables: str) -> str:
    """Run a command of a trial and return its last lines; fail with all of them."""
    words = [*map(str, command)]
    environment = {**toolchain.environment(), **variables}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    printed = toolchain.run([*prefix, *words], environment, " ".join(words), ROOT)
    return printed.strip().splitlines()[-1]


def try_wheel(wheel: Path, python: Python, target: Target) -> str:
    """Run the core's tests with a wheel; return what came of it in a line."""
    emulated = target.processor != os.uname().machine
    prefix = [] if emulated else hiding()
    said = "libzmq of the system not hidden, for want of root" if prefix is None else ""
    with tempfile.TemporaryDirectory() as work:
        executable = environment_for(wheel, python, target, Path(work))
        look = LOOK.format(hidden=bool(prefix), emulated=emulated)
        found = run(prefix or [], executable, "-W", "error", "-c", look)
        options = ["-q", "-m", "not slow and not measures", "-p", "no:cacheprovider"]
        variables = {}
        if emulated:
            variables["ZMQ_TEST_PATIENCE"] = "10"
            options += ["--timeout", "600"]
            options += [f"--deselect={TESTS[0]}/{name}" for name in NOT_EMULATED]
        command = [executable, "-m", "pytest", *options, *TESTS]
        tested = run(prefix or [], *command, **variables)
    return ", ".join(filter(None, (found, re.sub("=+ ?", "", tested), said)))
