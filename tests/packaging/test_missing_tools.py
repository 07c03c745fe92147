"""A build without what it needs says what to install, by the name Debian has for it."""

from __future__ import annotations

import io
import os
import sys
import sysconfig
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import CORE, Environment, run

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="what is hidden is found by PATH"
)
COMPILERS = ("cc", "gcc", "clang", "c++", "g++", "clang++", "cl", "icx", "icpx")
# CMake looks for programs also where systems have them, whatever is in PATH.
SYSTEM = "/usr/bin;/bin;/usr/local/bin"
NO_PROGRAMS = f"-DCMAKE_IGNORE_PATH={SYSTEM}"
NO_LIBRARIES = f"{NO_PROGRAMS};/usr/include;/usr/local/include"


@pytest.fixture
def without(tmp_path: Path) -> Callable[..., str]:
    """Return a function that makes a PATH which lacks some programs."""

    def without(*hidden: str) -> str:
        """Link all other programs into one directory, and return it."""
        directory = tmp_path / "bin"
        directory.mkdir()
        scripts = sysconfig.get_path("scripts")
        for entry in [scripts, *os.environ["PATH"].split(os.pathsep)]:
            for program in Path(entry).iterdir() if Path(entry).is_dir() else ():
                link = directory / program.name
                if program.name not in hidden and not link.is_symlink():
                    link.symlink_to(program)
        return str(directory)

    return without


@pytest.fixture
def failure(tmp_path: Path) -> Callable[..., str]:
    """Return a function that configures zmq-core, and what that says when it fails."""

    def failure(path: str, *defines: str, generator: str = "Ninja", **env: str) -> str:
        """Run CMake in a PATH; its output has its lines joined: CMake wraps them."""
        command = [Path(path, "cmake"), f"-G{generator}", "-S", CORE]
        command += ["-B", tmp_path / "build", f"-DPython_EXECUTABLE={sys.executable}"]
        command += [NO_PROGRAMS]
        # Of what is named in the environment nothing is hidden.
        env = {"CC": "", "CXX": "", **env}
        script = 'PATH="$1"; shift; exec "$@"'
        done = run(
            "sh", "-c", script, "sh", path, *command, *defines, check=False, **env
        )
        assert done.returncode != 0
        return " ".join(done.stdout.split())

    return failure


def archive_without_configure(path: Path) -> Path:
    """Make an archive as a repository holds it, in which ./configure is to be made."""
    with tarfile.open(path, "w:gz") as archive:
        for name in ("configure.ac", "LICENSE"):
            info = tarfile.TarInfo(f"libsodium/{name}")
            archive.addfile(info, io.BytesIO())
    return path


def assert_names(text: str, parts: Iterable[str]) -> None:
    """A message has each part."""
    for part in parts:
        assert part in text, text


def test_no_c_compiler(
    without: Callable[..., str], failure: Callable[..., str]
) -> None:
    text = failure(without(*COMPILERS))
    parts = ["A C compiler", "apt-get install build-essential", "variable CC names"]
    assert_names(text, parts)


def test_no_cxx_compiler(
    without: Callable[..., str], failure: Callable[..., str]
) -> None:
    path = without("c++", "g++", "clang++", "CC", "icpx")
    text = failure(path, "-DZMQ_PREFIX=bundled")
    assert_names(text, ["a C++ compiler", "apt-get install g++", "libzmq3-dev"])


def test_no_ninja(without: Callable[..., str], failure: Callable[..., str]) -> None:
    text = failure(without("ninja", "ninja-build", "samu"))
    assert_names(text, ["Ninja is needed", "apt-get install ninja-build"])


def test_no_make(without: Callable[..., str], failure: Callable[..., str]) -> None:
    text = failure(without("make", "gmake", "smake"), generator="Unix Makefiles")
    assert_names(text, ["make is needed", "apt-get install make"])


def test_no_python_headers(
    without: Callable[..., str], failure: Callable[..., str]
) -> None:
    hidden = f"{SYSTEM};{sysconfig.get_path('include')}"
    text = failure(without(), f"-DCMAKE_IGNORE_PATH={hidden}")
    parts = [f"headers of {sys.executable} are", "python3-dev", "Python_INCLUDE_DIR"]
    assert_names(text, parts)


@pytest.mark.parametrize("missing", ["autoreconf", "libtoolize"])
def test_no_autotools(
    without: Callable[..., str],
    failure: Callable[..., str],
    tmp_path: Path,
    missing: str,
) -> None:
    """An archive of libsodium that has to be prepared first."""
    archive = archive_without_configure(tmp_path / "libsodium.tar.gz")
    sources = [f"-DPYZMQ_LIBSODIUM_URL={archive}", f"-DPYZMQ_LIBZMQ_URL={archive}"]
    text = failure(without(missing, "glibtoolize"), "-DZMQ_PREFIX=bundled", *sources)
    parts = ["apt-get install autoconf automake libtool", "PYZMQ_LIBSODIUM_URL"]
    assert_names(text, parts)


def test_no_header_and_no_network(
    without: Callable[..., str], failure: Callable[..., str]
) -> None:
    """libzmq would be downloaded: it says from where, and how to do without."""
    address = "http://127.0.0.1:9/libsodium.tar.gz"  # the port of a service nobody runs
    text = failure(
        without(),
        NO_LIBRARIES,
        f"-DPYZMQ_LIBSODIUM_URL={address}",
        PKG_CONFIG_LIBDIR="/nonexistent",
    )
    parts = ["cannot be downloaded", address, "apt-get install libzmq3-dev"]
    assert_names(text, [*parts, "PYZMQ_LIBZMQ_URL and PYZMQ_LIBSODIUM_URL take paths"])


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_cmake(
    without: Callable[..., str], environment: Environment, tmp_path: Path
) -> None:
    """Without build isolation nobody brings it."""
    environment.install("scikit-build-core>=1.0.1", "cython>=3.1", "build")
    path = without("cmake", "cmake3")
    command = [environment.executable, "-m", "build", "--wheel", "--no-isolation"]
    script = 'PATH="$1"; shift; exec "$@"'
    output = ["-o", tmp_path / "out", CORE]
    # It also looks whether the cmake of Python's packages is there, which it asks for.
    skip = "--skip-dependency-check"
    done = run("sh", "-c", script, "sh", path, *command, skip, *output, check=False)
    assert done.returncode != 0
    assert_names(done.stdout, ["Could not find CMake", "apt-get install cmake"])
