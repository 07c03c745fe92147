"""What the meta-package promises: after its installation every module is there."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib.machinery import PathFinder
from importlib.metadata import requires
from pathlib import Path

import pytest

import zmq

# Backends that this interpreter has not got: each is built where it is of use.
NOT_BUILT = tuple(
    f"zmq.backend.{name}"
    for name, compiled in (("cffi", "_native"), ("cython", "_core"))
    if PathFinder.find_spec(compiled, [str(Path(zmq.backend.__file__).parent / name)])
    is None
)
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(zmq.__path__, "zmq.", onerror=lambda name: None)
    if "._" not in module.name and not module.name.startswith(NOT_BUILT)
)
# What needs a framework that an extra brings, with all that is below it.
FRAMEWORKS = {
    "zmq.auth.ioloop": "tornado",
    "zmq.eventloop": "tornado",
    "zmq.green": "gevent",
    "zmq.green.eventloop": "tornado",
    "zmq.trio": "trio",
}
# Some are deprecated as a whole.
OPTIONS = ("-W", "error", "-W", "ignore::DeprecationWarning")


def import_alone(name: str, *blocked: str) -> subprocess.CompletedProcess[str]:
    """Import a module in a new interpreter that has not got some others."""
    code = (
        "import importlib, sys\n"
        f"sys.modules.update(dict.fromkeys({blocked!r}))\n"
        f"importlib.import_module({name!r})"
    )
    return subprocess.run(
        [sys.executable, *OPTIONS, "-c", code],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_part_is_there():
    parts = "asyncio auth devices eventloop green log ssh trio utils"
    assert {f"zmq.{part}" for part in parts.split()} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_can_be_imported_first(name):
    """Whatever a program imports first: nothing counts on another import before."""
    for module, framework in FRAMEWORKS.items():
        if name.startswith(module):
            pytest.importorskip(framework)
    done = import_alone(name)
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("name", "framework", "others"),
    [
        ("zmq.eventloop.zmqstream", "tornado", []),
        ("zmq.green", "gevent", []),
        ("zmq.trio", "trio", ["anyio"]),
    ],
)
def test_a_missing_framework_is_named(name, framework, others):
    """With the line that installs it, which is an extra of a distribution of ours."""
    done = import_alone(name, framework, *others)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError")
    assert "pip install" in last
    assert framework in last


def test_no_framework_is_required():
    needed = [line for line in requires("pyzmq") or () if "extra ==" not in line]
    assert all(line.startswith("zmq-") for line in needed)
