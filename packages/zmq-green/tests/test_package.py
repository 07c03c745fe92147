"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

from tests.packaging.environments import Environment


def test_what_it_needs(distribution: importlib.metadata.Distribution) -> None:
    assert distribution.requires == [
        "zmq-core<29,>=28",
        "gevent>=23.9; extra == 'gevent'",
    ]


def test_without_gevent_it_says_what_to_type(alone: Environment) -> None:
    assert alone.import_error("import zmq.green") == [
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
