"""What the READMEs show works, and what they name exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import PACKAGES, ROOT

PAGES = [ROOT / "README.md", *(path / "README.md" for path in PACKAGES.values())]
TEXTS = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks in a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", page.read_text())


def snippets() -> list[object]:
    """Return the Python examples of READMEs that no package tests itself."""
    return [
        pytest.param(code, id=f"{page.parent.name}-{number}")
        for page in PAGES
        if not (page.parent / "tests" / "test_readme.py").exists()
        for number, code in enumerate(blocks(page, "python"))
    ]


@pytest.mark.parametrize("code", snippets())
def test_python_example(
    run_python: Callable[..., object], code: str, tmp_path: Path
) -> None:
    """Each example runs by itself, without a warning."""
    if "import gevent" in code:
        pytest.importorskip("gevent")
    run_python(f"import os; os.chdir({str(tmp_path)!r})\n{code}", options=("-Werror",))


def test_two_commands() -> None:
    """The README begins with exactly two commands, and CI runs the test one."""
    first = blocks(ROOT / "README.md", "console")[0].splitlines()
    assert first == ["$ python3 run.py demo", "$ python3 run.py test"]
    ci = (ROOT / ".ci" / "run").read_text().splitlines()
    assert first[1].removeprefix("$ ") in ci


@pytest.mark.parametrize(
    "page", TEXTS, ids=lambda page: f"{page.parent.name}-{page.stem}"
)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links name files that exist."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_package_is_listed() -> None:
    """The README links to each package."""
    text = (ROOT / "README.md").read_text()
    assert [name for name in PACKAGES if f"packages/{name}/" not in text] == []


def test_tasks_exist() -> None:
    """CONTRIBUTING and CI name tasks of the noxfile."""
    noxfile = (ROOT / "noxfile.py").read_text()
    sessions = {
        name.replace("build_all", "build")
        for name in re.findall(r"(?m)^@nox\.session.*\ndef (\w+)", noxfile)
    }
    text = (ROOT / "CONTRIBUTING.md").read_text()
    table = {
        name
        for line in text.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    ci = set(re.findall(r"run\.py (\w+)", (ROOT / ".ci" / "run").read_text()))
    assert table <= sessions
    assert ci <= sessions
