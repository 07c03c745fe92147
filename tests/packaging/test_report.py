"""The line that `python -m zmq` names for a damaged installation mends it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.packaging.environments import ROUND_TRIP, Environment, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

OLD = "pyzmq>=27,<28"


@pytest.fixture(params=["pip", "uv"])
def damaged(request: pytest.FixtureRequest, tmp_path: Path) -> Environment:
    """An environment to damage, with pip or without."""
    options = ["--seed"] if request.param == "pip" else []
    return Environment.create(tmp_path / request.param, *options)


def mend(environment: Environment, wheels: Path) -> None:
    """Run the last line of the report in a shell that knows only our wheels."""
    report = run(environment.executable, "-m", "zmq", check=False)
    assert report.returncode == 1, report.stdout
    assert "Problems of this installation" in report.stdout
    line = report.stdout.splitlines()[-1].strip()
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": str(wheels),
    }
    shell = ["cmd", "/c"] if os.name == "nt" else ["sh", "-c"]
    run(*shell, line, **offline)
    assert environment.module("zmq").splitlines()[-1].split() == ["Problems", "none"]
    assert environment.python(ROUND_TRIP) == "works"


def test_core_beside_the_old_pyzmq(
    damaged: Environment, wheels: dict[str, Path]
) -> None:
    damaged.install(OLD)
    damaged.install("--no-deps", wheels["zmq-core"])
    mend(damaged, wheels["zmq-core"].parent)


def test_files_that_were_lost_and_changed(
    damaged: Environment, wheels: dict[str, Path]
) -> None:
    damaged.install("--no-deps", wheels["zmq-core"])
    package = damaged.site / "zmq"
    (package / "decorators.py").unlink()
    # a new file: uv shares the installed one with its cache
    z85 = package / "utils" / "z85.py"
    text = z85.read_text()
    z85.unlink()
    z85.write_text(f"{text}# patched\n")
    mend(damaged, wheels["zmq-core"].parent)
