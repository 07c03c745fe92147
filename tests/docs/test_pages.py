"""What the pages of the documentation list exists, and nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_every_page_is_found() -> None:
    """Every page is in a table of contents, below the first page."""
    pages = {page.relative_to(DOCS).with_suffix("") for page in DOCS.rglob("*.md")}
    found: set[Path] = set()
    waiting = [Path("index")]
    while waiting:
        page = waiting.pop()
        found.add(page)
        text = (DOCS / page).with_suffix(".md").read_text(encoding="utf-8")
        for table in re.findall(r"(?ms)^```{toctree}\n(.*?)^```", text):
            listed = {page.parent / line for line in table.split()} & pages
            waiting += listed - found
    assert pages - found == set()


def test_every_page_begins_by_saying_what_it_is_about() -> None:
    """A paragraph stands below the title, before headings, code and lists."""
    bare = []
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if text.startswith("```{include}"):  # a changelog
            continue
        text = re.sub(r"(?ms)^```\{index\}.*?^```\n", "", text)
        title, _, body = text.partition("\n")
        assert title.startswith("# "), page
        first = body.lstrip().split("\n\n")[0]
        if len(first) < 50 or first.startswith(("#", "```", "- ", "* ", "|")):
            bare.append(f"{page.relative_to(DOCS)}: {first}")
    assert bare == []


def test_links_lead_somewhere() -> None:
    """Relative links name pages that exist."""
    missing = [
        f"{page.name}: {link}"
        for page in DOCS.rglob("*.md")
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert missing == []


def test_every_distribution_is_listed() -> None:
    """The table of what can be installed has all packages, and the extras of pyzmq."""
    text = (DOCS / "install.md").read_text(encoding="utf-8")
    rows = {
        row.split("`")[1]: row for row in text.splitlines() if row.startswith("| `")
    }
    packages = {path.parent.name for path in ROOT.glob("packages/*/pyproject.toml")}
    assert set(rows) == packages
    for name in packages:
        project = (ROOT / "packages" / name / "pyproject.toml").read_text("utf-8")
        table = re.search(r"(?ms)^\[project.optional-dependencies\]\n(.*?)^\[", project)
        extras = re.findall(r"(?m)^(\w+) = \[(?!\])", table[1] if table else "")
        assert [extra for extra in extras if f"`{extra}`" not in rows[name]] == []


def test_every_build_option_is_listed() -> None:
    """The page about building has all options, with their defaults."""
    core = ROOT / "packages" / "zmq-core"
    options = (core / "cmake" / "options.cmake").read_text(encoding="utf-8")
    found = re.findall(r'(?m)^zmq_option\((\w+) STRING "(.*?)"', options)
    found += [(name, "") for name in re.findall(r"(?m)^zmq_option\((\w+)", options)]
    text = (DOCS / "how-to" / "building.md").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| `")]
    missing = [
        name
        for name, default in found
        if not any(row.startswith(f"| `{name}`") and default in row for row in rows)
    ]
    assert found
    assert missing == []
