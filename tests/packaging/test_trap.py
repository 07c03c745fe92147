"""The module zmq.py, which speaks when pip has deleted zmq/__init__.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.packaging.environments import CORE, Environment

IMPORT = """
    try:
        import zmq
    except ImportError as error:
        print(error.name, error, sep="|")
    else:
        print(zmq.__file__)
"""


def add_distribution(site: Path, name: str, version: str, *files: str) -> None:
    """Make the metadata of a distribution with files that need not exist."""
    directory = site / f"{name.replace('-', '_')}-{version}.dist-info"
    directory.mkdir()
    fields = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (directory / "METADATA").write_text(fields)
    (directory / "RECORD").write_text("".join(f"{file},,\n" for file in files))


@pytest.fixture
def site(environment: Environment) -> Path:
    """Return a site directory that holds zmq.py."""
    site = environment.site
    shutil.copy(CORE / "src" / "zmq.py", site)
    return site


def test_sleeps_beside_the_package(environment: Environment, site: Path) -> None:
    """As long as zmq/__init__.py exists, it is what gets imported."""
    (site / "zmq").mkdir()
    (site / "zmq" / "__init__.py").touch()
    assert environment.python(IMPORT) == str(site / "zmq" / "__init__.py")


def test_wins_over_a_namespace(environment: Environment, site: Path) -> None:
    """Without it, the error names all distributions that have files in zmq/."""
    (site / "zmq").mkdir()
    (site / "zmq" / "leftover.py").touch()
    add_distribution(site, "zmq-core", "28.0.0", "zmq/__init__.py", "zmq.py")
    add_distribution(site, "zmq-log", "1.2.3", "zmq/log/__init__.py")
    add_distribution(site, "pyzmq", "28.0.0")
    add_distribution(site, "unrelated", "1.0", "unrelated.py")
    name, _, message = environment.python(IMPORT).partition("|")
    assert name == "zmq"
    assert "pip" in message
    line = (
        "python -m pip install --force-reinstall --no-deps "
        "zmq-core==28.0.0 zmq-log==1.2.3"
    )
    assert line in message.splitlines()[2].strip()


def test_submodules_tell_the_same(environment: Environment, site: Path) -> None:
    """`import zmq.log` does not slip past it."""
    (site / "zmq" / "log").mkdir(parents=True)
    add_distribution(site, "zmq-core", "28.0.0", "zmq/__init__.py")
    printed = environment.python(IMPORT.replace("import zmq\n", "import zmq.log\n"))
    assert "zmq-core==28.0.0" in printed


def test_metadata_without_name(environment: Environment, site: Path) -> None:
    """What a broken uninstallation has left does not hide the message."""
    (site / "broken-1.0.dist-info").mkdir()
    add_distribution(site, "zmq-core", "28.0.0", "zmq/__init__.py")
    assert "zmq-core==28.0.0" in environment.python(IMPORT)
