"""Find free-threaded CPythons, or build them from Debian's sources.

``python3 tools/interpreters.py 3.13`` prints the path of a free-threaded 3.13;
``--sanitize thread`` of one that was built with ThreadSanitizer. What is built is kept
outside of the repository, in ``$ZMQ_INTERPRETERS`` or the user's cache directory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
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


def is_free_threaded(python: Path, version: str) -> bool:
    """Whether a program is a free-threaded CPython of a version such as 3.13."""
    done = subprocess.run(
        [str(python), "-c", ASK], capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and done.stdout.split() == ["1", *version.split(".")]


def find(version: str) -> Path | None:
    """Return a free-threaded CPython of this machine, or None."""
    places = [Path(directory) for directory in os.environ["PATH"].split(os.pathsep)]
    places += sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*t/bin"))
    places += [Path(f"/opt/python-{version}t/bin")]
    places += [cache() / f"{version}t" / "bin"]
    for place in places:
        python = place / f"python{version}t"
        if python.exists() and is_free_threaded(python, version):
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
    if debian.archive(package, sources) is None:
        debian.download([package], sources, SUITES[version])
    archive = debian.archive(package, sources)
    assert archive is not None
    configure = ["--disable-gil", f"--prefix={prefix}", "--with-ensurepip=install"]
    if sanitizer:
        configure += [f"--with-{sanitizer}-sanitizer", "--with-pydebug"]
    with tempfile.TemporaryDirectory() as directory:
        with tarfile.open(archive) as tar:
            tar.extractall(directory)
        (root,) = Path(directory).iterdir()
        jobs = f"-j{os.cpu_count() or 1}"
        run_in(root, "./configure", "-q", *configure)
        run_in(root, "make", "-s", jobs)
        run_in(root, "make", "-s", "install")
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
        if (prefix / "complete").exists():
            (python,) = (prefix / "bin").glob(f"python{version}t*[!g]")
            return python
    return build(version, sanitizer)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", nargs="?", default="3.13", choices=sorted(SUITES))
    parser.add_argument("--sanitize", choices=["thread", "address"])
    parser.add_argument("--find", action="store_true", help="build nothing")
    arguments = parser.parse_args()
    if arguments.find:
        print(find(arguments.version) or "")
    else:
        print(provide(arguments.version, arguments.sanitize))
