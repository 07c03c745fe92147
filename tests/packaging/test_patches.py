"""What packages/zmq-core/patches changes in the bundled libzmq, and who decides."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.environments import CORE, run

PATCHES = sorted(CORE.glob("patches/*.patch"))
PROJECT = """
    cmake_minimum_required(VERSION 3.21...4.2)
    project(patching CXX)
    list(APPEND CMAKE_MODULE_PATH "{cmake}")
    include(options)
    set(libzmq_SOURCE_DIR "{sources}")
    set(LIBZMQ_VERSION 4.3.99)
    file(GLOB files "{sources}/src/*.cpp")
    add_library(objects OBJECT ${{files}})
    include(patch-libzmq)
    foreach(patch IN LISTS BUNDLED_LIBZMQ_PATCHES)
      get_filename_component(name "${{patch}}" NAME)
      message(STATUS "applied ${{name}}")
    endforeach()
    get_target_property(files objects SOURCES)
    message(STATUS "compiled ${{files}}")
"""

Configure = Callable[..., "subprocess.CompletedProcess[str]"]


def sides(patch: Path) -> tuple[str, str, str]:
    """Return the file that a patch changes, and what is there before and after it."""
    head, *hunks = patch.read_text().split("\n@@ ")
    before = after = ""
    for hunk in hunks:
        for line in hunk.splitlines()[1:]:
            before += f"{line[1:]}\n" * (line[:1] != "+")
            after += f"{line[1:]}\n" * (line[:1] != "-")
        # Something between them, as in the real file, which C has and CMake minds.
        between = 'const char *s = "a;b\\\\n[${x}@y@"; // ] #\n'
        before, after = before + between, after + between
    (name,) = (line[6:] for line in head.splitlines() if line.startswith("+++ b/"))
    return name, before, after


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a directory with files as the patches expect them."""
    directory = tmp_path / "libzmq"
    for patch in PATCHES:
        name, before, _ = sides(patch)
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(before)
    return directory


@pytest.fixture
def configure(tmp_path: Path, sources: Path) -> Configure:
    """Return a function that configures a project with them, given options."""
    project = tmp_path / "project"
    project.mkdir()
    listing = PROJECT.format(cmake=(CORE / "cmake").as_posix(), sources=sources)
    (project / "CMakeLists.txt").write_text(listing)

    def configure(
        check: bool = True, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        command = ["cmake", "-S", project, "-B", tmp_path / "build", "-G", "Ninja"]
        # A compiler that is not tried is found at once.
        command += ["-DCMAKE_CXX_COMPILER_WORKS=1", "-DCMAKE_CXX_ABI_COMPILED=1"]
        return run(*command, check=check, **variables)

    return configure


def applied(printed: str) -> list[str]:
    """Return the patches that a configuration names."""
    lines = printed.splitlines()
    return sorted(line.split()[-1] for line in lines if line.startswith("-- applied"))


def test_heads() -> None:
    """Each patch says what it is, why, and what upstream does; it is of one file."""
    assert PATCHES
    for patch in PATCHES:
        head = patch.read_text().partition("\n--- ")[0]
        for word in ("Subject", "Cause", "Effect", "Upstream", "License"):
            assert f"{word}: " in head, patch.name
        assert patch.read_text().count("\n--- a/") == 1
    changed = [sides(patch)[0] for patch in PATCHES]
    assert len(set(changed)) == len(changed)


@pytest.mark.parametrize("option", ["", "auto", "ON"])
def test_applied(
    configure: Configure, sources: Path, tmp_path: Path, option: str
) -> None:
    """What is compiled is the patched file; the sources stay as they are."""
    printed = configure(PYZMQ_LIBZMQ_PATCHES=option).stdout
    assert applied(printed) == [patch.name for patch in PATCHES]
    (compiled,) = (x for x in printed.splitlines() if x.startswith("-- compiled"))
    for patch in PATCHES:
        name, before, after = sides(patch)
        patched = tmp_path / "build/bundled-libzmq/patched" / Path(name).name
        assert patched.read_text() == after
        assert (sources / name).read_text() == before
        assert str(patched) in compiled
        assert str(sources / name) not in compiled


def test_configured_again(configure: Configure, tmp_path: Path) -> None:
    """What has not changed is not compiled again; OFF leaves all of them out."""
    configure()
    files = sorted(tmp_path.glob("build/bundled-libzmq/patched/*"))
    times = [file.stat().st_mtime_ns for file in files]
    configure()
    assert times == [file.stat().st_mtime_ns for file in files]
    printed = configure(PYZMQ_LIBZMQ_PATCHES="OFF").stdout
    assert not applied(printed)
    assert "patched/" not in printed


def test_other_sources(configure: Configure, sources: Path) -> None:
    """A patch that does not fit is left out with a warning, or is an error with ON."""
    name = sides(PATCHES[0])[0]
    text = (sources / name).read_text()
    (sources / name).write_text(text.replace("zmq", "qmz").replace("_", "__"))
    printed = configure().stdout
    assert applied(printed) == [patch.name for patch in PATCHES[1:]]
    assert "CMake Warning" in printed
    assert f"patch {PATCHES[0].stem} does not fit" in " ".join(printed.split())
    refused = configure(check=False, PYZMQ_LIBZMQ_PATCHES="ON")
    assert refused.returncode
    words = " ".join(refused.stdout.split())
    assert f"patch {PATCHES[0].stem} does not fit" in words
    assert "PYZMQ_LIBZMQ_PATCHES=OFF" in words
    assert not applied(configure(PYZMQ_LIBZMQ_PATCHES="OFF").stdout)


@pytest.mark.parametrize("lines", ["missing", "twice"])
def test_ambiguous(configure: Configure, sources: Path, lines: str) -> None:
    """A file that is not there does not fit, nor one that has the place twice."""
    path = sources / sides(PATCHES[0])[0]
    text = path.read_text()
    path.unlink()
    if lines == "twice":
        path.write_text(text + text)
    assert applied(configure().stdout) == [patch.name for patch in PATCHES[1:]]


def test_wrong_value(configure: Configure) -> None:
    """A value that is none is refused, with those that there are."""
    refused = configure(check=False, PYZMQ_LIBZMQ_PATCHES="perhaps")
    assert refused.returncode
    words = " ".join(refused.stdout.split())
    assert "PYZMQ_LIBZMQ_PATCHES is ON, OFF or auto, not 'perhaps'" in words
