"""Environments of their own to install into, and wheels to install."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import sysconfig
import textwrap
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {
    path.parent.name: path.parent for path in ROOT.glob("packages/*/pyproject.toml")
}
CORE = ROOT / "packages" / "zmq-core"
# What the core depends on. PyPy has it in its library, where uv does not look.
NEEDED = ["cffi", "pycparser"] if sys.implementation.name == "pypy" else []
# What the building machine or the running session may have set.
BUILD_VARIABLES = ("CMAKE_ARGS", "PKG_CONFIG_PATH", "PYTHONPATH", "VIRTUAL_ENV")


def clean_environment(**variables: str) -> dict[str, str]:
    """Return the environment without options of the build, plus `variables`.

    The programs of the tests' own environment come first: cmake, ninja and cython.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ZMQ_", "PYZMQ_")) and name not in BUILD_VARIABLES
    }
    kept["PATH"] = f"{sysconfig.get_path('scripts')}{os.pathsep}{kept['PATH']}"
    return {**kept, **variables}


def run(
    *command: object, check: bool = True, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command, failing with all it printed unless told otherwise."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean_environment(**variables),
        cwd=cwd,
        check=False,
    )
    if check and done.returncode:
        pytest.fail(f"{command}: {done.returncode}\n{done.stdout}", pytrace=False)
    return done


def uv(*arguments: object, **variables: str) -> str:
    """Run uv, which the tests' environment brings."""
    return run(sys.executable, "-m", "uv", *arguments, **variables).stdout


@dataclass
class Environment:
    """A virtual environment with this interpreter."""

    directory: Path

    @classmethod
    def create(cls, directory: Path, *options: str) -> Environment:
        """Make it empty; `options` are those of `uv venv`."""
        base = getattr(sys, "_base_executable", sys.executable)
        uv("venv", "-q", "--python", base, *options, directory)
        return cls(directory)

    @property
    def executable(self) -> Path:
        """The environment's interpreter."""
        return self.directory / ("Scripts" if os.name == "nt" else "bin") / "python"

    @property
    def site(self) -> Path:
        """The directory that packages are installed into."""
        return Path(
            self.python("import sysconfig; print(sysconfig.get_path('purelib'))")
        )

    def install(self, *arguments: object, **variables: str) -> None:
        """Install with uv; without an index, what the core needs comes from there."""
        if NEEDED and "--no-index" in arguments:
            uv("pip", "install", "-q", "--python", self.executable, *NEEDED)
        uv("pip", "install", "-q", "--python", self.executable, *arguments, **variables)

    def python(self, code: str, **variables: str) -> str:
        """Run code and return what it printed; warnings are errors."""
        return self._run("-c", textwrap.dedent(code), **variables)

    def module(self, name: str, *arguments: str) -> str:
        """Run a module as a program and return what it printed."""
        return self._run("-m", name, *arguments)

    def names(self) -> str:
        """Return what is installed, but for what the core needs on PyPy.

        What PyPy has in its library, and not here, is left out as well.
        """
        printed = self.python(
            """
            from importlib.metadata import distributions
            from sysconfig import get_path
            found = distributions(path=[get_path("purelib")])
            print(*(d.metadata["Name"] for d in found))
            """
        )
        return " ".join(sorted({*printed.split()} - {*NEEDED}))

    def import_error(self, code: str) -> list[str]:
        """Run a line that must raise an ImportError; return that, and :meth:`names`."""
        printed = self.python(
            f"""
            try:
                {code}
            except ImportError as error:
                print(error)
            """
        )
        return [*printed.splitlines(), self.names()]

    def _run(self, *arguments: str, **variables: str) -> str:
        command = [self.executable, "-W", "error", *arguments]
        return run(*command, cwd=self.directory, **variables).stdout.strip()


def installed_wheel(name: str) -> Path:
    """Return the wheel that a distribution of this environment was installed from."""
    text = importlib.metadata.distribution(name).read_text("direct_url.json")
    url = json.loads(text or "{}").get("url", "")
    path = Path(url2pathname(unquote(urlparse(url).path)))
    if path.suffix != ".whl" or not path.exists():
        pytest.fail(
            f"{name} is not installed from a wheel that still exists ({url}): "
            "the tests run in what `python3 run.py test` sets up",
            pytrace=False,
        )
    return path


def installed_names() -> list[str]:
    """Return which of our distributions this environment holds."""
    names = {d.metadata["Name"] for d in importlib.metadata.distributions()}
    return sorted(names & set(PACKAGES))


# A message through real sockets: enough to see that all parts have come together.
ROUND_TRIP = """
    import zmq
    with zmq.Context() as context:
        with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
            port = a.bind_to_random_port("tcp://127.0.0.1")
            b.connect(f"tcp://127.0.0.1:{port}")
            b.send_multipart([b"works", b""])
            print(a.recv_multipart()[0].decode())
"""
