"""No blocked call stays blocked when its event is there."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("transport", ["inproc", "tcp", "ipc"])
def test_no_wake_up_is_missed(transport: str) -> None:
    done = run_program("wakeups", transport, scaled(2, 60))
    assert "wake-ups" in done.stdout


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("transport", ["inproc", "tcp"])
def test_everything_that_polls_wakes(transport: str) -> None:
    done = run_program("pollers", transport, scaled(2, 60))
    assert "wake-ups" in done.stdout
