"""Threads that share a socket: no abort, no hang, no torn message."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("kind", "short", "full"),
    [
        ("dealer", 60, 1000),
        ("lone", 60, 1000),
        ("push", 500, 20_000),
        ("router", 150, 5000),
    ],
)
def test_threads_share_a_socket(kind: str, short: int, full: int) -> None:
    run_program("sharing", kind, scaled(short, full))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("kind", "short", "full"), [("pub", 4, 1000), ("poller", 8, 1000)]
)
def test_threads_lose_what_they_share(kind: str, short: int, full: int) -> None:
    run_program("taken_away", kind, scaled(short, full))
