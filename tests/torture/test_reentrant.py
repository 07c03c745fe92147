"""Code that runs in the middle of an operation may do anything to its socket."""

from __future__ import annotations

from tests.torture.scale import run_program


def test_reentrant_use() -> None:
    assert run_program("reentrant").stdout == "alive\n"
