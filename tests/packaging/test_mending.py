"""An installation from which an upgrade has deleted files mends itself."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Callable

import pytest

from tests.packaging.environments import (
    Environment,
    clean_environment,
    run,
    uv,
)
from tests.packaging.mending import delete_as_pip_does, files, recorded_by_the_other

pytestmark = pytest.mark.skipif(
    "ZMQ_TEST_PEER" not in os.environ,
    reason="ZMQ_TEST_PEER names no Python with PyPI's pyzmq",
)
PARTS = ["asyncio", "auth", "devices", "log", "ssh", "sugar", "utils.z85"]
EVERYTHING = "\n".join(f"import zmq.{part}" for part in PARTS) + "\nprint('works')"


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, wheels: dict[str, Path]
) -> Environment:
    """An environment with everything, as an installer left it."""
    environment = Environment.create(tmp_path_factory.mktemp("whole") / "env")
    copied = "--link-mode=copy"
    compiled = "--compile-bytecode"
    environment.install("--no-index", copied, compiled, "--no-deps", *wheels.values())
    if "COVERAGE_PROCESS_CONFIG" in os.environ:  # the session that counts lines
        environment.install("coverage")
    return environment


@pytest.fixture(scope="module")
def deleted() -> list[str]:
    """Return the paths that an upgrade deletes."""
    return recorded_by_the_other()


@pytest.fixture
def damaged(whole: Environment, deleted: list[str], tmp_path: Path) -> Environment:
    """An environment with everything, of which an upgrade has deleted files."""
    environment = Environment(tmp_path / "env")
    directory = environment.directory
    shutil.copytree(whole.directory, directory, symlinks=True, copy_function=os.link)
    delete_as_pip_does(environment, deleted)
    assert not (environment.site / "zmq" / "__init__.py").exists()
    assert not (environment.site / "zmq" / "asyncio.py").exists()
    return environment


def assert_whole(environment: Environment, whole: Environment) -> None:
    """Everything is there again, as it was, and nothing else."""
    site, original = environment.site, whole.site
    assert files(site) == files(original)
    for path in files(original):
        ours, theirs = site / path, original / path
        assert ours.read_bytes() == theirs.read_bytes()
        assert ours.stat().st_mode == theirs.stat().st_mode
    report = environment.module("zmq")
    assert report.splitlines()[-1].split() == ["Problems", "none"], report


@pytest.mark.parametrize(
    "statement",
    [
        "import zmq",
        "import zmq.asyncio",
        "import zmq.sugar.socket",
        "from zmq.log import handlers",
        "from zmq.auth.thread import ThreadAuthenticator",
        "import importlib; importlib.import_module('zmq.utils.z85')",
        "import runpy; runpy.run_module('zmq.curve_keygen', run_name='x')",
    ],
)
def test_the_next_import_works(
    damaged: Environment, whole: Environment, statement: str
) -> None:
    code = (
        f"{statement}\nimport zmq, sys\nassert zmq is sys.modules['zmq']\n{EVERYTHING}"
    )
    assert damaged.python(code) == "works"
    assert_whole(damaged, whole)


def test_the_report(damaged: Environment, whole: Environment) -> None:
    """`python -m zmq`, which finds zmq.py as a program first."""
    assert damaged.module("zmq").splitlines()[-1].split() == ["Problems", "none"]
    assert_whole(damaged, whole)


@pytest.mark.parametrize("flags", ["-I", "-O", "-B", "-S"])
def test_flags(damaged: Environment, whole: Environment, flags: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(damaged.site)!r})\n{EVERYTHING}"
    command = [damaged.executable, "-W", "error", flags, "-c", code]
    assert run(*command, cwd=damaged.directory).stdout == "works\n"
    assert_whole(damaged, whole)


def test_the_module_is_the_package(damaged: Environment) -> None:
    """What import leaves is as if zmq.py had not been there."""
    code = """
        import sys, zmq
        spec = zmq.__spec__
        print(
            zmq.__name__, zmq.__package__, spec.name, spec.origin == zmq.__file__,
            zmq.__path__ == spec.submodule_search_locations, zmq.__doc__,
            sorted({*vars(zmq)} - {"_mending"}), type(zmq.__loader__),
            len(sys.meta_path),
        )
    """
    assert damaged.python(code) == damaged.python(code)
    reload = "import importlib, zmq; print(importlib.reload(zmq) is zmq, int(zmq.PUSH))"
    assert damaged.python(reload) == "True 8"


def test_threads_that_import_at_once(damaged: Environment) -> None:
    """All get the same module, complete."""
    code = """
        import sys, threading
        sys.setswitchinterval(1e-6)
        ready, found = threading.Barrier(16), []
        def load():
            ready.wait()
            import zmq
            found.append((id(zmq), zmq.Context.__name__, zmq.PUSH))
        threads = [threading.Thread(target=load) for _ in range(16)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(len(found), len(set(found)))
    """
    assert damaged.python(code) == "16 1"


def test_processes_that_import_at_once(
    damaged: Environment, whole: Environment
) -> None:
    """All work, and together they leave a whole installation."""
    command = [str(damaged.executable), "-W", "error", "-c", EVERYTHING]
    processes = [
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=clean_environment(),
            cwd=damaged.directory,
        )
        for _ in range(8)
    ]
    assert [process.communicate()[0] for process in processes] == ["works\n"] * 8
    assert_whole(damaged, whole)


def test_core_alone_is_installed_again(
    damaged: Environment, whole: Environment, wheels: dict[str, Path]
) -> None:
    """The others mend themselves too when the core is whole."""
    damaged.install("--no-index", "--reinstall", "--no-deps", wheels["zmq-core"])
    assert (damaged.site / "zmq" / "__init__.py").exists()
    assert not (damaged.site / "zmq" / "green" / "__init__.py").exists()
    assert damaged.python(EVERYTHING) == "works"
    assert files(damaged.site) == files(whole.site)


@pytest.mark.parametrize(
    "lost", ["sugar/socket.py", "constants.py", "backend/__init__.py", "error.py"]
)
def test_an_installer_that_is_still_deleting(
    damaged: Environment, whole: Environment, lost: str
) -> None:
    """A file that vanishes after zmq/__init__.py was found comes back."""
    damaged.python("import zmq")
    (damaged.site / "zmq" / lost).unlink()
    assert damaged.python(EVERYTHING) == "works"
    assert_whole(damaged, whole)


def test_a_compiled_module_that_is_gone(damaged: Environment) -> None:
    """There is no copy of it: the error names the line that brings it back."""
    damaged.python("import zmq")
    found = (damaged.site / "zmq" / "backend").rglob("_*.*")
    extensions = [file for file in found if file.suffix in (".so", ".pyd")]
    for extension in extensions:  # one for each backend
        extension.unlink()
    done = run(damaged.executable, "-c", "import zmq", check=False)
    assert "ImportError: no backend of zmq can be imported" in done.stdout
    line = done.stdout.strip().splitlines()[-1]
    assert f"{damaged.executable}" in line
    assert "--force-reinstall --no-deps zmq-core==28" in line
    assert " zmq-auth" not in line
    extensions[0].with_name("_core.cpython-27-vax.so").touch()
    done = run(damaged.executable, "-c", "import zmq", check=False)
    assert done.stdout.strip().endswith("interpreter: _core.cpython-27-vax.so")


def test_uninstalling_leaves_nothing(damaged: Environment) -> None:
    damaged.python(EVERYTHING)
    names = "zmq-core zmq-asyncio zmq-auth zmq-devices zmq-green zmq-log zmq-ssh"
    names += " zmq-tornado zmq-trio pyzmq"
    uv("pip", "uninstall", "-q", "--python", damaged.executable, *names.split())
    assert not [path for path in files(damaged.site) if "zmq" in path]


# ---- where nothing may be written ----------------------------------------------------

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def obey_permissions() -> None:
    """Take from root, before a program starts, the right to write everywhere."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def make_writable(site: Path) -> None:
    """Undo what `read_only` does."""
    for directory in (site, *site.rglob("*")):
        if directory.is_dir():
            directory.chmod(0o755)


@pytest.fixture
def read_only(damaged: Environment) -> Iterator[Callable[..., str]]:
    """Return a function that runs code where the packages may not be written."""
    if os.name != "posix" or (os.geteuid() == 0 and sys.platform != "linux"):
        pytest.skip("no way to take the right to write")
    site = damaged.site
    for directory in (site, *site.rglob("*")):
        if directory.is_dir():
            directory.chmod(0o555)

    def python(code: str, *flags: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(damaged.executable), *flags, "-c", code],
            capture_output=True,
            text=True,
            env=clean_environment(),
            cwd=damaged.directory,
            check=False,
            preexec_fn=obey_permissions if os.geteuid() == 0 else None,
        )

    yield python
    make_writable(damaged.site)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_what_may_not_be_written_works(
    damaged: Environment, read_only: Run, whole: Environment
) -> None:
    """It is imported from the copies, and the line that mends it is told, once."""
    before = files(damaged.site)
    done = read_only(EVERYTHING)
    assert done.stdout == "works\n", done.stderr
    assert files(damaged.site) == before
    (warning,) = (text for text in done.stderr.splitlines() if "RuntimeWarning" in text)
    line = shlex.split(warning.partition("Run once, ")[2].partition(": ")[2])
    assert line == [str(damaged.executable), "-c", "import zmq"]
    make_writable(damaged.site)
    run(*line)
    assert_whole(damaged, whole)


