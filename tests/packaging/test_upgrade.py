"""Upgrading from the pyzmq from before it was divided, and back, with installers."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.environments import Environment, run, uv
from tests.packaging.index import serve, write_index
from tests.packaging.installers import INSTALLERS, Installer, Pip
from tests.packaging.mending import files

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

# Every file that the installed distributions recorded must be there.
COMPLETE = """
    from importlib.metadata import distributions
    lost = []
    for distribution in distributions():
        if distribution.metadata["Name"].startswith(("zmq-", "pyzmq")):
            for line in distribution.read_text("RECORD").splitlines():
                path = line.split(",")[0]
                if not distribution.locate_file(path).exists():
                    lost.append(path)
    lost = [path for path in lost if not path.endswith(".pyc")]
    print("complete" if not lost else lost)
"""
# All flavours, as a program that was written for either version uses them.
USE = """
    import asyncio
    import zmq, zmq.asyncio, zmq.auth, zmq.devices, zmq.log.handlers, zmq.ssh

    def use(module):
        with module.Context() as context:
            with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
                a.bind("inproc://a")
                b.connect("inproc://a")
                b.send_multipart([b"one", b"two"])
                assert a.recv_multipart() == [b"one", b"two"]

    async def use_asynchronously(module):
        with module.Context() as context:
            with context.socket(zmq.PAIR) as a, context.socket(zmq.PAIR) as b:
                a.bind("inproc://a")
                b.connect("inproc://a")
                await b.send(b"one")
                assert await a.recv() == b"one"

    use(zmq)
    asyncio.run(use_asynchronously(zmq.asyncio))
    try:
        import gevent
    except ImportError:
        pass
    else:
        import zmq.green
        use(zmq.green)
    from zmq.eventloop import future, zmqstream
    asyncio.run(use_asynchronously(future))
    print(zmq.pyzmq_version(), zmq.Context().__class__.__module__)
