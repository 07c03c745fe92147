"""Run a task of noxfile.py on any machine, `python3 run.py demo` for one.

Needs a Python with pip. Everything else is installed first, where that is possible: nox
into an environment of its own under .bootstrap/, missing system packages with apt-get.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Callable, NamedTuple

ROOT = Path(__file__).resolve().parent
BOOTSTRAP = ROOT / ".bootstrap"
TOOLS = ["nox>=2025.2.9", "uv"]
OLDEST = (3, 9)


def say(text: str) -> None:
    """Print one line that stands out from the output of the tools."""
    print(f"run.py: {text}", file=sys.stderr, flush=True)


attempts: list[str] = []


def attempt(*command: object) -> bool:
    """Run a command quietly; return whether it worked."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        attempts.append(f"{' '.join(map(str, command))}\n{done.stdout.strip()}")
    return done.returncode == 0


# ---- what the system must have -------------------------------------------------------


class Need(NamedTuple):
    """Something that only the system's package manager can install."""

    what: str
    present: Callable[[], bool]
    debian: str
    # What happens without it; nothing works without what has no `without`.
    without: str = ""


def compiler() -> str | None:
    """Return the C compiler that CMake will take."""
    return shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")


def compiles(header: str, *flags: str) -> bool:
    """Whether the compiler finds a header."""
    command = compiler()
    if command is None:
        return False
    with tempfile.NamedTemporaryFile("w", suffix=".c") as source:
        source.write(f"#include <{header}>\n")
        source.flush()
        return attempt(command, *flags, "-E", source.name)


def has_libzmq() -> bool:
    """Whether libzmq can be built against, or another one was asked for."""
    if os.environ.get("ZMQ_PREFIX", "auto") not in ("", "auto") or compiles("zmq.h"):
        return True
    pkg_config = shutil.which("pkg-config")
    return pkg_config is not None and attempt(pkg_config, "--exists", "libzmq")


def has_python_headers() -> bool:
    """Whether extensions can be built for this Python."""
    return compiles("Python.h", f"-I{sysconfig.get_path('include')}")