@pytest.mark.parametrize("flags", [["-W", "error"], ["-I"], ["-O", "-W", "error"]])
def test_what_may_not_be_written_with_flags(read_only: Run, flags: list[str]) -> None:
    done = read_only(EVERYTHING, *flags)
    assert done.stdout == "works\n", done.stderr


SETPRIV = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"]
# Otherwise such a user could not even read what root has installed here.
SETPRIV += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="needs root and setpriv",
)
@pytest.mark.uncounted("another user cannot write the file of the counts")
def test_another_user(damaged: Environment, whole: Environment) -> None:
    """Whoever may not write uses the copies; root mends what belongs to a user."""
    command = [damaged.executable, "-c", EVERYTHING]
    before = files(damaged.site)
    done = run(*SETPRIV, *command, cwd=damaged.directory)
    assert done.stdout.splitlines()[-1] == "works"
    assert "Run once, as somebody who may write there" in done.stdout
    assert files(damaged.site) == before
    package = damaged.site / "zmq"
    for path in (damaged.site, package, *package.rglob("*")):
        os.chown(path, 12345, 12345)
    assert run(*command, cwd=damaged.directory).stdout == "works\n"
    assert files(damaged.site) == files(whole.site)
    assert {path.stat().st_uid for path in package.rglob("*.py")} == {12345}


