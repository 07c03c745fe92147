"""Importing parts of zmq that are not installed names the line that installs them."""

from __future__ import annotations

import shutil
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

PARTS = {
    "asyncio": "zmq-asyncio",
    "auth": "zmq-auth",
    "auth.thread": "zmq-auth",
    "devices": "zmq-devices",
    "eventloop.zmqstream": "'zmq-tornado[tornado]'",
    "green": "'zmq-green[gevent]'",
    "log.handlers": "zmq-log",
    "ssh": "zmq-ssh",
    "trio": "'zmq-trio[trio]'",
}


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with zmq-core and nothing else."""
    target: Path = tmp_path_factory.mktemp("core")
    for file in distribution("zmq-core").files or ():
        if file.parts[0] in ("zmq", "zmq.py") and file.suffix != ".pyc":
            path = target / file
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), path)
    return target


@pytest.fixture
def run(core: Path, run_python: Any) -> Any:
    """Run code with zmq-core alone."""

    def run(code: str) -> None:
        where = f"import sys; sys.path.insert(0, {str(core)!r})\n"
        run_python(where + code, options=("-I", "-S"))

    return run


@pytest.mark.parametrize("part", PARTS)
def test_the_error_names_the_line(run: Any, part: str) -> None:
    name = part.partition(".")[0]
    run(f"""
import zmq
for statement in (
    "import zmq.{part}",
    "from zmq import {name}",
    "from zmq import Context, {name} as part",
    "from zmq.{part} import something",
    "import importlib; importlib.import_module('zmq.{part}')",
):
    try:
        exec(statement)
    except ModuleNotFoundError as error:
        assert "No module named 'zmq.{name}'" in str(error), (statement, error)
        # by pip, or by uv where the environment has no pip
        assert " install " in str(error), (statement, error)
        assert {PARTS[part]!r} in str(error).partition(" install ")[2], error
        assert "not installed" in str(error)
    else:
        raise AssertionError(statement)
""")


def test_asking_for_a_part_is_no_error(run: Any) -> None:
    run("""
import importlib.util
import zmq
assert importlib.util.find_spec("zmq.asyncio") is None
assert not hasattr(zmq, "asyncio")
for name in ("zmq.nonsense", "zmq.utils.nonsense"):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        assert str(error) == f"No module named {name!r}", error
        assert error.name == name
try:
    from zmq import nonsense
except ImportError as error:
    assert "cannot import name" in str(error), error
assert "zmq._absent" in sys.modules
import zmq.utils.z85
""")


def test_nothing_of_it_is_loaded_before(run: Any) -> None:
    run("""
import zmq
assert "zmq._absent" not in sys.modules and "importlib.metadata" not in sys.modules
""")
