"""Find CPythons; build free-threaded ones from Debian's sources.

``python3 tools/interpreters.py 3.13`` prints the path of a free-threaded 3.13;
``--sanitize thread`` of one that was built with ThreadSanitizer. What is built is kept
outside of the repository, in ``$ZMQ_INTERPRETERS`` or the user's cache directory. An
archive such as ``python3.14_3.14.4.orig.tar.xz`` in its directory ``sources`` is taken
in place of Debian's.
``--gil 3.9`` prints the path of a 3.9 that has a GIL, or, where there is none, 3.9.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import debian

# The release of Debian that has the sources of each version.
SUITES = {"3.13": "trixie", "3.14": "sid", "3.15": "sid"}
BUILD_NEEDS = (
    "build-essential dpkg-dev libbz2-dev libexpat1-dev libffi-dev liblzma-dev"
    " libncurses-dev libsqlite3-dev libssl-dev uuid-dev zlib1g-dev"
)
ASK = (
    "import sys, sysconfig;"
    "print(sysconfig.get_config_var('Py_GIL_DISABLED') or 0, *sys.version_info[:2])"
)


def cache() -> Path:
    """Return the directory that built interpreters are kept in."""
    named = os.environ.get("ZMQ_INTERPRETERS")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "zmq-interpreters"


def is_wanted(python: Path, version: str, free: bool) -> bool:
    """Whether a program is CPython of a version such as 3.13, free-threaded or not."""
    done = subprocess.run(
        [str(python), "-c", ASK], capture_output=True, text=True, check=False
    )
    wanted = [str(int(free)), *version.split(".")]
    return done.returncode == 0 and done.stdout.split() == wanted


def find(version: str, free: bool = True) -> Path | None:
    """Return a CPython of this machine, a free-threaded one or not; or None."""
    name = f"{version}t" if free else version
    places = [Path(directory) for directory in os.environ["PATH"].split(os.pathsep)]
    places += sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*/bin"))
    places.append(Path(f"/opt/python-{name}/bin"))
    if (cache() / name / "complete").exists():  # or it is being installed, or was
        places.append(cache() / name / "bin")
    for place in places:
        python = place / f"python{name}"
        if python.exists() and is_wanted(python, version, free):
            return python
    return None


def provide_build_tools() -> None:
    """Install what CPython is built with, where this is Debian and the user is root."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            [*apt, "install", "--no-install-recommends", *BUILD_NEEDS.split()],
            env=environment,
            stdout=sys.stderr,
            check=False,
        )


def run_in(directory: Path, *command: str) -> None:
    """Run a command of the build; races of the interpreter itself are not ours."""
    environment = {**os.environ, "TSAN_OPTIONS": "report_bugs=0"}
    subprocess.run(
        command, cwd=directory, env=environment, stdout=subprocess.DEVNULL, check=True
    )


def build(version: str, sanitizer: str | None) -> Path:
    """Build a free-threaded CPython; minutes on two cores."""
    provide_build_tools()
    name = f"{version}t" + (f"-{sanitizer}" if sanitizer else "")
    prefix = cache() / name
    sources = cache() / "sources"
    package = f"python{version}"
    configure = ["--disable-gil", f"--prefix={prefix}", "--with-ensurepip=install"]
    if sanitizer:
        # Not with its assertions: one of 3.13 fails where two threads intern a string
        # at once, as they do when they are the first to raise an error.
        configure += [f"--with-{sanitizer}-sanitizer", "CFLAGS=-O1"]
    with tempfile.TemporaryDirectory() as directory:
        root = debian.unpacked(package, sources, Path(directory), SUITES[version])
        jobs = f"-j{os.cpu_count() or 1}"
        run_in(root, "./configure", "-q", *configure)
        run_in(root, "make", "-s", jobs)
        # What it imports is compiled then: to compile all of its library takes minutes.
        run_in(root, "make", "-s", "install", "COMPILEALL_OPTS=-x .")
    (prefix / "complete").touch()
    return prefix / "bin" / f"python{version}t"


def provide(version: str, sanitizer: str | None = None) -> Path:
    """Return a free-threaded CPython, found or built."""
    if sanitizer is None:
        found = find(version)
        if found is not None:
            return found
    else:
        prefix = cache() / f"{version}t-{sanitizer}"
        python = prefix / "bin" / f"python{version}t"
        if (prefix / "complete").exists() and python.exists():
            return python
    return build(version, sanitizer)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", nargs="?", default="3.13")
    parser.add_argument("--sanitize", choices=["thread", "address"])
    parser.add_argument("--find", action="store_true", help="build nothing")
    parser.add_argument("--gil", action="store_true", help="one with a GIL")
    arguments = parser.parse_args()
    if arguments.gil:
        print(find(arguments.version, free=False) or arguments.version)
    elif arguments.find:
        print(find(arguments.version) or "")
    elif arguments.version not in SUITES:
        parser.error(f"only these are built: {', '.join(sorted(SUITES))}")
    else:
        print(provide(arguments.version, arguments.sanitize))
