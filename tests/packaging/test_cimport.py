"""Cython modules of users compile and link against the installed package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import zmq

SETUP = """
import sys
import zmq
from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    name="direct",
    script_args=["-q", "build_ext", "--inplace"],
    ext_modules=cythonize(
        Extension(
            "direct",
            ["direct.pyx"],
            include_dirs=zmq.get_includes(),
            library_dirs=zmq.get_library_dirs(),
            libraries=sys.argv[1:],
        ),
        language_level=3,
        quiet=True,
    ),
)
"""
# Classes only: these need nothing of libzmq at link time.
CLASSES = """
from libc.stdint cimport uintptr_t
from zmq cimport Context, Frame, Socket

def address(Socket socket):
    return <uintptr_t>socket.handle

def context_address(Context context):
    return <uintptr_t>context.handle

def size(Frame frame):
    return len(frame)
"""
FUNCTIONS = """
cimport zmq
from zmq cimport Socket, libzmq

def version():
    cdef int major, minor, patch
    libzmq.zmq_version(&major, &minor, &patch)
    return major, minor, patch

def send(Socket socket, bytes data):
    return libzmq.zmq_send(socket.handle, <char *>data, len(data), 0)

def receive(zmq.Socket socket):
    cdef char[100] buffer
    size = zmq.zmq_recv(socket.handle, buffer, sizeof(buffer), 0)
    return buffer[:size]

PAIR = zmq.ZMQ_PAIR
"""


def run_module(directory: Path, source: str, code: str, *libraries: str) -> str:
    """Compile the module `direct`, run code that may import it, return its output."""
    (directory / "setup.py").write_text(SETUP)
    (directory / "direct.pyx").write_text(source)
    output = ""
    for command in (["setup.py", *libraries], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=directory,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        output = done.stdout
    return output.strip()


def test_directories_exist() -> None:
    """What is handed to the compiler exists, and holds zmq.h."""
    includes = [Path(path) for path in zmq.get_includes()]
    assert all(path.is_dir() for path in includes)
    assert any((path / "zmq.h").exists() for path in includes)
    assert all(Path(path).is_dir() for path in zmq.get_library_dirs())


@pytest.mark.timeout(120)
def test_classes(tmp_path: Path) -> None:
    """The compiled classes show their handles: those which shadow() takes."""
    code = """
import zmq, direct
with zmq.Context() as context, context.socket(zmq.PUB) as socket:
    assert direct.address(socket) == socket.underlying
    assert direct.context_address(context) == context.underlying
    assert direct.size(zmq.Frame(b"four")) == 4
print("works")
"""
    assert run_module(tmp_path, CLASSES, code) == "works"


@pytest.mark.timeout(120)
def test_functions(tmp_path: Path) -> None:
    """libzmq's functions work on our sockets, where there is a libzmq to link."""
    from zmq import _build_info

    if _build_info.LINKAGE == "static":
        pytest.skip("the libzmq inside the extension is hidden")
    code = """
import zmq, direct
assert direct.version() == zmq.zmq_version_info()
assert direct.PAIR == zmq.PAIR
with zmq.Context() as context:
    with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
        a.bind("inproc://direct")
        b.connect("inproc://direct")
        assert direct.send(a, b"from C") == 6
        assert b.recv() == b"from C"
        b.send(b"to C")
        print(direct.receive(a).decode())
"""
    assert run_module(tmp_path, FUNCTIONS, code, "zmq") == "to C"
