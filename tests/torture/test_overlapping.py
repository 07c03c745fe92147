"""Threads get at a socket while another one is on its way in."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled

FORKS = [
    pytest.mark.forks,
    pytest.mark.uncounted("each of the children writes a file of its counts"),
]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("kind", "short", "full"),
    [
        ("copies", 1500, 30_000),
        ("proxy", 150, 3000),
        ("term", 50, 20_000),
        ("shadows", 60, 20_000),
        ("addresses", 30_000, 300_000),
        pytest.param("fork", 500, 10_000, marks=FORKS),
    ],
)
def test_nobody_meets_inside(kind: str, short: int, full: int) -> None:
    run_program("overlapping", kind, scaled(short, full))