def has_pypy_headers() -> bool:
    """Whether extensions can be built for PyPy."""
    script = "import sysconfig; print(sysconfig.get_path('include'))"
    try:
        done = subprocess.run(
            ["pypy3", "-c", script], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return compiles("Python.h", f"-I{done.stdout.strip()}")


def program(*names: str) -> Callable[[], bool]:
    """Return whether programs can be started; some are outside of a user's PATH."""
    path = f"{os.environ['PATH']}:/usr/sbin:/usr/lib/wine"
    return lambda: all(shutil.which(name, path=path) for name in names)


BUILDING = [
    Need(
        "a C compiler",
        lambda: compiles("stdlib.h"),
        "build-essential",
    ),
    Need(
        "the headers of Python",
        has_python_headers,
        f"libpython{sys.version_info[0]}.{sys.version_info[1]}-dev",
    ),
    Need(
        "the headers of libzmq",
        has_libzmq,
        "libzmq3-dev",
        "libzmq is downloaded and built",
    ),
]
TESTING = [
    Need(
        "pkg-config",
        program("pkg-config"),
        "pkg-config",
        "some tests are skipped",
    ),
]
if (ROOT / "packages" / "zmq-ssh").exists():
    TESTING.append(
        Need(
            "an OpenSSH server",
            program("sshd", "ssh"),
            "openssh-server openssh-client",
            "the tests of the ssh tunnels are skipped",
        )
    )
BUNDLING = [
    Need("make", program("make"), "make"),
    Need("a C++ compiler", program("c++"), "g++"),
    Need(
        "autoreconf",
        program("autoreconf", "libtoolize"),
        "autoconf automake libtool",
    ),
]
PYPY = [
    Need("PyPy", program("pypy3"), "pypy3"),
    Need("the headers of PyPy", has_pypy_headers, "pypy3-dev"),
]
RUNNING = [
    Need(
        "wine",
        program("wine64"),
        "wine64",
        without="tests/wheels runs nothing for Windows",
    )
]
FREEZING = [Need("objdump", program("objdump"), "binutils")]
MINIMAL = [Need("debootstrap", program("debootstrap"), "debootstrap")]
CHECKING = [Need("valgrind", program("valgrind"), "valgrind")]
NEEDS = {
    "lint": [],
    "bump": [],
    "workflows": [],
    "coverage": [*BUILDING, *TESTING],
    "gcov": [*BUILDING, *TESTING],
    "test": [*BUILDING, *TESTING],
    "bundled": [*BUILDING, *TESTING, *BUNDLING],
    "sanitize": [*BUILDING, *TESTING, *BUNDLING],
    "races": [*BUILDING, *TESTING, *BUNDLING],
    "valgrind": [*BUILDING, *TESTING, *CHECKING],
    "minimal": MINIMAL,
    "frozen": [*BUILDING, *TESTING, *FREEZING],
    "freethreaded": [*BUILDING, *TESTING],
    "minimums": [*BUILDING, *TESTING],
    "python": [*BUILDING, *TESTING],
    "cffi": [*BUILDING, *TESTING],
    "pypy": [*BUILDING, *TESTING, *PYPY],
    "systems": [*BUILDING, *TESTING, *RUNNING],
    "wheels": [need for need in BUNDLING if need.what != "a C++ compiler"],
}


def administrator() -> list[str] | None:
    """Return what goes before a command that needs root; None if it cannot be had."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    return sudo if shutil.which("sudo") and attempt(*sudo, "true") else None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; return whether that was possible."""
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    say(f"installing {' '.join(packages)}")
    if subprocess.run(install, stdout=sys.stderr, check=False).returncode == 0:
        return True
    # On a fresh machine the lists of packages are empty or old.
    subprocess.run([*apt, "update"], stdout=sys.stderr, check=False)
    return subprocess.run(install, stdout=sys.stderr, check=False).returncode == 0


def provide(needs: list[Need]) -> str:
    """Install what is missing; where that fails, return a line that says how to.

    Ends the program when nothing works without it.
    """
    if os.name != "posix":
        return ""
    missing = [
        need
        for need in needs
        if not need.present()
        and not (apt_install(need.debian.split()) and need.present())
    ]
    if not missing:
        return ""
    packages = " ".join(need.debian for need in missing)
    what = ", ".join(
        need.what + (f" (without: {need.without})" if need.without else "")
        for need in missing
    )
    install = f"apt-get install {packages}"
    line = f"missing: {what}. As root, on Debian: {install}"
    say(line)
    if not all(need.without for need in missing):
        raise SystemExit(1)
    return line


# ---- the tools -----------------------------------------------------------------------


def python_of(environment: Path) -> Path:
    """Return the interpreter of an environment."""
    program = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return environment / program


def install_tools() -> bool:
    """Make .bootstrap/ with nox and uv, in whichever way this Python allows."""
    python = python_of(BOOTSTRAP)
    if attempt(sys.executable, "-m", "venv", BOOTSTRAP):
        return attempt(python, "-m", "pip", "install", "-q", *TOOLS)
    # Debian's python3 has venv without ensurepip; its pip can fill the environment from
    # outside, and is allowed to, since that is not the system's Python.
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    if attempt(sys.executable, "-m", "venv", "--without-pip", BOOTSTRAP):
        pip = [sys.executable, "-m", "pip", "--python", python]
        if attempt(*pip, "install", "-q", *TOOLS):
            return True
    # The oldest pip knows no --python: a directory of packages is not an environment,
    # but enough to run nox from.
    shutil.rmtree(BOOTSTRAP, ignore_errors=True)
    pip = [sys.executable, "-m", "pip"]
    return attempt(*pip, "install", "-q", "--target", BOOTSTRAP, *TOOLS)


def nox_command() -> tuple[list[str], dict[str, str]]:
    """Return the command that runs nox, installed if need be, and its environment."""
    python = python_of(BOOTSTRAP)
    marker = BOOTSTRAP / "ready"
    wanted = f"{sys.version} {TOOLS}"
    if not marker.exists() or marker.read_text() != wanted:
        shutil.rmtree(BOOTSTRAP, ignore_errors=True)
        say("installing nox and uv into .bootstrap/")
        if not install_tools():
            say("nox could not be installed; what was tried:\n" + "\n".join(attempts))
            say("install it by hand (pipx install nox), then run: nox -s test")
            raise SystemExit(1)
        marker.write_text(wanted)
    environment = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    if python.exists():
        return [str(python), "-m", "nox"], environment
    # Not PYTHONPATH: that would show the tools to every environment that nox makes.
    start = (
        f"import sys; sys.path.insert(0, {str(BOOTSTRAP)!r}); import nox.__main__ as m"
    )
    return [sys.executable, "-c", f"{start}; m.main()"], environment


# ---- the tasks -----------------------------------------------------------------------


def nox(*arguments: str) -> int:
    """Run nox in the repository."""
    command, environment = nox_command()
    arguments = ("-f", str(ROOT / "noxfile.py"), *arguments)
    return subprocess.run(
        [*command, *arguments], env={**os.environ, **environment}, check=False
    ).returncode


def test(*arguments: str) -> int:
    """Build and install everything, then run the tests; pytest has the last word."""
    status = nox("-s", "test", "--install-only")
    if status != 0:
        return status
    environment = ROOT / ".nox" / "test"
    python = python_of(environment)
    variables = json.loads((environment / "variables.json").read_text())
    return subprocess.run(
        [str(python), "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
    ).returncode


def main(arguments: list[str]) -> int:
    """Run the task named first with the arguments after it."""
    if sys.version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        say(f"Python {oldest} or later is needed, this is {sys.version.split()[0]}")
        return 1
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return nox("--list")
    task, *rest = arguments
    if rest[:1] == ["--"]:  # as nox is given them
        del rest[0]
    missing = provide(NEEDS.get(task, BUILDING))
    if task == "test":
        status = test(*rest)
    else:
        status = nox("-s", task, *(["--", *rest] if rest else []))
    if status != 0 and missing:
        say(missing)  # which may be why; the first time it is far above
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
