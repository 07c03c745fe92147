"""What the sessions of noxfile.py share: building, installing, other environments."""

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

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
# Wheels are built once for each state of the sources, and shared by the sessions.
WHEELS = ROOT / "build" / "wheels"
# Of this process alone: two sessions may build at the same time.
UNFINISHED = f".partial-{os.getpid()}"
# The last monolithic pyzmq: the peer of the interoperability tests, and the rival.
PYPI_PYZMQ = "pyzmq>=27,<28"
BUILD_OPTIONS = (
    "CFLAGS",
    "CMAKE_ARGS",
    "CXXFLAGS",
    "LDFLAGS",
    "PKG_CONFIG_PATH",
    "PYZMQ_",
    "SKBUILD_INSTALL_STRIP",
    "ZMQ_BUILD_DRAFT",
    "ZMQ_DRAFT_API",
    "ZMQ_PREFIX",
)
BUNDLED = {
    "ZMQ_PREFIX": "bundled",
    "ZMQ_DRAFT_API": "ON",
    "PYZMQ_LIBZMQ_PATCHES": "ON",
    "PYZMQ_LIBSODIUM_CONFIGURE_ARGS": "--enable-minimal --disable-pie",
}


def install(session: nox.Session, *arguments: str) -> str:
    """Install with uv, or with pip where uv does not see what pip's settings name.

    Returns which of them it was.
    """
    if session.venv_backend != "uv":
        session.install(*arguments)
        return "pip"
    try:
        # Hundreds of tests start a Python, and must not compile it all each time.
        session.install(*arguments, env={"UV_COMPILE_BYTECODE": "1"})
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
        if version and name.startswith(BUILD_OPTIONS):
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
    prints: dict[Path, str] = {}
    for package in PACKAGES:
        # Wheels of Python code alone are the same for every interpreter.
        compiled = (package / "CMakeLists.txt").exists()
        prints[package] = (
            fingerprint(version, options, package)
            if compiled
            else fingerprint("", {}, package)
        )
    together = hashlib.sha256("".join(prints.values()).encode()).hexdigest()[:16]
    directory = WHEELS / together
    if not directory.exists():
        partial = directory.with_suffix(UNFINISHED)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for package, print_ in prints.items():
            # One that has not changed is not built again.
            kept = WHEELS / package.name / print_
            if not kept.exists():
                unfinished = kept.with_suffix(UNFINISHED)
                build_packages(session, unfinished, "--wheel", only=package, **options)
                finish(unfinished, kept)
            for wheel in kept.iterdir():
                shutil.copy2(wheel, partial)
        finish(partial, directory)
    return directory


def finish(unfinished: Path, directory: Path) -> None:
    """Give a directory its name, unless another session has been faster."""
    try:
        unfinished.rename(directory)
    except OSError:
        if not directory.exists():
            raise
        shutil.rmtree(unfinished)


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
    missing: list[str] = []
    for requirement in requirements:
        binary = ["--only-binary", ":all:"]
        if from_source and requirement.startswith(from_source):
            binary = []
        try:
            install(session, *binary, requirement)
        except CommandFailed:
            missing.append(requirement.partition(";")[0])
    if missing:
        session.warn(
            "left out, with the tests that need it, as neither it nor what it needs has"
            f" a wheel for this interpreter: {', '.join(missing)}"
        )


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


def run_nested(
    session: nox.Session,
    name: str,
    arguments: Sequence[str],
    env: Mapping[str, str],
    *interpreter: str,
) -> None:
    """Run a session on an interpreter that tools/interpreters.py finds or builds."""
    place = "-".join(part.strip("-") for part in ("freethreaded", *interpreter))
    run_on(session, name, interpreter_of(session, *interpreter), place, arguments, env)


def interpreter_of(session: nox.Session, *wanted: str) -> str:
    """Return what tools/interpreters.py prints: the path of an interpreter."""
    tool = ROOT / "tools" / "interpreters.py"
    printed = session.run(sys.executable, str(tool), *wanted, silent=True)
    return str(printed).split()[-1]


def run_on(
    session: nox.Session,
    name: str,
    python: str,
    place: str,
    arguments: Sequence[str],
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a session on another interpreter.

    :param python: its version, or its path.
    :param place: the directory of its environments, in .nox.
    """
    nested = [sys.executable, "-m", "nox", "-f", str(ROOT / "noxfile.py"), "-s", name]
    nested += ["--force-python", python, "--envdir", f".nox/{place}"]
    nested += ["--error-on-missing-interpreters"]
    session.run(*nested, *(["--", *arguments] if arguments else []), env=env)
