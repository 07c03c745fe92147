"""What the tutorial shows of its terminals is what happens in them."""

from __future__ import annotations

import os
import re
import socket
from collections import defaultdict
from pathlib import Path

import pytest

from .terminals import Terminal, shown

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"
PROGRAMS = ROOT / "examples" / "tutorial"
PAGES = [page for page in sorted(TUTORIAL.glob("*.md")) if shown(page)]


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The programs of the tutorial, with ports that are free on this machine."""
    written = {path.name: path.read_text("utf-8") for path in PROGRAMS.glob("*.py")}
    used = sorted(set(re.findall(r"127\.0\.0\.1:(\d+)", "".join(written.values()))))
    ports = dict(zip(used, free_ports(len(used))))
    for name, code in written.items():
        here = re.sub(
            r"(?<=127\.0\.0\.1:)\d+", lambda match: str(ports[match[0]]), code
        )
        (tmp_path / name).write_text(here, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_terminals(page: Path, programs: Path) -> None:
    """The programs of a lesson print what it shows, in the order it shows."""
    terminals: defaultdict[str, Terminal] = defaultdict(lambda: Terminal(programs))
    try:
        for name, varies, text in shown(page):
            terminals[name].show(text, varies)
    finally:
        for terminal in terminals.values():
            terminal.close()


def test_every_program_of_the_tutorial_is_run() -> None:
    """A lesson includes each program, and a terminal runs it."""
    programs = {path.name for path in PROGRAMS.glob("*.py")} - {"__init__.py"}
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    included = set(re.findall(r"literalinclude} \S+/tutorial/(\S+)", pages))
    run = set(re.findall(r"(?m)^\$ python (\S+\.py)", pages))
    assert included == run == programs
