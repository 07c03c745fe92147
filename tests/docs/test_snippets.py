"""Every page of the documentation runs, and prints what it says.

The ``python`` blocks of a page are one program, run with warnings as errors. Its output
is what the ``output`` blocks show. READMEs have tests of their own.
"""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Callable

import pytest

import zmq

DOCS = Path(__file__).parents[2] / "docs"
FENCE = re.compile(r"(?ms)^```(\S+)[^\n]*\n(.*?)^```$")
# What a page may need that is not always there, by how its code names it.
FRAMEWORKS = ("gevent", "tornado")
NEEDS = {
    r"\bcurve_": lambda: bool(zmq.has("curve")),
    r"\bzmq\.DRAFT_API\b": lambda: zmq.DRAFT_API,
    r"\bos\.fork\b": lambda: hasattr(os, "fork"),
    r"ipc://": lambda: bool(zmq.has("ipc")),
    **{
        rf"^(import|from) {name}\b": lambda name=name: find_spec(name) is not None
        for name in FRAMEWORKS
    },
}


def program(page: Path) -> str:
    """Return the program of a page, with each line where the page has it."""
    text = page.read_text(encoding="utf-8")
    lines = [""] * (text.count("\n") + 1)
    for block in FENCE.finditer(text):
        if block[1] == "python":
            first = text.count("\n", 0, block.start(2))
            code = block[2].splitlines()
            lines[first : first + len(code)] = code
    return "\n".join(lines)


def output(page: Path) -> str:
    """Return what a page says that its program prints.

    What stands below an example that is included is printed by that, see
    tests/examples.
    """
    found, before = "", ""
    for block in FENCE.finditer(page.read_text(encoding="utf-8")):
        if block[1] == "output" and before != "{literalinclude}":
            found += block[2]
        before = block[1]
    return found


PAGES = [page for page in sorted(DOCS.rglob("*.md")) if program(page).strip()]


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}"
)
def test_page(run_python: Callable[..., object], page: Path, tmp_path: Path) -> None:
    """A page runs without a warning, and prints what it shows."""
    code = program(page)
    for name, there in NEEDS.items():
        if re.search(name, code, re.MULTILINE) and not there():
            pytest.skip(f"{name} needs what is not there")
    script = tmp_path / page.name  # no module, which would hide one of that name
    script.write_text(code, encoding="utf-8")
    # Unbuffered, as on a terminal: a child would print its parent's lines once more.
    options = ["-u", "-W", "error"]
    # Of os.fork(), to which libzmq's threads count from Python 3.15 on.
    options += ["-W", "ignore:This process:DeprecationWarning"]
    if any(find_spec(name) and f"import {name}" in code for name in FRAMEWORKS):
        options += ["-W", "ignore::DeprecationWarning"]  # their own
    done = run_python(
        "import os, runpy, sys; os.chdir(sys.argv[1]); runpy.run_path(sys.argv[2])",
        str(tmp_path),
        str(script),
        options=tuple(options),
    )
    assert done.stderr == ""  # where warnings of destructors go
    assert done.stdout.splitlines() == output(page).splitlines()
