"""Code that runs in the middle of an operation may do anything to its socket."""

from __future__ import annotations

import os
import sys

import pytest

from tests.torture.scale import run_program, scaled


def test_reentrant_use() -> None:
    assert run_program("reentrant").stdout == "alive\n"


on_pypy = sys.implementation.name == "pypy"


@pytest.mark.skipif(on_pypy, reason="nothing dies before it is collected")
@pytest.mark.timeout(600)
def test_what_dies_in_the_middle() -> None:
    done = run_program("dying", scaled(1, 20))
    assert done.stdout.endswith("done\n")


@pytest.mark.skipif(on_pypy, reason="which events there are is CPython's matter")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each case is a child")
@pytest.mark.timeout(600)
def test_audit_hooks() -> None:
    assert run_program("audited", scaled(1, 20)).stdout == "done\n"
