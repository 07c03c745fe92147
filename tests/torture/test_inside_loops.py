"""Event loops whose callbacks, tasks and greenlets take away what others wait for."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled


@pytest.mark.timeout(600)
@pytest.mark.parametrize("loop", ["asyncio", "uvloop", "tornado"])
def test_inside_a_loop(loop: str) -> None:
    pytest.importorskip(loop, exc_type=ImportError)
    assert run_program("inside_loop", loop, scaled(1, 50)).stdout == "done\n"


@pytest.mark.timeout(600)
def test_inside_a_stream() -> None:
    pytest.importorskip("tornado", exc_type=ImportError)
    assert run_program("inside_stream", scaled(1, 50)).stdout == "done\n"


@pytest.mark.timeout(600)
def test_inside_the_hub() -> None:
    pytest.importorskip("gevent", exc_type=ImportError)
    assert run_program("inside_hub", scaled(1, 50)).stdout == "done\n"
