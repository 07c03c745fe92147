"""Installations in directories of their own, and those that were interrupted."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.packaging.environments import NEEDED, ROOT, ROUND_TRIP, Environment, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

OLD = "pyzmq==27.3.0"
# pip, which is killed as soon as it does something to a certain file.
KILLED = """
import os, re, signal, sys
def hook(event, arguments):
    if event == sys.argv[1] and (event != "open" or "w" in str(arguments[1])):
        if re.search(sys.argv[2], os.path.realpath(str(arguments[0]))):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from pip._internal.cli.main import main
sys.exit(main(sys.argv[3:]))
"""


def shell(line: str, **variables: str) -> None:
    """Run a line that was printed."""
    command = ["cmd", "/c"] if os.name == "nt" else ["sh", "-c"]
    run(*command, line, **variables)


@pytest.fixture(params=["pip", "uv"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Environment:
    """An environment with pip, or without."""
    options = ["--seed"] if request.param == "pip" else []
    return Environment.create(tmp_path / request.param, *options)


@pytest.fixture
def offline(wheels: dict[str, Path]) -> dict[str, str]:
    """Variables with which only our wheels are installed."""
    if NEEDED:
        pytest.skip("cffi is needed too, which PyPy brings")
    directory = str(wheels["zmq-core"].parent)
    variables = {"NO_INDEX": "1", "FIND_LINKS": directory}
    return {f"{tool}_{k}": v for k, v in variables.items() for tool in ("PIP", "UV")}


def test_a_directory_of_its_own(
    environment: Environment, tmp_path: Path, offline: dict[str, str]
) -> None:
    """The line leads into it, and what else is there is not lost."""
    target = tmp_path / "own packages"
    environment.install("--target", target, OLD)
    environment.install("--target", target, "zmq-core", "zmq-log", **offline)
    variables = {"PYTHONPATH": str(target), **offline}

    def report() -> str:
        command = [environment.executable, "-m", "zmq"]
        return run(*command, check=False, **variables).stdout.splitlines()[-1].strip()

    line = report()
    assert "--target" in line
    shell(line, **variables)
    assert report().split() == ["Problems", "none"]
    assert environment.python(ROUND_TRIP, **variables) == "works"
    (target / "zmq" / "decorators.py").unlink()
    shell(report(), **variables)
    assert report().split() == ["Problems", "none"]
    code = "import zmq.decorators, zmq.log; print(zmq.__file__)"
    found = environment.python(code, **variables)
    assert Path(found) == target / "zmq" / "__init__.py"


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("environment", ["pip"], indirect=True)
@pytest.mark.parametrize(
    ("event", "file"),
    [
        # Of the new core there are few files, or all, while the old pyzmq is there too.
        ("open", r"/site-packages/zmq/_command/info\.py$"),
        ("open", r"/site-packages/zmq_log-.*/METADATA$"),
        # The old one is being deleted.
        ("os.rename", r"/site-packages/zmq/sugar/.*\.py$"),
    ],
)
def test_an_upgrade_that_was_killed(
    environment: Environment, offline: dict[str, str], event: str, file: str
) -> None:
    """The next import works, or says what to do; and what it says, works."""
    environment.install(OLD)
    pip = ["-q", "--disable-pip-version-check", "install", "--upgrade", "pyzmq"]
    command = [environment.executable, "-c", KILLED, event, file, *pip]
    done = run(*command, check=False, **offline)
    assert done.returncode == -9, done.stdout
    said = run(environment.executable, "-m", "zmq", check=False).stdout
    if event == "open":
        line = re.findall(r"(?m)^ +(\S.* install .*)$", said)[-1]
        assert str(environment.executable) in line
        shell(line, **offline)
    assert environment.module("zmq").splitlines()[-1].split() == ["Problems", "none"]
    assert environment.python(ROUND_TRIP) == "works"


def test_going_back_for_good(
    environment: Environment, wheels: dict[str, Path], offline: dict[str, str]
) -> None:
    """The commands of the page remove everything, directories too."""
    page = (ROOT / "docs" / "how-to" / "upgrading.md").read_text()
    found = re.search(r"\$ python (-m pip uninstall [^$]*)\n\$", page)
    assert found is not None
    if not (environment.site / "pip").exists():
        pytest.skip("these commands are pip's")
    environment.install(*wheels.values())
    environment.python(ROUND_TRIP)
    words = found.group(1).replace("\\", " ").split()
    run(environment.executable, *words)
    assert [p for p in environment.site.rglob("*") if "zmq" in p.name] == []
