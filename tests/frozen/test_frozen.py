"""Programs frozen by PyInstaller and Nuitka run without Python and without warnings.

`python3 run.py frozen` brings both.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import run

PROGRAMS = Path(__file__).with_name("programs")
HELLO = [
    r"asyncio",
    r"green",
    r".* a tcp address needs a port: .*",
    r".*'zmq\.log'.* zmq-log.* not in this program.* --hidden-import zmq\.log .*",
    r"00000",
    r"(str|NoneType)",
]
# What the tools say about others, and where they leave what they say.
NOT_OURS = ("INFO: Warnings written to", '"pycparser.', "not using ccache")
SIBLINGS = ["auth", "devices", "INFO .* log", "tornado", "paramiko"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def output(program: Path, directory: Path) -> list[str]:
    """Run a frozen program, without the environment, and return its lines."""
    done = subprocess.run(
        [str(program)],
        cwd=directory,
        env={"LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def assert_no_warning(log: str) -> None:
    """Nothing in what a tool printed is a warning, but for what is not about us."""
    lines = [
        line for line in log.splitlines() if re.search("warning|error", line, re.I)
    ]
    assert [w for w in lines if not any(part in w for part in NOT_OURS)] == []


def assert_lines(lines: list[str], expected: list[str]) -> None:
    """Each line is what an expression of its own describes."""
    assert len(lines) == len(expected), lines
    for line, pattern in zip(lines, expected):
        assert re.fullmatch(pattern, line), (line, pattern)


@pytest.fixture
def pyinstaller(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that freezes a program with PyInstaller."""
    if importlib.util.find_spec("PyInstaller") is None:
        pytest.skip("no PyInstaller")

    def freeze(name: str, *options: str) -> Path:
        command = [sys.executable, "-m", "PyInstaller", "-y", *options]
        done = run(*command, PROGRAMS / f"{name}.py", cwd=tmp_path)
        assert_no_warning(done.stdout)
        # Ours, from the wheel, and not the one that came before it.
        hook = re.search(r"hook 'hook-zmq\.py' from '(.*)'", done.stdout)
        assert hook, done.stdout
        assert Path(hook[1]).parts[-2:] == ("zmq", "_pyinstaller")
        return tmp_path / "dist" / name

    return freeze


def test_pyinstaller(pyinstaller: Callable[..., Path], tmp_path: Path) -> None:
    """A directory: nothing of the copies for an upgrade is in it."""
    directory = pyinstaller("hello")
    assert_lines(output(directory / "hello", tmp_path), HELLO)
    assert not list(directory.rglob("_spare"))


def test_pyinstaller_one_file(pyinstaller: Callable[..., Path], tmp_path: Path) -> None:
    """One file, with a little of each distribution."""
    assert_lines(output(pyinstaller("siblings", "--onefile"), tmp_path), SIBLINGS)


def test_nuitka(tmp_path: Path) -> None:
    """Compiled to C: the optimizer is left out, as it takes longest."""
    if importlib.util.find_spec("nuitka") is None:
        pytest.skip("no Nuitka")
    command = [sys.executable, "-m", "nuitka", "--standalone", "--lto=no"]
    command += ["--assume-yes-for-downloads", "--output-filename=hello"]
    done = run(*command, PROGRAMS / "hello.py", cwd=tmp_path, CFLAGS="-O0")
    assert_no_warning(done.stdout)
    assert_lines(output(tmp_path / "hello.dist" / "hello", tmp_path), HELLO)
