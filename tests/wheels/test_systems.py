"""What is compiled, for systems that cannot be run here; native/ also as a program.

`python3 run.py systems` brings zig; wine64 is Debian's package wine64.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.wheels import foreign

import zmq
from tests.packaging.environments import CORE, ROOT, run

SOURCES = CORE / "src"
INCLUDE = SOURCES / "zmq" / "backend"
HEADERS = [f"-I{directory}" for directory in (INCLUDE, *zmq.get_includes())]
# The rest of native/ calls libzmq.
PROGRAM = [Path(__file__).with_name("native.c")]
PROGRAM += [INCLUDE / "native" / "fork.c", INCLUDE / "native" / "waiter.c"]
STORE = ROOT / "build" / "debian-sources" / foreign.SUITE


def wine() -> str | None:
    """Return Debian's wine, which no directory of PATH has."""
    return shutil.which("wine64") or shutil.which("wine64", path="/usr/lib/wine")


def is_debian() -> bool:
    """Whether apt knows Debian's archives: those of Ubuntu have other releases."""
    release = Path("/etc/os-release")
    return release.exists() and "\nID=debian\n" in f"\n{release.read_text()}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="for a compiler named cc")
@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_here(tmp_path: Path) -> None:
    """Without a warning, and it works."""
    program = tmp_path / "native"
    command = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread"]
    run(*command, *HEADERS, *PROGRAM, "-o", program)
    assert run(program).stdout == "works\n"


needs_zig = pytest.mark.skipif(
    importlib.util.find_spec("ziglang") is None,
    reason="zig is brought by `python3 run.py systems`",
)


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All of the C in zmq-core: what Cython makes, and what is written by hand."""
    made = tmp_path_factory.mktemp("cython") / "_core.c"
    command = [sys.executable, "-m", "cython", "-3", "--module-name"]
    command += ["zmq.backend.cython._core", "--output-file", str(made)]
    run(*command, "zmq/backend/cython/_core.pyx", cwd=SOURCES)
    return [made, *INCLUDE.glob("native/*.c"), *INCLUDE.glob("cffi/*.c")]


@pytest.mark.slow
@pytest.mark.timeout(900)
@needs_zig
@pytest.mark.skipif(not is_debian(), reason="CPython's come from Debian's archives")
@pytest.mark.parametrize("threads", ["gil", "free-threaded"])
@pytest.mark.parametrize("target", ["x86_64-windows-gnu", "aarch64-macos"])
def test_extension(
    tmp_path: Path, extension: list[Path], target: str, threads: str
) -> None:
    """It compiles with the headers of the system and of its Python."""
    system = target.split("-")[1]
    headers = foreign.headers(system, STORE, tmp_path / "include")
    zig = [sys.executable, "-m", "ziglang", "cc", "-target", target, "-c", "-O0"]
    options = ["-Werror=incompatible-pointer-types", "-Werror=int-conversion"]
    options += ["-DZMQ_STATIC", "-DPYZMQ_DRAFT_API=0", "-isystem", headers]
    options += ["-I", INCLUDE / "cython", *HEADERS]
    if threads == "free-threaded":
        options.append("-DPy_GIL_DISABLED=1")
    for source in extension:
        made = tmp_path / f"{source.stem}.o"
        run(*zig, *options, source, "-o", made)
        assert made.stat().st_size > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
@needs_zig
@pytest.mark.skipif(wine() is None, reason="no wine")
def test_windows(tmp_path: Path) -> None:
    """The same program under wine."""
    program = tmp_path / "native.exe"
    zig = [sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-windows-gnu"]
    run(*zig, "-O2", "-DZMQ_STATIC", *HEADERS, *PROGRAM, "-o", program, "-lws2_32")
    done = subprocess.run(
        [str(wine()), str(program)],
        env={"WINEPREFIX": str(tmp_path / "wine"), "WINEDEBUG": "-all"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "works" in done.stdout.split()
