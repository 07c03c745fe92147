"""Descriptors, memory and objects stay as many as they were."""

from __future__ import annotations

import sys

import pytest

from tests.torture.scale import run_program, scaled

ROUNDS = {
    "sockets": (1000, 100_000),
    "forgotten_sockets": (1000, 100_000),
    "bound_sockets": (400, 20_000),
    "waiting_sockets": (400, 20_000),
    "contexts": (300, 20_000),
    "forgotten_contexts": (300, 20_000),
    "monitors": (400, 20_000),
    "pollers": (2000, 100_000),
    "frames": (1000, 100_000),
    "messages": (1000, 100_000),
    "errors": (1000, 100_000),
    "timeouts": (5000, 1_000_000),
    "options": (2000, 100_000),
    "shadows": (1000, 100_000),
    "threads": (1000, 100_000),
}


@pytest.mark.measures
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scenario", ROUNDS)
def test_nothing_is_left(scenario: str) -> None:
    done = run_program("leaks", scenario, scaled(*ROUNDS[scenario]))
    assert "objects" in done.stdout
