"""What native/ has of each operating system, as a program: here, and for Windows.

`python3 run.py wheels` brings zig; wine64 is Debian's package wine64.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.environments import CORE, run

PROGRAM = Path(__file__).with_name("native.c")
INCLUDE = CORE / "src" / "zmq" / "backend"


def wine() -> str | None:
    """Return Debian's wine, which no directory of PATH has."""
    return shutil.which("wine64") or shutil.which("wine64", path="/usr/lib/wine")


@pytest.mark.skipif(sys.platform == "win32", reason="for a compiler named cc")
@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_here(tmp_path: Path) -> None:
    """Without a warning, and it works."""
    program = tmp_path / "native"
    command = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-I", INCLUDE]
    run(*command, PROGRAM, "-o", program)
    assert run(program).stdout == "works\n"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(importlib.util.find_spec("ziglang") is None, reason="no zig")
@pytest.mark.skipif(wine() is None, reason="no wine")
def test_windows(tmp_path: Path) -> None:
    """The same program under wine."""
    program = tmp_path / "native.exe"
    zig = [sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-windows-gnu"]
    run(*zig, "-O2", "-I", INCLUDE, PROGRAM, "-o", program, "-lws2_32")
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
