"""The manual of pyzmq has its chapters here: docs/chapters.txt says where."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
# The numbers of its table of contents, which have sections under one number.
NUMBERS = {
    "1",
    "2",
    *(f"2.1.{n}" for n in range(1, 19)),
    "2.2",
    *(f"2.3.{n}" for n in range(1, 9)),
    "3",
    "4",
}


def rows() -> list[tuple[str, str, list[str]]]:
    """Return number, title and pages of each row."""
    found = []
    for line in (DOCS / "chapters.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([\d.]+) +(\S.*?)  +(\S.*)", line)
            assert match is not None, line
            found.append((match[1], match[2], match[3].split(", ")))
    return found


def test_no_chapter_is_left_out() -> None:
    """All numbers are there, and no row twice."""
    assert {number for number, _, _ in rows()} == NUMBERS
    names = [(number, title) for number, title, _ in rows()]
    assert len(set(names)) == len(names)


def test_its_pages_exist() -> None:
    """Each row names pages, and headings of theirs."""
    for number, title, pages in rows():
        for page in pages:
            file, _, heading = page.partition("#")
            assert (DOCS / file).is_file(), f"{number} {title}: {page}"
            text = (DOCS / file).read_text(encoding="utf-8")
            headings = re.findall(r"(?m)^#+ (.*)$", text)
            assert not heading or heading in headings, f"{number} {title}: {page}"
            filled = len(text.split()) > 40 or "auto" in text or "zmq-" in text
            assert filled, f"{page} is nearly empty"
