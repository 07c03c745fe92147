"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.packaging.environments import Environment

import zmq.trio

FRAMEWORKS = ("trio", "anyio")


def test_what_it_needs(distribution: importlib.metadata.Distribution) -> None:
    assert distribution.requires == [
        "zmq-asyncio<2,>=1",
        "zmq-core<29,>=28",
        "anyio>=4; extra == 'anyio'",
        "trio>=0.23; extra == 'trio'",
    ]


def test_names() -> None:
    for name in zmq.trio.__all__:
        assert getattr(zmq.trio, name).__module__ == "zmq.trio"


def test_without_a_framework_it_says_what_to_type(alone: Environment) -> None:
    assert alone.import_error("import zmq.trio") == [
        'zmq.trio needs trio, or AnyIO: pip install "zmq-trio[trio]"',
        "zmq-asyncio zmq-core zmq-trio",
    ]


def test_it_works_alone(alone: Environment) -> None:
    """trio is that of the tests' environment: the index may be out of reach."""
    there = importlib.metadata.distribution("trio").locate_file("")
    printed = alone.python(
        f"""
        import sys
        sys.path.append({str(there)!r})
        import trio
        import zmq
        import zmq.trio

        async def main():
            async with zmq.trio.Context() as context:
                a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
                a.bind("inproc://alone")
                b.connect("inproc://alone")
                await a.send(b"works")
                print((await b.recv()).decode(), sys.modules["zmq.trio"].__file__)

        trio.run(main)
        """
    )
    result, _, path = printed.partition(" ")
    assert result == "works"
    assert Path(path).is_relative_to(alone.directory)


def modules_after(code: str) -> set[Any]:
    """Return the modules that a program has loaded at its end."""
    code = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True
    )
    return set(done.stdout.split())


def test_only_the_loop_that_runs_is_loaded() -> None:
    assert not modules_after("import zmq.trio") & {*FRAMEWORKS, "asyncio"}
    loaded = modules_after(
        """
import asyncio, zmq.trio
async def main():
    async with zmq.trio.Context() as context, context.socket(0) as sock:
        await sock.poll(1)
asyncio.run(main())
"""
    )
    assert "zmq.trio._on_asyncio" in loaded
    assert not loaded & {*FRAMEWORKS, "zmq.trio._on_trio"}
