"""A program ends within five seconds and without a crash, whatever it leaves open."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from tests.torture.exits import EXITS
from tests.torture.scale import scaled

MARKS: dict[str, Any] = dict.fromkeys(EXITS, ())
MARKS["a second interpreter"] = pytest.mark.uncounted("coverage cannot begin in it")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks into /proc")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [pytest.param(n, marks=MARKS[n]) for n in EXITS])
def test_exit(run_python: Any, name: str) -> None:
    code, status, stderr = EXITS[name]
    for _ in range(scaled(1, 50)):
        try:
            done = run_python(
                code, timeout=5, check=False, options=("-X", "faulthandler")
            )
        except subprocess.TimeoutExpired as error:
            pytest.fail(f"it hangs\n{error.stdout!r}\n{error.stderr!r}", pytrace=False)
        assert done.returncode == status, done.stderr
        assert re.search(stderr, done.stderr), done.stderr


def test_what_is_left_open_is_told(run_python: Any) -> None:
    done = run_python(
        "import zmq; s = zmq.Context().socket(zmq.PUSH); s.linger = 0; del s",
        options=("-X", "dev"),
    )
    assert "ResourceWarning" in done.stderr
    assert "zmq.PUSH" in done.stderr


def test_what_is_closed_is_not_told(run_python: Any) -> None:
    done = run_python(
        "import zmq\n"
        "with zmq.Context() as c, c.socket(zmq.PUSH) as s: pass\n"
        "c = zmq.Context(); s = c.socket(zmq.PUSH); s.close(); c.term()",
        options=("-X", "dev"),
    )
    assert not done.stderr
