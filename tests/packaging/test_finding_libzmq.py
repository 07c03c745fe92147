"""How the build finds libzmq, and what it says when it cannot."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import CORE, run

Configure = Callable[..., "subprocess.CompletedProcess[str]"]
# Keeps CMake from seeing the header of the system's own libzmq.
NO_SYSTEM = "-DCMAKE_IGNORE_PATH=/usr/include;/usr/local/include"
needs_pkg_config = pytest.mark.skipif(
    shutil.which("pkg-config") is None, reason="needs pkg-config"
)
needs_system_libzmq = pytest.mark.skipif(
    not Path("/usr/include/zmq.h").exists(), reason="needs the system's libzmq"
)
NO_PKGCONFIG = {"PKG_CONFIG_LIBDIR": "/nonexistent"}


@pytest.fixture
def configure(tmp_path: Path) -> Configure:
    """Return a function that configures zmq-core, without building it."""

    def configure(*defines: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run CMake; its output has its lines joined, since CMake wraps them."""
        done = run(
            "cmake",
            "-GNinja",
            "-S",
            CORE,
            "-B",
            tmp_path / "build",
            f"-DPython_EXECUTABLE={sys.executable}",
            *defines,
            check=False,
            **variables,
        )
        done.stdout = " ".join(done.stdout.split())
        return done

    return configure


