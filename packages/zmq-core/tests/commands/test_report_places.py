"""The line that mends what lies elsewhere than pip puts it, or lies there twice."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest
from tests.fixtures.installations import (
    CORE,
    install,
    install_two,
    line,
    only,
    problems,
)

from zmq import _damage, _pip


@pytest.fixture(autouse=True)
def with_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tests run in may have been made by uv, without pip."""
    monkeypatch.setattr(_pip, "find_spec", lambda name: object())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A directory with zmq-core and zmq-log in it."""
    return install_two(tmp_path / "site")


def test_a_directory_that_the_path_has_twice(site: Path, tmp_path: Path) -> None:
    """As lib64 in a virtual environment, where it is a link to lib."""
    link = tmp_path / "lib64"
    link.symlink_to(site, target_is_directory=True)
    assert problems(site, link) == []


def test_metadata_that_an_installer_was_killed_over(site: Path) -> None:
    """pip would neither remove nor replace it: "no RECORD file was found"."""
    left = site / "zmq_ssh-1.0.0.dist-info"
    left.mkdir()
    (left / "METADATA").touch()
    found = problems(site)
    assert only(found).startswith(f"{left} is not complete")
    mend = line(found)
    assert repr(str(left)) in mend
    assert mend.endswith("--force-reinstall --no-deps zmq-ssh==1.0.0")
    (left / "INSTALLER").touch()  # of a distribution of Linux, without a list of files
    assert problems(site) == []


def test_metadata_that_were_left_behind(site: Path) -> None:
    """As by `pip install --upgrade --target`: only they have to go."""
    install(site, "zmq-core", "28.1.0", [*CORE, "zmq/new.py"])
    (site / "zmq/new.py").unlink()
    left = str(site / "zmq_core-28.1.0.dist-info")
    found = problems(site)
    assert only(found).startswith("zmq-core 28.1.0 in ")
    assert line(found) == _pip.install_line([], delete=[left])
    shell = ["cmd", "/c"] if os.name == "nt" else ["sh", "-c"]
    subprocess.run([*shell, line(found)], check=True)
    assert problems(site) == []


def test_an_older_pyzmq_of_which_the_metadata_are_left(site: Path) -> None:
    """Which of both `pip uninstall pyzmq` removes is not known."""
    install(site, "pyzmq", "28.0.0")
    install(site, "pyzmq", "27.3.0", ["zmq/_future.py", "zmq/__init__.py"])
    (site / "zmq/__init__.py").write_text("# zmq-core\n")
    found = problems(site)
    assert only(found).startswith("pyzmq 27.3.0 in ")
    mend = line(found)
    assert repr(str(site / "zmq")) in mend
    assert repr(str(site / "pyzmq-27.3.0.dist-info")) in mend
    assert "uninstall" not in mend
    words = {"zmq-core==28.0.0", "zmq-log==1.0.0", "pyzmq==28.0.0", "--no-deps"}
    assert words <= set(mend.split())
    (site / "zmq/_future.py").unlink()
    assert str(site / "zmq") + "'" not in line(problems(site))


def test_packages_that_are_elsewhere(site: Path) -> None:
    """As by `pip install --target`, which replaces all of a directory at once."""
    into = f" --upgrade --target {site} --force-reinstall "
    (site / "zmq/log.py").unlink()
    mend = line(problems(site), site)
    assert mend.endswith(f"{into}--no-deps zmq-log==1.0.0 zmq-core==28.0.0")
    install(site, "pyzmq", "27.3.0", ["zmq/__init__.py", "zmq/sugar/x.py"])
    mend = line(problems(site), site)
    assert into in mend
    assert "pyzmq>=28" in mend
    assert "zmq-log" not in mend
    assert repr(str(site / "pyzmq-27.3.0.dist-info")) in mend
    assert "uninstall" not in mend


def test_packages_of_this_interpreter(tmp_path: Path) -> None:
    own = sysconfig.get_path("purelib")
    assert _pip.outside(own) is None
    assert _pip.outside(str(tmp_path)) == os.path.realpath(tmp_path)
    # Sources that are used as they are: there is nothing to install into.
    assert "--target" not in _damage.installing_line(["zmq-log"], str(tmp_path))
