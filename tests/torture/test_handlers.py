"""Signal handlers that close, terminate, destroy or fork, over every wait."""

from __future__ import annotations

import sys

import pytest

from tests.torture.scale import run_program, scaled
from tests.torture.test_closing import CALLS


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("call", [*CALLS, "term", "monitor", "capture"])
def test_a_handler_takes_away_what_its_thread_waits_for(call: str) -> None:
    done = run_program("taken_by_handler", call, scaled(1, 50))
    assert done.stdout == "done\n"
