"""What ``python -m zmq`` tells of whole and of damaged installations."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.installations import (
    CORE,
    install,
    install_two,
    installed,
    line,
    only,
    problems,
)

import zmq
from zmq import __main__ as command
from zmq import _damage, _installed, _pip, _report


@pytest.fixture(autouse=True)
def as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The directories of tests stand for the one that pip installs into."""
    monkeypatch.setattr(_pip, "find_spec", lambda name: object())
    monkeypatch.setattr(_damage, "outside", lambda directory: None)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A directory with zmq-core and zmq-log in it."""
    return install_two(tmp_path)


def test_a_whole_installation(site: Path) -> None:
    assert problems(site) == []


def test_a_file_that_is_missing(site: Path) -> None:
    (site / "zmq/constants.py").unlink()
    found = problems(site)
    assert only(found) == "zmq-core 28.0.0: 1 of its files missing: zmq/constants.py"
    assert line(found).endswith(
        "pip install --force-reinstall --no-deps zmq-core==28.0.0"
    )


def test_a_file_that_was_changed(site: Path) -> None:
    (site / "zmq/log.py").write_text("something else")
    found = problems(site)
    assert only(found) == "zmq-log 1.0.0: 1 of its files changed: zmq/log.py"


def test_many_missing_files_are_not_all_named(site: Path) -> None:
    install(site, "zmq-ssh", "1.0.0", [f"zmq/ssh/{i}.py" for i in range(9)])
    shutil.rmtree(site / "zmq/ssh")
    text = only(problems(site))
    assert "9 of its files missing" in text
    assert text.endswith("and 6 more")


def test_an_old_pyzmq_beside_ours(site: Path) -> None:
    install(site, "pyzmq", "27.1.0", ["zmq/__init__.py", "zmq/sugar/x.py"])
    found = problems(site)
    assert "pyzmq 27.1.0" in found[0].text
    mend = line(found)
    assert "pip uninstall -y pyzmq && " in mend
    assert mend.endswith("install --force-reinstall 'pyzmq>=28'")


def test_an_old_pyzmq_that_fills_gaps(site: Path, tmp_path: Path) -> None:
    system = tmp_path / "system"
    install(system, "pyzmq", "24.0.1", ["zmq/__init__.py", "zmq/green/core.py"])
    assert problems(site, system) == []  # its files are not imported
    install(system, "zmq-core", "28.0.0", [])
    text = only(problems(site, system))
    assert "pyzmq 24.0.1" in text
    assert "supplies the parts" in text
    for name in _installed.OURS:
        if name not in ("zmq-core", "zmq-log"):
            install(site, name, "28.0.0")
    assert problems(site, system) == []


def test_an_old_pyzmq_alone(tmp_path: Path) -> None:
    install(tmp_path, "pyzmq", "26.0.3", CORE)
    assert len(problems(tmp_path)) == 2


def test_two_providers_of_one_path(site: Path) -> None:
    install(site, "zmq_fork", "0.1", ["zmq/constants.py"])
    found = problems(site)
    texts = [problem.text for problem in found]
    assert any(
        "belongs to zmq-core 28.0.0 and to zmq-fork 0.1" in t for t in texts
    ) or (any("belongs to zmq-fork 0.1 and to zmq-core 28.0.0" in t for t in texts))
    mend = line(found)
    assert "pip uninstall -y zmq-fork && " in mend
    assert mend.endswith("--force-reinstall --no-deps zmq-core==28.0.0")


@pytest.mark.parametrize("version", ["27.9", "29.0.0"])
def test_a_core_of_the_wrong_version(tmp_path: Path, version: str) -> None:
    install(tmp_path, "zmq-core", version, CORE)
    install(tmp_path, "zmq-log", "1.0.0", [], ["zmq-core<29,>=28"])
    found = problems(tmp_path)
    assert only(found) == (f"zmq-log 1.0.0 needs zmq-core<29,>=28, which is {version}")
    assert line(found).endswith("--force-reinstall zmq-log==1.0.0 'zmq-core<29,>=28'")


def test_a_part_that_is_not_there(site: Path) -> None:
    install(site, "zmq-auth", "1.0.0", [], ["zmq-core>=28", "zmq-asyncio (>=1,<2)"])
    assert only(problems(site)).endswith("needs zmq-asyncio>=1,<2, which is missing")


def test_what_an_extra_needs_need_not_be_there(site: Path) -> None:
    needs = ["zmq-green[gevent]>=1; extra == 'green'", "tornado", "zmq-core[x]>=28"]
    install(site, "pyzmq", "28.0.0", [], needs)
    assert problems(site) == []


def test_another_zmq_is_imported(site: Path, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere" / "zmq" / "__init__.py")
    found = _damage.find_problems(installed(site), elsewhere)
    assert "is imported, not the zmq-core installed in" in only(found)
    found = _damage.find_problems([], elsewhere)
    assert "no zmq-core is installed" in only(found)


def test_an_editable_core_is_imported_from_its_sources(site: Path) -> None:
    url = site / "zmq_core-28.0.0.dist-info" / "direct_url.json"
    url.write_text('{"url": "file:///src", "dir_info": {"editable": true}}')
    assert _damage.find_problems(installed(site), "/src/zmq/__init__.py") == []


def test_what_an_interrupted_uninstall_leaves(site: Path) -> None:
    install(site, "pyzmq", "27.3.0")
    (site / "pyzmq-27.3.0.dist-info").rename(site / "~yzmq-27.3.0.dist-info")
    assert problems(site) == []


@pytest.mark.parametrize(
    ("uv", "beginning"),
    [
        ("program", f"uv pip install --python {sys.executable} "),
        ("module", f"{sys.executable} -m uv pip install --python {sys.executable} "),
        ("", f"{sys.executable} -m ensurepip && {sys.executable} -m pip install "),
    ],
)
def test_an_environment_without_pip(
    site: Path, monkeypatch: Any, uv: str, beginning: str
) -> None:
    (site / "zmq/log.py").unlink()
    modules = {"uv"} if uv == "module" else set()
    monkeypatch.setattr(_pip, "find_spec", lambda name: name in modules or None)
    programs = {"uv"} if uv == "program" else set()
    monkeypatch.setattr(_pip, "which", lambda name: name in programs)
    assert line(problems(site)).startswith(beginning)


def test_an_interpreter_whose_path_has_a_space(site: Path, monkeypatch: Any) -> None:
    (site / "zmq/log.py").unlink()
    monkeypatch.setattr(sys, "executable", "/some where/python")
    quotes = "'" if os.name == "posix" else '"'
    expected = f"{quotes}/some where/python{quotes} -m pip install "
    assert line(problems(site)).startswith(expected)


def test_everything_again(site: Path, tmp_path: Path) -> None:
    install(site, "pyzmq", "28.0.0")
    found = installed(site)
    again = _damage.reinstallation_line(found, str(site))
    assert "--force-reinstall --no-deps" in again
    words = {"zmq-core==28.0.0", "zmq-log==1.0.0", "pyzmq==28.0.0"}
    assert words <= set(again.split())


@pytest.mark.parametrize(
    ("version", "specifiers", "fits"),
    [
        ("28.0.0", ">=28,<29", True),
        ("28", ">=28.0.0", True),
        ("28.1.0rc1", ">=28.1", True),
        ("29.0", ">=28,<29", False),
        ("28.0.1", "==28.0.0", False),
        ("28.0", "==28.0.0", True),
        ("28.4", "==28.*", True),
        ("28.4", "!=28.*", False),
        ("28.4", "~=28.1", True),
        ("28.0", "~=28.1", False),
        ("29.0", "~=28.1", False),
        ("28.0.3", "~=28.0.0", True),
        ("28.1.3", "~=28.0.0", False),
        ("28", ">28", False),
        ("28", "<=28", True),
        ("28", "!=28.0", False),
        ("1", "", True),
    ],
)
def test_specifiers(version: str, specifiers: str, fits: bool) -> None:
    assert _installed.fits(version, specifiers) is fits


def test_a_requirement_of_an_old_pip(tmp_path: Path) -> None:
    install(tmp_path, "zmq-log", "1", [], ["Zmq.Core (<29,>=28)", "other>1"])
    (one,) = installed(tmp_path)
    assert list(one.requirements()) == [("zmq-core", "<29,>=28")]


def run_report(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zmq", *args],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **env},
        check=False,
    )


def test_the_report_of_this_installation() -> None:
    done = run_report()
    assert not done.stderr
    assert done.returncode == 0, done.stdout
    for text in (
        sys.version.split()[0],
        zmq.zmq_version(),
        zmq.__version__,
        "zmq-core",
        "DRAFT_API",
        "cython",
    ):
        assert text in done.stdout
    assert done.stdout.endswith("Problems      none\n")


def test_the_report_as_json() -> None:
    done = run_report("--json", PYTHONPATH="/nowhere", PYZMQ_SECRET="hidden")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["libzmq"]["version"] == zmq.zmq_version()
    assert report["libzmq"]["linkage"] in ("shared", "static")
    assert report["draft_api"] is zmq.DRAFT_API
    assert report["capabilities"]["curve"] is zmq.has("curve")
    assert report["environment"]["PYTHONPATH"] == "/nowhere"
    assert "hidden" not in done.stdout
    names = [one["name"] for one in report["distributions"]]
    assert "zmq-core" in names
    assert report["problems"] == []
    assert report["mend"] is None


def test_help(capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["--help"])
    assert caught.value.code == 0
    assert "exit status is 1" in capsys.readouterr().out


def test_the_main_function(capsys: Any) -> None:
    assert command.main([]) == 0
    assert command.main(["--json"]) == 0
    assert "libzmq" in capsys.readouterr().out


def test_problems_are_shown(capsys: Any, site: Path, monkeypatch: Any) -> None:
    install(site, "pyzmq", "27.0.0", CORE)
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    assert command.main([]) == 1
    shown = capsys.readouterr().out
    assert "Problems of this installation:\n* " in shown
    assert shown.splitlines()[-1].strip() == _report.collect()["mend"]


def test_a_backend_of_somebody_else(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "zmq._build_info", None)
    monkeypatch.delattr(zmq, "_build_info", raising=False)
    report = _report.collect()
    assert report["libzmq"] == {"version": zmq.zmq_version()}
    assert f"\nlibzmq        {zmq.zmq_version()}\n" in _report.render(report)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the installed zmq-core alone."""
    core = next(
        one for one in _installed.find_installed(sys.path) if one.name == "zmq-core"
    )
    if core.editable:
        pytest.skip("installed editable: there is nothing to damage")
    for path in core.record:
        if not path.startswith(".."):
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(Path(core.location, path), target)
    return tmp_path


def report_of(site: Path) -> subprocess.CompletedProcess[str]:
    # -S leaves out the site-packages of this environment
    return subprocess.run(
        [sys.executable, "-S", "-m", "zmq"],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=False,
    )


def test_a_real_installation_that_is_damaged(copied: Path) -> None:
    whole = report_of(copied)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    (copied / "zmq" / "utils" / "jsonapi.py").unlink()
    with (copied / "zmq" / "decorators.py").open("a") as file:
        file.write("# patched\n")
    damaged = report_of(copied)
    assert damaged.returncode == 1
    assert "1 of its files missing: zmq/utils/jsonapi.py" in damaged.stdout
    assert "1 of its files changed: zmq/decorators.py" in damaged.stdout
    version = zmq.__version__
    assert f"--force-reinstall --no-deps zmq-core=={version}\n" in damaged.stdout
    assert f" --upgrade --target {os.path.realpath(copied)} " in damaged.stdout
