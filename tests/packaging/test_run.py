"""What `run.py` says where it cannot install what is missing."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.environments import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere it does not look")


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return run.py as a module, on a machine without a package manager."""
    spec = importlib.util.spec_from_file_location("runner", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("PATH", "/nonexistent")
    return module


def test_one_line_and_no_more() -> None:
    """Without a compiler nothing is begun: one line says all that is missing."""
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "demo"],
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "missing: a C compiler, the headers of Python, the headers of libzmq" in line
    assert "apt-get install build-essential libpython" in line
    assert line.endswith(" libzmq3-dev")


def test_what_is_not_needed_is_only_told(
    runner: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """It goes on without what it can do without, and says what that means."""
    needs = [
        runner.Need("a", lambda: False, "liba", "no tests of a"),
        runner.Need("b", lambda: True, "libb"),
    ]
    line = runner.provide(needs)
    assert "a (without: no tests of a)" in line
    assert line.endswith("apt-get install liba")
    assert capsys.readouterr().err == f"run.py: {line}\n"
    assert runner.provide(needs[1:]) == ""


def test_the_line_comes_again_after_a_failure(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """What was missing may be why a task failed, whose output is long."""
    monkeypatch.setattr(
        runner, "NEEDS", {"lint": [runner.Need("a", lambda: False, "liba", "no a")]}
    )
    monkeypatch.setattr(runner, "nox", lambda *arguments: 3)
    assert runner.main(["lint"]) == 3
    assert capsys.readouterr().err.count("apt-get install liba") == 2


@pytest.mark.parametrize("before", [[], ["--"]])
def test_arguments_of_a_task(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, before: list[str]
) -> None:
    """They may stand behind `--`, as with nox; one further on belongs to them."""
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(runner, "NEEDS", {"minimal": []})
    monkeypatch.setattr(runner, "nox", lambda *a: called.append(a) or 0)
    assert runner.main(["minimal", *before, "trixie", "--", "-x"]) == 0
    assert called == [("-s", "minimal", "--", "trixie", "--", "-x")]


def test_installed_by_the_package_manager(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What apt-get brings is not missing, also when its lists are old at first."""
    apt = tmp_path / "apt-get"
    apt.write_text(
        "#!/bin/sh\n"
        f"cd {tmp_path}\n"
        'case "$*" in\n'
        "  *update*) /usr/bin/touch updated ;;\n"
        "  *) test -e updated && /usr/bin/touch liba ;;\n"
        "esac\n"
    )
    apt.chmod(0o755)
    (tmp_path / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(runner, "administrator", list)
    need = runner.Need("a", (tmp_path / "liba").exists, "liba")
    assert runner.provide([need]) == ""
    assert (tmp_path / "liba").exists()


@pytest.mark.parametrize(
    ("prefix", "there"), [("auto", False), ("", False), ("bundled", True)]
)
def test_only_another_libzmq_makes_headers_needless(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, prefix: str, there: bool
) -> None:
    """Where it is searched for, as workflows say, it is installed before."""
    monkeypatch.setenv("ZMQ_PREFIX", prefix)
    assert runner.has_libzmq() is there


# They check nothing, are part of `test`, or do the work of another one.
NOT_FOR_CI = {"build", "bump", "counted", "demo", "interop", "tsan"}


def test_ci_runs_each_session_or_names_it() -> None:
    """What .ci/run leaves out, it says."""
    defined = set()
    for node in ast.parse((ROOT / "noxfile.py").read_text()).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for decorator in map(ast.unparse, node.decorator_list):
            if decorator.startswith("nox.session"):
                named = re.search(r"name='(\w+)'", decorator)
                defined.add(named[1] if named else node.name)
    assert defined > NOT_FOR_CI
    script = (ROOT / ".ci" / "run").read_text()
    run = set(re.findall(r"run\.py (\w+)", script))
    (named,) = re.findall(r'left out: the sessions (.*)"\necho "(.*)"', script)
    left_out = set(re.findall(r"\w+", " ".join(named))) - {"and"}
    assert run | left_out == defined - NOT_FOR_CI
    assert not run & left_out
