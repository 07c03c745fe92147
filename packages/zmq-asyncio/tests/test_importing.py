"""What ``import zmq.asyncio`` loads, and what only its use does."""

from __future__ import annotations

import subprocess
import sys

import pytest

import zmq.asyncio


def modules_after(code: str) -> set[str]:
    """Return the modules that a program of ours has loaded beyond zmq and asyncio."""
    code = f"""
import sys, zmq, asyncio
before = set(sys.modules)
{code}
print(*set(sys.modules) - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True
    )
    return set(done.stdout.split())


def test_only_what_makes_a_socket() -> None:
    pure = {"zmq._engine._running"} if sys.implementation.name == "pypy" else set()
    assert modules_after("import zmq.asyncio") - pure == {
        "zmq.asyncio",
        "zmq._engine",
        "zmq._engine._answer",
        "zmq._engine._closing",
        "zmq._engine._eager",
        "zmq._engine._flags",
        "zmq._engine._monitoring",
        "zmq._engine._postponing",
        "zmq._engine._readiness",
        "zmq._engine._serializing",
        "zmq._engine._socket",
        "zmq.sugar.readiness.awaited",
        "zmq.sugar.timeouts",
        "zmq.sugar.filling",
        "zmq.sugar.waiting",
        "zmq.sugar.waiting.receipt",
    }


def test_the_rest_comes_when_it_is_used() -> None:
    loaded = modules_after("import zmq.asyncio; zmq.asyncio.Poller")
    assert "zmq._engine._poller" in loaded
    assert "zmq._engine._events" not in loaded


def test_names_that_come_later() -> None:
    assert set(zmq.asyncio.__all__) <= set(dir(zmq.asyncio))
    for name in zmq.asyncio.__all__:
        assert getattr(zmq.asyncio, name).__module__ == "zmq.asyncio"
    with pytest.raises(AttributeError, match=r"module 'zmq\.asyncio' .* 'missing'"):
        zmq.asyncio.missing  # noqa: B018
