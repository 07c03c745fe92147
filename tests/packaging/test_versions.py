"""tools/versions.py: versions agree, change in all places, and are read from tags."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.environments import PACKAGES, ROOT

TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "versions.py"))


@pytest.fixture
def copy(tmp_path: Path) -> Any:
    """A copy of what has versions in it."""
    for name, path in PACKAGES.items():
        (tmp_path / "packages" / name).mkdir(parents=True)
        for file in ("pyproject.toml", "CHANGELOG.md", "README.md"):
            shutil.copy(path / file, tmp_path / "packages" / name / file)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "README.md", tmp_path)
    return TOOL["Repository"](tmp_path)


def test_versions_agree() -> None:
    """In this repository, every place has the version that it should."""
    assert TOOL["problems"](TOOL["Repository"](ROOT)) == []


@pytest.mark.parametrize("step", ["major", "minor", "patch"])
@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_bump_leaves_everything_in_agreement(copy: Any, name: str, step: str) -> None:
    """Except that nobody can tag before the CHANGELOG is written."""
    old = copy.version(name)
    if (name, step) == ("pyzmq", "major"):
        TOOL["bump"](copy, name, step)
        assert TOOL["problems"](copy) == ["pyzmq: its major is not that of zmq-core"]
        return
    new = TOOL["bump"](copy, name, step)
    assert copy.version(name) == new != old
    assert TOOL["problems"](copy) == []
    with pytest.raises(SystemExit, match="does not say yet what has changed"):
        TOOL["released"](copy, f"{name}-v{new}")
    log = copy.changelog(name)
    log.write_text(log.read_text().replace("TODO: what users will notice", "Faster"))
    assert TOOL["released"](copy, f"{name}-v{new}") == name


def test_a_new_major_of_the_core(copy: Any) -> None:
    """All that need it take the new one, and pyzmq has the same major."""
    old = int(copy.version("zmq-core").split(".")[0])
    TOOL["bump"](copy, "zmq-core", "major")
    assert copy.version("pyzmq") == f"{old + 1}.0.0"
    needs = f"zmq-core>={old + 1},<{old + 2}"
    siblings = [name for name in PACKAGES if name != "zmq-core"]
    assert [n for n in siblings if needs not in copy.project(n).read_text()] == []


def test_documents_follow(copy: Any) -> None:
    """A command in a document shows the version that there is."""
    page = copy.root / "docs" / "page.md"
    page.write_text(f"pip install zmq-auth=={copy.version('zmq-auth')} zmq-log==0.0.1")
    assert TOOL["problems"](copy) == [
        f"docs/page.md: shows zmq-log==0.0.1, which is {copy.version('zmq-log')}"
    ]
    new = TOOL["bump"](copy, "zmq-auth", "minor")
    assert f"zmq-auth=={new}" in page.read_text()


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("CHANGELOG.md", r"(?m)^## [\d.]+", "## 0.0.1", "CHANGELOG.md begins"),
        ("pyproject.toml", r"zmq-core>=\d+,<\d+", "zmq-core>=1,<2", "zmq-log: needs"),
        (
            "pyproject.toml",
            r"(?m)^version = .*",
            'version = "1.0"',
            "not of the form",
        ),
    ],
)
def test_what_disagrees_is_named(
    copy: Any, file: str, before: str, after: str, message: str
) -> None:
    """Each place that a version can be forgotten in."""
    path = copy.packages["zmq-log"] / file
    path.write_text(re.sub(before, after, path.read_text(), count=1))
    assert any(message in line for line in TOOL["problems"](copy))


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("v1.0.0", "is none of"),
        ("zmq-nothing-v1.0.0", "'zmq-nothing' is none of"),
        ("zmq-auth-v0.0.9", "zmq-auth is .* in this commit"),
    ],
)
def test_wrong_tags(copy: Any, tag: str, message: str) -> None:
    """A tag that names nothing here publishes nothing."""
    with pytest.raises(SystemExit, match=message):
        TOOL["released"](copy, tag)


@pytest.mark.parametrize(
    ("step", "message"), [("0.0.1", "is not after"), ("big", "is none of")]
)
def test_wrong_steps(copy: Any, step: str, message: str) -> None:
    """A version never goes back."""
    with pytest.raises(SystemExit, match=message):
        TOOL["bump"](copy, "zmq-log", step)


def test_a_wrong_distribution(copy: Any) -> None:
    """The error lists those that there are."""
    with pytest.raises(SystemExit, match="zmq is none of pyzmq, zmq-asyncio"):
        TOOL["bump"](copy, "zmq", "minor")
