"""A whole program for a while; five minutes where ZMQ_TORTURE is 50."""

from __future__ import annotations

import sys

import pytest

from tests.torture.scale import run_program, scaled


@pytest.mark.measures
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(3600)
def test_nothing_grows() -> None:
    done = run_program("soak", scaled(3, 300), timeout=60)
    assert "grown by" in done.stdout
