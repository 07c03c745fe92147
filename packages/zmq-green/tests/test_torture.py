"""Crowds, storms, and events that must not be missed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.torture.scale import scaled


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("transport", ["inproc", "tcp", "ipc"])
def test_no_wake_up_is_missed(program: Any, transport: str) -> None:
    assert "wake-ups" in program("wakeups", transport, scaled(2, 60))


@pytest.mark.timeout(3600)
def test_no_wake_up_is_missed_on_any_loop(program: Any, loop: str) -> None:
    """Some let go of the GIL where others do not."""
    assert "wake-ups" in program("wakeups", "inproc", scaled(2, 60), GEVENT_LOOP=loop)


@pytest.mark.timeout(3600)
def test_ten_thousand_greenlets_on_a_hundred_sockets(program: Any) -> None:
    printed = program("crowd", 10_000, 100, scaled(1, 20))
    assert printed.startswith("10000 greenlets on 100 sockets")
