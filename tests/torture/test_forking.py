"""Forks: the child cannot use, and cannot harm, what is its parent's."""

from __future__ import annotations

import os

import pytest

from tests.torture.scale import run_program, scaled

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
    pytest.mark.forks,
]

SCENARIOS = [
    "using",
    "closing",
    "collecting",
    "own_context",
    "instance",
    "blocked_threads",
    "pools",
    "messages_on_the_way",
    "storm",
    "descriptors",
]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_fork(scenario: str) -> None:
    run_program("forking", scenario, scaled(10, 500))
