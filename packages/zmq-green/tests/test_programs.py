"""Whole programs, with and without a patched standard library, and on other loops."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("patched", ["none", "before", "after", "late"])
def test_everything(program: Any, patched: str) -> None:
    assert program("everything", patched) == "done\n"


def test_loops_of_gevent(program: Any, loop: str) -> None:
    assert program("everything", "before", GEVENT_LOOP=loop) == "done\n"


def test_the_readme(run_python: Any) -> None:
    for code in re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL):
        done = run_python(code, options=("-W", "error"))
        assert done.stdout == "b'HELLO'\n"
        assert not done.stderr
