"""tools/addresses.py: the addresses of the project are the same in all places."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.environments import PACKAGES, ROOT

TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "addresses.py"))


def test_addresses_agree() -> None:
    """Those of all distributions, and they lead to pages and files that exist."""
    assert TOOL["problems"]() == []


def test_readmes_name_pages() -> None:
    """A README is shown where relative links lead nowhere."""
    for name, path in PACKAGES.items():
        text = (path / "README.md").read_text(encoding="utf-8")
        assert f"]({TOOL['DOCUMENTATION']}" in text, name


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what holds addresses."""
    for path in TOOL["files"](ROOT):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", dirs_exist_ok=True)
    # A README leads there.
    patches = PACKAGES["zmq-core"].relative_to(ROOT) / "patches"
    shutil.copytree(ROOT / patches, tmp_path / patches)
    # A page leads there.
    (tmp_path / "benchmarks").mkdir(exist_ok=True)
    shutil.copy(ROOT / "benchmarks" / "README.md", tmp_path / "benchmarks")
    return tmp_path


def run(copy: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the copy of the tool."""
    return subprocess.run(
        [sys.executable, str(copy / "tools" / "addresses.py"), *arguments],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )


def test_move(copy: Path) -> None:
    """Everything is at the new address, and nothing at the old one."""
    repository, documentation = "https://example.org/zmq", "https://docs.example.org/"
    assert run(copy, "check").returncode == 0
    done = run(copy, "move", repository, documentation)
    assert done.returncode == 0, done.stderr
    assert run(copy, "check").stderr == ""
    old = re.compile(rf"{TOOL['REPOSITORY']}(?![\w-])|{TOOL['DOCUMENTATION']}")
    assert [p for p in TOOL["files"](copy) if old.search(p.read_text())] == []


def test_a_wrong_address_is_told(copy: Path) -> None:
    project = copy / "packages" / "zmq-log" / "pyproject.toml"
    text = project.read_text().replace("/issues", "/discussions")
    project.write_text(text)
    readme = copy / "packages" / "zmq-log" / "README.md"
    readme.write_text(f"[Guide]({TOOL['DOCUMENTATION']}how-to/nowhere.html)")
    done = run(copy, "check")
    assert done.returncode == 1
    assert "zmq-log: [project.urls] should be" in done.stderr
    assert "README.md: there is no page how-to/nowhere.html" in done.stderr


def test_only_that_repository_publishes(copy: Path) -> None:
    """What the release workflow asks before it builds."""
    server, owner, name = TOOL["REPOSITORY"].rsplit("/", 2)
    here = {"GITHUB_SERVER_URL": server, "GITHUB_REPOSITORY": f"{owner}/{name}"}
    assert run(copy, "published", **here).returncode == 0
    done = run(copy, "published", **{**here, "GITHUB_REPOSITORY": f"me/{name}"})
    assert done.returncode == 1
    assert "addresses.py move" in done.stderr
    workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text()
    assert "run: python tools/addresses.py published" in workflow
