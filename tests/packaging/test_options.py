"""The options of the build, as environment and as CMake variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.environments import CORE, run

OPTIONS = {
    "ZMQ_PREFIX": "/srv/zmq",
    "ZMQ_DRAFT_API": "ON",
    "PYZMQ_NO_BUNDLE": "ON",
    "PYZMQ_LIBZMQ_VERSION": "4.3.4",
    "PYZMQ_LIBZMQ_URL": "/tmp/zeromq.tar.gz",
    "PYZMQ_LIBZMQ_SHA256": "0123",
    "PYZMQ_LIBZMQ_PATCHES": "OFF",
    "PYZMQ_LIBSODIUM_VERSION": "1.0.19",
    "PYZMQ_LIBSODIUM_URL": "/tmp/libsodium.tar.gz",
    "PYZMQ_LIBSODIUM_SHA256": "4567",
    "PYZMQ_LIBSODIUM_VS_VERSION": "2019",
}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Return a CMake script that prints the options as the build would see them."""
    path = tmp_path / "print.cmake"
    names = [*OPTIONS, "PYZMQ_LIBSODIUM_CONFIGURE_ARGS", "PYZMQ_LIBSODIUM_MSBUILD_ARGS"]
    lines = [f'message(STATUS "{name}=${{{name}}}")' for name in names]
    first = "cmake_minimum_required(VERSION 3.21...4.2)"
    include = f'include("{(CORE / "cmake" / "options.cmake").as_posix()}")'
    path.write_text("\n".join([first, include, *lines]))
    return path


def read(script: Path, *defines: str, **variables: str) -> dict[str, str]:
    """Run the script and return the options."""
    printed = run("cmake", *defines, "-P", script, **variables).stdout
    pairs = (line[3:].partition("=") for line in printed.splitlines())
    return {name: value for name, _, value in pairs}


def test_defaults(script: Path) -> None:
    """Without any option libzmq is searched, and built from a release if need be."""
    found = read(script)
    assert found["ZMQ_PREFIX"] == "auto"
    assert found["ZMQ_DRAFT_API"] == "OFF"
    assert found["PYZMQ_NO_BUNDLE"] == "OFF"
    assert found["PYZMQ_LIBZMQ_VERSION"] == "4.3.5"
    assert found["PYZMQ_LIBZMQ_PATCHES"] == "auto"
    assert found["PYZMQ_LIBSODIUM_CONFIGURE_ARGS"] == ""


@pytest.mark.parametrize("name", OPTIONS)
def test_either_form(script: Path, name: str) -> None:
    """Each option is an environment variable and a CMake variable."""
    value = OPTIONS[name]
    assert read(script, **{name: value})[name] == value
    assert read(script, f"-D{name}={value}")[name] == value


@pytest.mark.parametrize("name", ["ZMQ_PREFIX", "PYZMQ_LIBZMQ_VERSION"])
def test_cmake_wins(script: Path, name: str) -> None:
    """What is given to CMake is taken, whatever the environment says."""
    assert read(script, f"-D{name}=given", **{name: "environment"})[name] == "given"


def test_default_given_to_cmake_wins(script: Path) -> None:
    """A value given to CMake counts also when it is the default."""
    found = read(script, "-DZMQ_PREFIX=auto", ZMQ_PREFIX="bundled")
    assert found["ZMQ_PREFIX"] == "auto"


@pytest.mark.parametrize("value", ["1", "ON", "true"])
def test_draft_under_its_other_name(script: Path, value: str) -> None:
    """The manual's example spells the option ZMQ_BUILD_DRAFT."""
    assert read(script, ZMQ_BUILD_DRAFT=value)["ZMQ_DRAFT_API"] == "ON"


@pytest.mark.parametrize(
    "name", ["PYZMQ_LIBSODIUM_CONFIGURE_ARGS", "PYZMQ_LIBSODIUM_MSBUILD_ARGS"]
)
def test_arguments(script: Path, name: str) -> None:
    """Arguments are a command line in the environment, and a list in CMake."""
    expected = "--without-pthread;--enable-minimal"
    environment = read(script, **{name: "--without-pthread --enable-minimal"})
    assert environment[name] == expected
    assert read(script, f"-D{name}={expected}")[name] == expected