"""
# gevent has no wheel for free-threaded CPython, nor has the newest pyzmq.
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
# cffi has one from 3.14 on.
WITHOUT_CFFI = FREE_THREADED and sys.version_info < (3, 14)
NEWEST = "27.1.0" if FREE_THREADED else "27.3.0"
OLDEST = NEWEST if sys.version_info >= (3, 14) else "26.4.0"
# Each old version, with something else that is imported first.
FROM = [
    ("26.4.0", "from zmq.eventloop import zmqstream"),
    (NEWEST, "import zmq.asyncio" if FREE_THREADED else "import zmq.green"),
]
KERNEL = """
    from jupyter_client.manager import start_new_kernel
    manager, client = start_new_kernel(startup_timeout=120)
    client.execute_interactive("print('works')", timeout=120)
    client.stop_channels()
    manager.shutdown_kernel()
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with links to the programs, which do not go together."""
    directory = tmp_path_factory.mktemp("tools")
    # Without the extra, pdm takes a hishel that is too new for it.
    requirements = {"poetry": "poetry", "pdm": "pdm[locked]"}
    if WITHOUT_CFFI:
        del requirements["poetry"]
    for name, requirement in requirements.items():
        environment = Environment.create(directory / "environments" / name)
        environment.install(requirement)
        (directory / name).symlink_to(environment.executable.with_name(name))
    return directory


@pytest.fixture(scope="module")
def index(
    tmp_path_factory: pytest.TempPathFactory, wheels: dict[str, Path]
) -> Iterator[str]:
    """Return the address of an index with the old and the new."""
    directory = tmp_path_factory.mktemp("index")
    pip = Environment.create(directory / "env", "--seed").executable
    for version in {OLDEST, NEWEST}:
        options = ["--no-deps", "--only-binary=:all:", "-d", directory / "old"]
        run(pip, "-m", "pip", "-q", "download", *options, f"pyzmq=={version}")
    # What it needs on PyPy, Poetry wants to know of on CPython too.
    # Where it does not build, that for an interpreter with the GIL will do.
    options = []
    if WITHOUT_CFFI:
        options = ["--only-binary=:all:", "--python-version=3.13", "--abi=cp313"]
    run(pip, "-m", "pip", "-q", "download", *options, "-d", directory / "old", "cffi")
    write_index(directory, [*wheels.values(), *(directory / "old").glob("*.whl")])
    with serve(directory) as address:
        yield address


@pytest.fixture(params=sorted(INSTALLERS))
def installer(
    request: pytest.FixtureRequest, tmp_path: Path, index: str, tools: Path
) -> Installer:
    """Return an installer, and an environment with frameworks."""
    if request.param == "poetry" and WITHOUT_CFFI:
        pytest.skip("Poetry needs cffi, which 3.13 does not build without the GIL")
    seed = ["--seed"] if request.param.startswith("pip") else []
    environment = Environment.create(tmp_path / "env", *seed)
    # The newest gevent has no wheel for it, and takes minutes to build.
    options = ["--only-binary=gevent"] if sys.version_info < (3, 10) else []
    frameworks = ["tornado"] if FREE_THREADED else ["gevent", "tornado"]
    environment.install(*options, *frameworks)
    return INSTALLERS[request.param](environment, index, tools)


def version(environment: Environment) -> str:
    """Use everything, and return the version."""
    done = run(environment.executable, "-c", dedented(USE), cwd=environment.directory)
    return done.stdout.splitlines()[-1].split()[0]


def dedented(code: str) -> str:
    """Return code without the indentation of this file."""
    return "\n".join(line[4:] for line in code.splitlines())


def assert_works(environment: Environment) -> None:
    """The new version is there, whole, and moves messages."""
    assert version(environment).startswith("28.")
    assert environment.python(COMPLETE) == "complete"
    assert re.search(r"Problems +none", environment.module("zmq"))
    uv("pip", "check", "--python", environment.executable)


@pytest.mark.parametrize(("old", "first"), FROM)
def test_upgrade(installer: Installer, old: str, first: str) -> None:
    """Whatever is imported first works, then everything; removing leaves nothing."""
    if old not in (OLDEST, NEWEST):
        pytest.skip("has no wheels for this Python")
    environment = installer.environment
    before = files(environment.site)
    installer.pyzmq(f"=={old}")
    assert version(environment) == old
    installer.pyzmq(">=28")
    assert environment.python(f"{first}; print(1)") == "1"
    assert_works(environment)
    ours = {
        path.name.split("-")[0] for path in environment.site.glob("*zmq*.dist-info")
    }
    uv("pip", "uninstall", "-q", "--python", environment.executable, *ours)
    after = files(environment.site)
    assert {name for name in after - before if "zmq" in name} == set()


def test_back_and_up_again(installer: Installer) -> None:
    """The old one works where 28 was, and 28 where that was put over it."""
    environment = installer.environment
    installer.pyzmq(">=28")
    assert_works(environment)
    for _ in range(2):
        installer.pyzmq(f"=={NEWEST}")
        assert version(environment) == NEWEST
        # Some installers remove what the older one does not need.
        if any(environment.site.glob("zmq_core-*.dist-info")):
            command = [environment.executable, "-m", "zmq"]
            assert f"pyzmq {NEWEST} in " in run(*command, check=False).stdout
        installer.pyzmq(">=28")
        assert_works(environment)


def test_a_kernel_of_jupyter(tmp_path: Path, index: str, tools: Path) -> None:
    """It starts after an upgrade, without anything that mends before."""
    environment = Environment.create(tmp_path / "env", "--seed")
    environment.install("ipykernel", f"pyzmq=={NEWEST}")
    Pip(environment, index, tools).pyzmq(">=28")
    first = "import ipykernel.kernelapp"
    run(environment.executable, "-c", first, cwd=environment.directory)
    done = run(
        environment.executable, "-c", dedented(KERNEL), cwd=environment.directory
    )
    assert "works" in done.stdout
