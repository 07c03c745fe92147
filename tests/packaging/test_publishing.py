"""What GitHub runs, and asks reporters for; `python3 run.py workflows` checks more."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from tests.packaging.environments import CORE, PACKAGES, ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
FORMS = sorted(p for p in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if p.stem != "config")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned(path: Path) -> None:
    """By the hash of a commit, with the version beside it; ours by their path."""
    used = re.findall(r"(?m)^\s+(?:- )?uses: (.*)$", path.read_text())
    assert used
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./\.github/.*")
    assert [line for line in used if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_run_tasks_that_there_are(path: Path) -> None:
    """The sessions of noxfile.py, and tools of the repository."""
    sessions = re.findall(r"(?m)^def (\w+)\(session", (ROOT / "noxfile.py").read_text())
    text = path.read_text()
    tasks = re.findall(r"run\.py ([a-z]+)", text)
    for line in re.findall(r"(?m)^\s+task: \[(.*)\]", text):
        tasks += [task.strip('" ').split()[0] for task in line.split(",")]
    assert [task for task in tasks if task not in sessions] == []
    tools = re.findall(r"python (tools/\S+)", text)
    assert [tool for tool in tools if not (ROOT / tool).exists()] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_ask_for_the_report(path: Path) -> None:
    """Whoever writes an issue is asked for what `python -m zmq` prints."""
    assert "python -m zmq" in path.read_text()


def test_every_supported_python_is_tested() -> None:
    """What the classifiers say is in the matrix of the tests."""
    said = re.findall(r"Python :: (3\.\d+)\"", (CORE / "pyproject.toml").read_text())
    matrix = (GITHUB / "workflows" / "tests.yml").read_text()
    assert said
    assert [version for version in said if f'- "{version}"' not in matrix] == []


def test_wheels_are_tested_where_cibuildwheel_starts() -> None:
    """It copies paths below the directory it is started in; uv is not everywhere."""
    text = (CORE / "pyproject.toml").read_text()
    (sources,) = re.findall(r"(?m)^test-sources = \[(.*)\]$", text)
    copied = re.findall(r'"(.+?)"', sources)
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert {"conftest.py", "pytest.ini", "tests"} <= {*copied}
    (command,) = re.findall(r'(?m)^test-command = "(.*)"$', text)
    assert command.split()[-1] in copied
    workflow = (GITHUB / "workflows" / "wheels.yml").read_text()
    assert f"cibuildwheel {CORE.relative_to(ROOT).as_posix()} " in workflow
    uses_uv = '"build[uv]"' in text
    assert ("cibuildwheel[uv]" in workflow) is uses_uv


def test_every_distribution_can_be_released() -> None:
    """A tag of each starts the release, and RELEASING.md says how."""
    release = (GITHUB / "workflows" / "release.yml").read_text()
    (pattern,) = re.findall(r'tags: \["(.*)"\]', release)
    tags = [f"{name}-v1.0.0" for name in PACKAGES]
    assert fnmatch.filter(tags, pattern) == tags
    assert "run.py bump" in (ROOT / "RELEASING.md").read_text()


# What a reader looks distributions up in, with what names each there.
LISTS = {
    "docs/install.md": "| `{}` |",
    "docs/changes/index.md": "{}",
    "docs/how-to/upgrading.md": "{}",
}


@pytest.mark.parametrize("path", LISTS)
def test_every_distribution_is_listed(path: str) -> None:
    """One that is new is in all lists that people read."""
    text = (ROOT / path).read_text()
    assert [name for name in PACKAGES if LISTS[path].format(name) not in text] == []


def test_every_distribution_has_a_page_of_changes() -> None:
    """It shows the CHANGELOG of the distribution."""
    pages = {path.stem for path in ROOT.glob("docs/changes/*.md")} - {"index"}
    assert pages == set(PACKAGES)
