"""The examples run, and print what the documentation shows, or what is listed here."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Callable

import pytest

import zmq
from zmq import _build_info

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
# Examples that no page shows as a whole, and words that they print, in this order.
PRINTED = {
    "draft/radio_dish": ["weather: sunny"],
    "monitor": ["LISTENING", "ACCEPTED", "DISCONNECTED"],
    "poller": [
        "nobody sent anything: []",
        "a task: sweep the floor",
        "from a plain socket: ping",
    ],
    "pub_sub": [
        "fan got news: it rains",
        "fan got sports: two to one",
        "reader got news: it rains",
    ],
    "req_rep": ["Hello, Ada!", "Hello, Grace!", "Hello, stop!"],
    "zero_copy": [
        "received 1,000,000 numbers, the last is 42.0",
        "may the sender change them already? False",
        "and now? True",
    ],
}
# The demo, and what is run in terminals, have tests of their own.
ELSEWHERE = ("demo/", "tutorial/", "logs/shop", "logs/till", "web/live")
SHOWN = re.compile(
    r"(?ms)^```{literalinclude} [./]*/examples/(\S+)\.py\n(?::[^\n]*\n)*```\n+"
    r"(?:[^`]*?\n)?```output\n(.*?)^```"
)
# What asyncio says on a busy machine, in development mode, also to a log on stdout.
SLOW = re.compile(r"(?m)^(the log says: )?Executing <.*> took \d+\.\d+ seconds\n")
# What an example may need that is not always there, by how its code names it.
NEEDS: dict[str, Callable[[], bool]] = {
    r"\bcurve_": lambda: bool(zmq.has("curve")),
    r"\bzmq\.(SERVER|RADIO|SCATTER|PEER|CHANNEL|DGRAM)\b": lambda: zmq.DRAFT_API,
    r"\bos\.fork\b": lambda: hasattr(os, "fork"),
    r"\bset_wakeup_fd\b": lambda: os.name != "nt",
    r"^from Cython\b": lambda: there("setuptools") and can_link(),
    **{
        rf"^\s*(import|from) {name}\b": lambda name=name: there(name)
        for name in (
            "anyio",
            "gevent",
            "msgpack",
            "msgspec",
            "numpy",
            "starlette",
            "tornado",
            "trio",
            "uvicorn",
            "websockets",
        )
    },
}


def there(name: str) -> bool:
    """Whether a module is installed."""
    return importlib.util.find_spec(name) is not None


def can_link() -> bool:
    """Whether C code can be compiled, and linked with the libzmq that is used."""
    if find_compiler() is None or not there("Cython"):
        return False
    return _build_info.LINKAGE != "static"


def find_compiler() -> str | None:
    """Return the compiler that setuptools would take."""
    command = (sysconfig.get_config_var("CC") or "").split()
    return shutil.which(command[0]) if command else None


def programs() -> list[str]:
    """Return the names of all examples, with their directory."""
    paths = (path.relative_to(EXAMPLES) for path in EXAMPLES.rglob("*.py"))
    names = (path.with_suffix("").as_posix() for path in paths)
    return sorted(
        name
        for name in names
        if not name.endswith("__init__") and not name.startswith(ELSEWHERE)
    )


def shown() -> dict[str, list[str]]:
    """Return the output of the examples that pages show, by their names."""
    found = {}
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for name, output in SHOWN.findall(page.read_text(encoding="utf-8")):
            found[name] = output.splitlines()
    return found


EXPECTED = {**PRINTED, **shown()}


def test_every_example_is_tested() -> None:
    """What an example prints is known for each, and nothing is known of others."""
    assert set(programs()) == {
        name for name in EXPECTED if not name.startswith(ELSEWHERE)
    }


def test_the_index_lists_every_example() -> None:
    """The page of examples has each program, with the words of its docstring."""
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| \[\S+\]\(\S+/main/examples/(\S+)\) \| (.*?) \|", page)
    found = dict(rows)
    paths = {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.py")}
    names = {
        path
        for path in paths
        if not path.endswith("__init__.py") and not path.startswith("demo/")
    }
    assert len(rows) == len(found)
    assert set(found) == names
    assert "examples.demo" in page
    for name, words in found.items():
        code = (EXAMPLES / name).read_text(encoding="utf-8")
        said = " ".join((ast.get_docstring(ast.parse(code)) or "").split())
        assert said.startswith(words.split(" (needs ")[0]), name


@pytest.mark.parametrize("name", programs())
def test_example(name: str, tmp_path: Path) -> None:
    """An example ends by itself, without a warning, and prints what is expected."""
    program = EXAMPLES / f"{name}.py"
    code = program.read_text(encoding="utf-8")
    for need, there_is in NEEDS.items():
        if re.search(need, code, re.MULTILINE) and not there_is():
            pytest.skip(f"{need} needs what is not there")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", str(program)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    assert SLOW.sub("", done.stderr) == ""
    printed = SLOW.sub("", done.stdout)
    if name in PRINTED:
        position = 0
        for text in PRINTED[name]:
            assert text in printed[position:], f"{text!r} not in {printed}"
            position = printed.index(text, position) + len(text)
    else:
        assert printed.splitlines() == EXPECTED[name]
