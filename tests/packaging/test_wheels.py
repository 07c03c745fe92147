"""What is in the wheels."""

from __future__ import annotations

import re
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path, PurePosixPath

import pytest

from tests.packaging.environments import PACKAGES, ROOT

Wheels = dict[str, Path]


def names(wheel: Path) -> list[PurePosixPath]:
    """Return the paths in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def metadata(wheel: Path) -> Message:
    """Return the fields of METADATA."""
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(path).decode())


def test_every_package_is_installed(wheels: Wheels) -> None:
    """The tests run against all packages of the repository."""
    assert set(wheels) == set(PACKAGES)


def test_core_stays_in_its_place(wheels: Wheels) -> None:
    """The core has files in zmq/ and its dist-info only, besides zmq.py."""
    tops = {path.parts[0] for path in names(wheels["zmq-core"])}
    version = metadata(wheels["zmq-core"])["Version"]
    assert tops == {"zmq", "zmq.py", f"zmq_core-{version}.dist-info"}


def test_core_holds_what_users_need(wheels: Wheels) -> None:
    """Types, and what `cimport zmq` needs, are in the wheel."""
    paths = {str(path) for path in names(wheels["zmq-core"])}
    assert paths >= {
        "zmq/__init__.py",
        "zmq/__init__.pxd",
        "zmq/_build_info.py",
        "zmq/backend/__init__.pxd",
        "zmq/backend/cython/__init__.pxd",
        "zmq/backend/cython/_core.pxd",
        "zmq/backend/cython/_core.pyi",
        "zmq/backend/cython/libzmq.pxd",
        "zmq/include/zmq.h",
        "zmq/py.typed",
    }


def test_core_holds_no_more(wheels: Wheels) -> None:
    """Sources of the extension stay out, and there is one extension."""
    paths = [
        path
        for path in names(wheels["zmq-core"])
        if path.name != "entry_points.txt"  # of the command
    ]
    suffixes = {path.suffix for path in paths}
    assert not suffixes & {".pyx", ".pxi", ".c", ".cpp", ".pyc", ".txt", ".cmake"}
    compiled = [path.name for path in paths if path.suffix in (".so", ".pyd")]
    assert len(compiled) == 1
    backend = "_native." if sys.implementation.name == "pypy" else "_core."
    assert compiled[0].startswith(backend)


# Copies of what an upgrade deletes: test_other_pyzmq.py tells which.
SPARE = PurePosixPath("zmq", "_spare", "site-packages", "zmq")
SIBLINGS = sorted(set(PACKAGES) - {"zmq-core", "pyzmq"})


@pytest.mark.parametrize("name", SIBLINGS)
def test_a_sibling_stays_in_its_place(wheels: Wheels, name: str) -> None:
    """It holds its own modules below zmq/, typed, and never zmq/__init__.py."""
    source = PACKAGES[name] / "src" / "zmq"
    own = {path.name for path in source.iterdir() if path.name != "__pycache__"}
    packages = {part for part in own if (source / part).is_dir()}
    paths = names(wheels[name])
    code = [path for path in paths if ".dist-info" not in path.parts[0]]
    copies = {path.relative_to(SPARE) for path in code if SPARE in path.parents}
    code = [path for path in code if SPARE not in path.parents]
    assert {path.parts[:2] for path in code} == {("zmq", part) for part in own}
    assert {path.parts[0] for path in copies} <= own
    assert {PurePosixPath("zmq", part, "py.typed") for part in packages} <= set(code)
    assert "LICENSE" in {path.name for path in set(paths) - set(code)}


def test_no_path_is_shipped_twice(wheels: Wheels) -> None:
    """Removing one distribution cannot take files from another."""
    owner: dict[PurePosixPath, str] = {}
    for name, wheel in wheels.items():
        for path in names(wheel):
            assert owner.setdefault(path, name) == name, path


def test_meta_package(wheels: Wheels) -> None:
    """The meta-package holds metadata only, and needs every other package."""
    paths = names(wheels["pyzmq"])
    assert all(path.parts[0].endswith(".dist-info") for path in paths)
    required = metadata(wheels["pyzmq"]).get_all("Requires-Dist") or []
    plain = {re.split("[^a-z-]", line)[0] for line in required if "extra" not in line}
    assert plain == set(PACKAGES) - {"pyzmq"}


def test_extras_of_the_meta_package(wheels: Wheels) -> None:
    """Each forwards to extras that exist, is explained, and is part of `all`."""
    fields = metadata(wheels["pyzmq"])
    readme = (PACKAGES["pyzmq"] / "README.md").read_text()
    forwarded: dict[str, set[str]] = {}
    for line in fields.get_all("Requires-Dist") or []:
        found = re.match(r"([a-z-]+)\[(.*?)\].*extra == '(.*)'", line)
        if found:
            target, names, extra = found.groups()
            offered = metadata(wheels[target]).get_all("Provides-Extra") or []
            assert set(names.split(",")) <= set(offered), line
            forwarded.setdefault(extra, set()).add(f"{target}[{names}]")
    assert set(forwarded) == set(fields.get_all("Provides-Extra") or [])
    assert forwarded.pop("all") == set().union(*forwarded.values())
    assert [extra for extra in forwarded if f"pyzmq[{extra}]" not in readme] == []


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_metadata(wheels: Wheels, name: str) -> None:
    """Every package says the same about licence, Python, and where it is described."""
    fields = metadata(wheels[name])
    assert fields["Name"] == name
    assert fields["Requires-Python"] == ">=3.9"
    assert fields["License-Expression"] == "BSD-3-Clause"
    assert fields["Description-Content-Type"] == "text/markdown"
    assert (PACKAGES[name] / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    version = fields["Version"]
    assert f"\n## {version}\n" in (PACKAGES[name] / "CHANGELOG.md").read_text()
