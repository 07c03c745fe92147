"""Installing: from a wheel alone, from a source archive, and editable."""

from __future__ import annotations

import os
import re
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import CORE, PACKAGES, ROUND_TRIP, Environment, run

SIBLINGS = sorted(set(PACKAGES) - {"zmq-core", "pyzmq"})


def test_core_alone(environment: Environment, wheels: dict[str, Path]) -> None:
    """The core's wheel needs nothing else on CPython."""
    environment.install("--no-index", wheels["zmq-core"])
    assert environment.names() == "zmq-core"
    assert environment.python(ROUND_TRIP) == "works"
    assert "28." in environment.python("import zmq; print(zmq.pyzmq_version())")


def test_report(environment: Environment, wheels: dict[str, Path]) -> None:
    """`python -m zmq` tells how libzmq was found."""
    environment.install("--no-index", wheels["zmq-core"])
    printed = environment.module("zmq")
    found_by = environment.python("import zmq._build_info as i; print(i.FOUND_BY)")
    assert f"found by {found_by}" in printed
    assert re.search(r"Problems +none", printed)


def test_names_in_tracebacks(environment: Environment, wheels: dict[str, Path]) -> None:
    """Lines of the extension are named by their place in the package."""
    environment.install("--no-index", wheels["zmq-core"])
    code = """
        import traceback, zmq
        try:
            zmq.Socket(zmq.Context(), -1)
        except zmq.ZMQError as error:
            print(*(f.filename for f in traceback.extract_tb(error.__traceback__)))
    """
    names = environment.python(code).split()
    assert [name for name in names if name.startswith("zmq/backend/cython/")]


@pytest.mark.parametrize("name", SIBLINGS)
def test_sibling_on_core(
    environment: Environment, wheel_links: list[str], name: str
) -> None:
    """Each package installs with what it needs of ours, and no framework."""
    environment.install(*wheel_links, name)
    assert "zmq-core" in environment.names().split()
    assert environment.python(ROUND_TRIP) == "works"


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_tests_of_source_archive(
    build: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    """Unpacked, a source archive finds all that its tests import, with its settings."""
    if name == "zmq-green":
        pytest.importorskip("gevent")
    archive = build(PACKAGES[name], "--sdist")
    with tarfile.open(archive) as files:
        if hasattr(tarfile, "data_filter"):
            files.extraction_filter = tarfile.data_filter  # from 3.14 on the default
        files.extractall(tmp_path)
    (directory,) = tmp_path.iterdir()
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    done = run(*command, "-p", "no:cacheprovider", cwd=directory)
    assert "test_" in done.stdout


def test_parts_of_another_pyzmq(
    environment: Environment, wheels: dict[str, Path], tmp_path: Path
) -> None:
    """Of an older one that the environment sees, its system's say, nothing is used."""
    package = tmp_path / "system" / "zmq"
    package.mkdir(parents=True)
    for name in ("__init__.py", "asyncio.py", "constants.py"):
        (package / name).write_text("raise Exception(__file__)")
    environment.install("--no-index", wheels["zmq-core"])
    (environment.site / "system.pth").write_text(str(package.parent))
    assert environment.python(ROUND_TRIP) == "works"
    error, *_ = environment.import_error("import zmq.asyncio")
    assert "it is part of zmq-asyncio, which is not installed" in error


def test_files_of_another_pyzmq(
    environment: Environment, wheels: dict[str, Path]
) -> None:
    """Among ours they are warned of: the core was installed beside an older pyzmq."""
    environment.install("--no-index", wheels["zmq-core"])
    (environment.site / "zmq" / "_future.py").touch()
    command = [environment.executable, "-c", "import zmq; print(zmq.PUSH.name)"]
    warning, *others = run(*command).stdout.splitlines()
    assert "RuntimeWarning: in " in warning
    (line,) = (other for other in others if " pip install " in other)
    assert f"{environment.executable}" in line
    assert "PUSH" in others
    assert environment.python(ROUND_TRIP) == "works"
    shell = ["cmd", "/c"] if os.name == "nt" else ["sh", "-c"]
    here = {"NO_INDEX": "1", "FIND_LINKS": str(wheels["zmq-core"].parent)}
    offline = {f"{tool}_{k}": v for k, v in here.items() for tool in ("PIP", "UV")}
    run(*shell, line, **offline)
    assert run(*command).stdout == "PUSH\n"


@contextmanager
def stray(package: Path) -> Iterator[None]:
    """Leave behind what running the tests may leave, for a while."""
    cache = package / "tests" / "__pycache__"
    cache.mkdir(exist_ok=True)
    compiled = cache / "stray.pyc"
    compiled.touch()
    try:
        yield
    finally:
        compiled.unlink()
        if not any(cache.iterdir()):
            cache.rmdir()


@pytest.mark.parametrize("name", sorted(set(PACKAGES) - {"zmq-core"}))
def test_source_archive(build: Callable[..., Path], name: str) -> None:
    """The source archives hold code, tests and licence, and build to wheels."""
    with stray(PACKAGES[name]):
        archive = build(PACKAGES[name], "--sdist")
    with tarfile.open(archive) as files:
        paths = {member.name.partition("/")[2] for member in files.getmembers()}
    assert paths >= {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml"}
    assert not [path for path in paths if path.endswith(".pyc")]
    assert build(archive, "--wheel").suffix == ".whl"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_core_from_source_archive(
    build: Callable[..., Path], environment: Environment
) -> None:
    """The core builds from its source archive, in which no C is prepared."""
    with stray(CORE):
        archive = build(CORE, "--sdist")
    with tarfile.open(archive) as files:
        paths = {member.name.partition("/")[2] for member in files.getmembers()}
    assert {"CMakeLists.txt", "src/zmq.py", "src/zmq/backend/cython/_core.pyx"} <= paths
    # nothing that was made from these
    assert not [path for path in paths if path.endswith((".so", ".pyc"))]
    assert not [path for path in paths if re.search(r"/cython/.*\.c$", path)]
    assert "src/zmq/backend/native/send.c" in paths
    environment.install("--no-index", build(archive, "--wheel"))
    assert environment.python(ROUND_TRIP) == "works"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_editable(environment: Environment) -> None:
    """The core and a sibling work editable, each in its own directory."""
    environment.install("-e", CORE)
    assert environment.python(ROUND_TRIP) == "works"
    origin = environment.python("import zmq; print(zmq.__file__)")
    assert Path(origin) == CORE / "src" / "zmq" / "__init__.py"
    for name in SIBLINGS:
        directory = PACKAGES[name] / "src" / "zmq"
        environment.install("--no-deps", "-e", PACKAGES[name])
        for init in directory.glob("*/__init__.py"):
            found = f"""
                import importlib.util
                print(importlib.util.find_spec("zmq.{init.parent.name}").origin)
            """
            assert environment.python(found) == str(init)
    assert environment.python(ROUND_TRIP) == "works"
