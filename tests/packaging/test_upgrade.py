"""Upgrading an environment that holds the pyzmq from before it was divided."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.packaging.environments import ROUND_TRIP, Environment, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

OLD = "pyzmq>=27,<28"
# Every file that the installed distributions recorded must be there.
COMPLETE = """
    from importlib.metadata import distributions
    lost = []
    for distribution in distributions():
        if distribution.metadata["Name"].startswith(("zmq-", "pyzmq")):
            for line in distribution.read_text("RECORD").splitlines():
                path = line.split(",")[0]
                if not distribution.locate_file(path).exists():
                    lost.append(path)
    lost = [path for path in lost if not path.endswith(".pyc")]
    print("complete" if not lost else lost)
"""
IMPORT = """
    try:
        import zmq
    except ImportError as error:
        print(error)
    else:
        print("imported", zmq.pyzmq_version())
"""


def assert_works(environment: Environment) -> None:
    """The new version is there, whole, and moves messages."""
    assert environment.python(COMPLETE) == "complete"
    assert environment.python(ROUND_TRIP) == "works"
    version = environment.python("import zmq; print(zmq.pyzmq_version())")
    assert version.startswith("28.")
    assert re.search(r"Problems +none", environment.module("zmq"))


def test_with_uv(environment: Environment, wheel_links: list[str]) -> None:
    """Uv removes the old files before it installs the new: everything works."""
    environment.install(OLD)
    environment.install(*wheel_links, "--upgrade", "pyzmq")
    assert_works(environment)


def test_with_pip(tmp_path: Path, wheel_links: list[str]) -> None:
    """With pip the import works, or names the line after which everything works."""
    environment = Environment.create(tmp_path / "pip", "--seed")
    pip = [environment.executable, "-m", "pip", "-q"]
    environment.install(OLD)
    run(*pip, "install", *wheel_links, "--upgrade", "pyzmq")
    printed = environment.python(IMPORT)
    if not printed.startswith("imported"):
        line = re.search(r"^ *python -m pip (install .*)$", printed, re.MULTILINE)
        assert line, printed
        run(*pip, *line[1].split(), *wheel_links)
    assert_works(environment)


def test_core_over_the_old(tmp_path: Path, wheel_links: list[str]) -> None:
    """Core alone installed over the old pyzmq is reported, and can be mended."""
    environment = Environment.create(tmp_path / "pip", "--seed")
    pip = [environment.executable, "-m", "pip", "-q"]
    environment.install(OLD)
    run(*pip, "install", *wheel_links, "zmq-core")
    run(*pip, "uninstall", "-y", "pyzmq")
    printed = environment.python(IMPORT)
    line = re.search(r"^ *python -m pip (install .*)$", printed, re.MULTILINE)
    assert line, printed
    run(*pip, *line[1].split(), *wheel_links)
    assert_works(environment)