def test_what_may_not_be_written_with_a_whole_core(
    damaged: Environment, wheels: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    damaged.install("--no-index", "--reinstall", "--no-deps", wheels["zmq-core"])
    done = request.getfixturevalue("read_only")(EVERYTHING)
    assert done.stdout == "works\n", done.stderr


# ---- what cannot be mended -----------------------------------------------------------


def test_copies_that_are_gone(damaged: Environment) -> None:
    """The error names the line, for the interpreter that runs."""
    shutil.rmtree(damaged.site / "zmq" / "_spare")
    done = run(damaged.executable, "-c", "import zmq", check=False)
    line = done.stdout.strip().splitlines()[-1]
    assert str(damaged.executable) in line
    assert "install" in line
    assert "--force-reinstall --no-deps" in line
    assert "zmq-core==28" in line


@pytest.mark.parametrize("statement", ["import zmq", "import zmq.asyncio"])
def test_the_module_alone(damaged: Environment, statement: str) -> None:
    """Without zmq/ beside it, it does not look for itself for ever."""
    shutil.rmtree(damaged.site / "zmq")
    done = run(damaged.executable, "-c", statement, check=False)
    assert done.returncode == 1
    assert "RecursionError" not in done.stdout
    line = done.stdout.strip().splitlines()[-1]
    assert f"{damaged.executable}" in line
    assert "--force-reinstall zmq-core" in line


def test_the_module_alone_as_a_program(damaged: Environment) -> None:
    shutil.rmtree(damaged.site / "zmq")
    done = run(damaged.executable, "-m", "zmq", check=False)
    assert done.returncode == 1
    assert "--force-reinstall zmq-core" in done.stdout


def test_an_archive(damaged: Environment, whole: Environment) -> None:
    """Compiled modules cannot be imported from archives, damaged or not."""
    for environment in (whole, damaged):
        archive = damaged.directory / "site"
        shutil.make_archive(str(archive), "zip", environment.site)
        code = f"import sys; sys.path.insert(0, '{archive}.zip')\nimport zmq"
        done = run(damaged.executable, "-S", "-c", code, check=False)
        assert f"ImportError: zmq is in the archive {archive}.zip" in done.stdout
        assert "RecursionError" not in done.stdout


def test_mending_takes_little(damaged: Environment, deleted: list[str]) -> None:
    """At most 50 ms of computing: waiting for the disk depends on the machine.

    The least of several counts: beside others, the same work takes half as long again.
    """
    code = """
        import time
        before = time.process_time()
        import zmq
        print(1e3 * (time.process_time() - before))
    """
    mending, whole = [], []
    for _ in range(4):
        mending.append(float(damaged.python(code)))
        whole.append(float(damaged.python(code)))
        delete_as_pip_does(damaged, deleted)
    assert min(mending) - min(whole) < 50
