"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from tests.packaging.environments import Environment, installed_wheel

NAME = "zmq-green"


@pytest.fixture
def installed() -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(NAME)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{NAME} is not installed")


@pytest.fixture
def alone(installed: importlib.metadata.Distribution, tmp_path: Path) -> Environment:
    """An environment with its wheel and that of zmq-core."""
    environment = Environment.create(tmp_path / "env")
    links = f"--find-links={installed_wheel('zmq-core').parent}"
    environment.install("--no-index", links, installed_wheel(NAME))
    return environment


def test_it_ships_its_own_directory_only(
    installed: importlib.metadata.Distribution,
) -> None:
    files = {path.as_posix() for path in installed.files or ()}
    code = {path for path in files if ".dist-info/" not in path}
    assert "zmq/green/py.typed" in code
    assert not [path for path in code if not path.startswith("zmq/green/")]
    assert installed.requires == [
        "zmq-core<29,>=28",
        "gevent>=23.9; extra == 'gevent'",
    ]


def test_without_gevent_it_says_what_to_type(alone: Environment) -> None:
    printed = alone.python(
        """
        import importlib.metadata
        try:
            import zmq.green
        except ImportError as error:
            print(error)
        names = (d.metadata["Name"] for d in importlib.metadata.distributions())
        print(*sorted(names))
        """
    )
    assert printed.splitlines() == [
        'zmq.green needs gevent: pip install "zmq-green[gevent]"',
        "zmq-core zmq-green",
    ]


def test_it_works_alone(alone: Environment) -> None:
    """gevent is that of the tests' environment: the index may be out of reach."""
    there = importlib.metadata.distribution("gevent").locate_file("")
    printed = alone.python(
        f"""
        import sys
        sys.path.append({str(there)!r})
        import zmq.green as zmq
        with zmq.Context() as context:
            with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
                a.bind("inproc://alone")
                b.connect("inproc://alone")
                a.send(b"works")
                print(b.recv().decode(), sys.modules["zmq.green"].__file__)
        """
    )
    result, _, path = printed.partition(" ")
    assert result == "works"
    assert Path(path).is_relative_to(alone.directory)
