"""The paths of the wheels beside those of the pyzmq from before it was divided.

Going back to it installs its files over ours, and going on deletes them again: then a
path of the one must not stand before what the other imports under the same name.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.packaging.mending import recorded_by_the_other
from zmq._portions import PARTS

pytestmark = pytest.mark.skipif(
    "ZMQ_TEST_PEER" not in os.environ,
    reason="ZMQ_TEST_PEER names no Python with PyPI's pyzmq",
)

MODULE = (".py", ".so", ".pyd")


@pytest.fixture(scope="module")
def theirs() -> set[PurePosixPath]:
    """Return the files of PyPI's pyzmq."""
    return {PurePosixPath(path) for path in recorded_by_the_other()}


@pytest.fixture(scope="module")
def ours(wheels: dict[str, Path]) -> set[PurePosixPath]:
    """Return the files of all our wheels."""
    found: set[PurePosixPath] = set()
    for wheel in wheels.values():
        with zipfile.ZipFile(wheel) as archive:
            names = (PurePosixPath(name) for name in archive.namelist())
            found.update(path for path in names if path.parts[0] == "zmq")
    return found


def modules(paths: set[PurePosixPath]) -> dict[str, set[str]]:
    """Return what each dotted name is found as: "package", or suffixes of a module."""
    found: dict[str, set[str]] = {}
    for path in paths:
        if path.suffix not in MODULE:
            continue
        stem, _, _ = path.name.partition(".")
        if stem == "__init__":
            found.setdefault(".".join(path.parent.parts), set()).add("package")
        else:
            name = ".".join((*path.parent.parts, stem))
            found.setdefault(name, set()).add(path.suffix)
    return found


def test_no_module_hides_one_of_the_other(
    ours: set[PurePosixPath], theirs: set[PurePosixPath]
) -> None:
    """A name that both have is the same kind of file in both, so one replaces it."""
    mine, other = modules(ours), modules(theirs)
    different = {
        name: (mine[name], other[name])
        for name in mine.keys() & other.keys()
        if mine[name] != other[name]
    }
    assert different == {}


def test_a_file_tells_that_both_are_there(
    ours: set[PurePosixPath], theirs: set[PurePosixPath]
) -> None:
    """It is the one whose presence has zmq warn of a mixture."""
    file = PurePosixPath("zmq/_future.py")
    assert file in theirs
    assert file not in ours


def test_what_is_compiled_stays(
    ours: set[PurePosixPath], theirs: set[PurePosixPath]
) -> None:
    """No file but text has a path of the other: only text can be put back."""
    both = {path.suffix for path in ours & theirs}
    assert both <= {".py", ".pyi", ".pxd", ".typed"}


def test_what_is_deleted_has_a_copy(
    wheels: dict[str, Path], theirs: set[PurePosixPath]
) -> None:
    """Every file that has a path of theirs, and the copy is the same, in one wheel."""
    for name, wheel in wheels.items():
        with zipfile.ZipFile(wheel) as archive:
            there = {PurePosixPath(path) for path in archive.namelist()}
            for path in there & theirs:
                copy = PurePosixPath("zmq", "_spare", "site-packages", path)
                assert copy in there, f"{name}: {path} has no copy"
                assert archive.read(str(copy)) == archive.read(str(path)), path


def test_the_last_file_of_each_is_known(
    wheels: dict[str, Path], theirs: set[PurePosixPath]
) -> None:
    """Looking for those files is enough to know that something was deleted."""
    last = {}
    for wheel in wheels.values():
        with zipfile.ZipFile(wheel) as archive:
            there = {PurePosixPath(path) for path in archive.namelist()}
        deleted = sorted(str(p) for p in there & theirs if p.suffix == ".py")
        kept = there - theirs
        if deleted:
            file = PurePosixPath(deleted[-1]).relative_to("zmq")
            last[str(file)] = PARTS[str(file)]
            beside = PurePosixPath("zmq", PARTS[str(file)])
            assert any(path == beside or beside in path.parents for path in kept)
    assert last == PARTS
