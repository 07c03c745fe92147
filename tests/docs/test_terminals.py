"""What pages show of terminals is what happens in them."""

from __future__ import annotations

import os
import random
import re
import socket
from collections import defaultdict
from pathlib import Path

import pytest

from .terminals import PORT, Terminal, exchanged, shown

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
EXAMPLES = ROOT / "examples"
INCLUDED = re.compile(r"(?m)^```{literalinclude} [./]*/examples/(\S+)")
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if shown(page)]


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses now.

    Not those that systems choose by themselves: a connection of anybody's might have
    one by the time that it is used.
    """
    ports: set[int] = set()
    while len(ports) < count:
        port = random.randrange(10_000, 30_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        ports.add(port)
    return list(ports)


def programs(page: Path) -> dict[str, str]:
    """Return the programs that are beside those which the page includes."""
    included = INCLUDED.findall(page.read_text("utf-8"))
    return {
        path.name: path.read_text("utf-8")
        for directory in {(EXAMPLES / name).parent for name in included}
        for path in directory.glob("*.py")
    }


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_terminals(page: Path, tmp_path: Path) -> None:
    """The programs of a page print what it shows, in the order it shows."""
    written = programs(page)
    used = sorted(set(PORT.findall("".join(written.values()))))
    ports = dict(zip(used, free_ports(len(used))))
    for name, code in written.items():
        (tmp_path / name).write_text(exchanged(code, ports), encoding="utf-8")
    terminals: defaultdict[str, Terminal] = defaultdict(
        lambda: Terminal(tmp_path, ports)
    )
    try:
        for name, varies, text in shown(page):
            terminals[name].show(text, varies)
    finally:
        for terminal in terminals.values():
            terminal.close()


def test_every_program_of_the_tutorial_is_run() -> None:
    """A lesson includes each program, and a terminal runs it."""
    names = {path.name for path in EXAMPLES.glob("tutorial/*.py")} - {"__init__.py"}
    pages = "".join(page.read_text("utf-8") for page in DOCS.glob("tutorial/*.md"))
    included = set(re.findall(r"literalinclude} \S+/tutorial/(\S+)", pages))
    run = set(re.findall(r"(?m)^\$ python (\S+\.py)", pages))
    assert included == run == names
