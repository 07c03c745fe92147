"""Compile a Cython module against zmq, and let it receive on a socket of Python's."""

import array
import subprocess
import sys
import tempfile
from pathlib import Path

import zmq

SETUP = """
import sys
import zmq
from Cython.Build import cythonize
from setuptools import Extension, setup

extension = Extension(
    "totals",
    ["totals.pyx"],
    include_dirs=zmq.get_includes(),
    library_dirs=zmq.get_library_dirs(),
    libraries=["zmq"],
)
setup(
    name="totals",
    script_args=["-q", "build_ext", "--inplace"],
    ext_modules=cythonize(extension, quiet=True),
)
"""


def build(directory: Path) -> None:
    """Compile totals.pyx in a directory, as the setup.py of a project would."""
    source = Path(__file__).with_name("totals.pyx")
    (directory / source.name).write_bytes(source.read_bytes())
    (directory / "setup.py").write_text(SETUP)
    subprocess.run([sys.executable, "setup.py"], cwd=directory, check=True)
    sys.path.insert(0, str(directory))


def main() -> None:
    """Send a thousand messages, and add them up in C."""
    with tempfile.TemporaryDirectory() as directory, zmq.Context() as context:
        build(Path(directory))
        from totals import total  # it exists only now

        with context.socket(zmq.PUSH) as push, context.socket(zmq.PULL) as pull:
            pull.bind("inproc://numbers")
            push.connect("inproc://numbers")
            for number in range(1000):
                push.send(array.array("d", [number, 0.5]))
            print("the sum is", total(pull, 1000))

            push.send(bytes(10_000))
            try:
                total(pull, 1)
            except ValueError as error:
                print("refused:", error)


if __name__ == "__main__":
    main()