@pytest.fixture
def make_prefix(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a prefix with a libzmq that claims a version."""

    def make_prefix(version: str) -> Path:
        """Make the header and a library."""
        prefix = tmp_path / f"zmq-{version}"
        (prefix / "include").mkdir(parents=True)
        (prefix / "lib" / "pkgconfig").mkdir(parents=True)
        parts = zip(("MAJOR", "MINOR", "PATCH"), version.split("."))
        header = "".join(f"#define ZMQ_VERSION_{name} {n}\n" for name, n in parts)
        (prefix / "include" / "zmq.h").write_text(header)
        source = prefix / "zmq.c"
        source.write_text("int zmq_errno(void) { return 0; }\n")
        library = prefix / "lib" / "libzmq.so"
        run("cc", "-shared", "-fPIC", "-o", library, source)
        (prefix / "lib" / "pkgconfig" / "libzmq.pc").write_text(
            f"Name: libzmq\nDescription: claims a version\nVersion: {version}\n"
            f"Libs: -L{prefix}/lib -lzmq\nCflags: -I{prefix}/include\n"
        )
        return prefix

    return make_prefix


def test_prefix(configure: Configure, make_prefix: Callable[[str], Path]) -> None:
    """ZMQ_PREFIX is where libzmq is taken from, whatever the system has."""
    done = configure(ZMQ_PREFIX=str(make_prefix("4.1.7")))
    assert done.returncode == 0, done.stdout
    assert "libzmq 4.1.7: shared, found by prefix" in done.stdout


def test_cmake_package(
    configure: Configure, make_prefix: Callable[[str], Path]
) -> None:
    """A CMake package is taken before pkg-config is asked."""
    prefix = make_prefix("4.2.3")
    package = prefix / "lib" / "cmake" / "ZeroMQ"
    package.mkdir(parents=True)
    (package / "ZeroMQConfig.cmake").write_text(
        "add_library(libzmq SHARED IMPORTED)\n"
        "set_target_properties(libzmq PROPERTIES\n"
        f'  IMPORTED_LOCATION "{prefix}/lib/libzmq.so"\n'
        f'  INTERFACE_INCLUDE_DIRECTORIES "{prefix}/include")\n'
    )
    done = configure(f"-DCMAKE_PREFIX_PATH={prefix}")
    assert done.returncode == 0, done.stdout
    assert "libzmq 4.2.3: shared, found by cmake" in done.stdout


@needs_pkg_config
def test_pkgconfig(configure: Configure, make_prefix: Callable[[str], Path]) -> None:
    """PKG_CONFIG_PATH points to another libzmq than the system's."""
    prefix = make_prefix("4.2.5")
    done = configure(PKG_CONFIG_PATH=str(prefix / "lib" / "pkgconfig"))
    assert done.returncode == 0, done.stdout
    assert "libzmq 4.2.5: shared, found by pkgconfig" in done.stdout


@needs_system_libzmq
def test_without_pkgconfig(configure: Configure) -> None:
    """A libzmq where compilers look is found also without pkg-config."""
    done = configure(**NO_PKGCONFIG)
    assert done.returncode == 0, done.stdout
    assert "found by system" in done.stdout


def test_prefix_without_libzmq(configure: Configure, tmp_path: Path) -> None:
    """A wrong prefix is an error that says what is not there: nothing else is tried."""
    done = configure(ZMQ_PREFIX=str(tmp_path))
    assert done.returncode != 0
    assert f"ZMQ_PREFIX={tmp_path} holds no usable libzmq" in done.stdout
    assert f"no zmq.h in {tmp_path}/include" in done.stdout


def test_prefix_with_old_libzmq(
    configure: Configure, make_prefix: Callable[[str], Path]
) -> None:
    """A libzmq before 4.1 is refused, with both versions."""
    done = configure(ZMQ_PREFIX=str(make_prefix("4.0.8")))
    assert done.returncode != 0
    assert "libzmq 4.0.8" in done.stdout
    assert "is too old, 4.1 is needed" in done.stdout


@needs_pkg_config
@needs_system_libzmq
def test_old_libzmq_is_passed_over(
    configure: Configure, make_prefix: Callable[[str], Path]
) -> None:
    """An old libzmq that was only found, not asked for, does not end the search."""
    prefix = make_prefix("4.0.8")
    done = configure(PKG_CONFIG_PATH=str(prefix / "lib" / "pkgconfig"))
    assert done.returncode == 0, done.stdout
    assert "found by system" in done.stdout


def test_no_bundle(configure: Configure) -> None:
    """With PYZMQ_NO_BUNDLE the error lists every way that was tried."""
    done = configure(NO_SYSTEM, PYZMQ_NO_BUNDLE="1", **NO_PKGCONFIG)
    assert done.returncode != 0
    assert "PYZMQ_NO_BUNDLE forbids" in done.stdout
    assert "cmake: no package ZeroMQ" in done.stdout
    assert "pkgconfig: no module libzmq" in done.stdout
    assert "system: no zmq.h" in done.stdout
    assert "libzmq3-dev" in done.stdout


def test_no_bundle_against_bundled(configure: Configure) -> None:
    """To ask for the bundled build and to forbid it is a contradiction."""
    done = configure(ZMQ_PREFIX="bundled", PYZMQ_NO_BUNDLE="1")
    assert done.returncode != 0
    assert "contradict each other" in done.stdout


def test_missing_archive(configure: Configure, tmp_path: Path) -> None:
    """A path that is not there is named before anything is built."""
    url = str(tmp_path / "libsodium.tar.gz")
    done = configure(ZMQ_PREFIX="bundled", PYZMQ_LIBSODIUM_URL=url)
    assert done.returncode != 0
    assert f"bundled libsodium does not exist: {url}" in done.stdout


def test_wrong_checksum(configure: Configure, tmp_path: Path) -> None:
    """An archive with another checksum than asked for is refused."""
    archive = tmp_path / "libsodium.tar.gz"
    archive.write_bytes(b"not what you think")
    done = configure(
        ZMQ_PREFIX="bundled",
        PYZMQ_LIBSODIUM_URL=str(archive),
        PYZMQ_LIBSODIUM_SHA256="0" * 64,
    )
    assert done.returncode != 0
    assert "does not match expected value" in done.stdout


@needs_system_libzmq
def test_draft_without_drafts(configure: Configure) -> None:
    """An installed libzmq without drafts is named when drafts are asked for."""
    done = configure(ZMQ_DRAFT_API="1")
    assert done.returncode != 0
    assert "was built without the draft API" in done.stdout
