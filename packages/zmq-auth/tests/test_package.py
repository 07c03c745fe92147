"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import zmq.auth

DISTRIBUTION = "zmq-auth"


@pytest.fixture
def distribution() -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{DISTRIBUTION} is not installed")


def test_it_ships_its_own_directory_only(distribution):
    files = {path.as_posix() for path in distribution.files or ()}
    code = {path for path in files if ".dist-info/" not in path}
    assert "zmq/auth/py.typed" in code
    assert {path for path in code if not path.startswith("zmq/auth/")} == set()
    assert any("LICENSE" in path for path in files - code)


def test_what_it_needs(distribution):
    needs = {re.split("[<>=! ]", need)[0] for need in distribution.requires or ()}
    assert needs == {"zmq-core", "zmq-asyncio"}


def test_importing_zmq_does_not_import_it(run_python):
    run_python("import sys, zmq; assert 'zmq.auth' not in sys.modules")


def test_importing_it_imports_no_event_loop_of_ours(run_python):
    run_python("import sys, zmq.auth; assert 'zmq.asyncio' not in sys.modules")


@pytest.mark.parametrize(
    "name", ["", ".asyncio", ".base", ".certs", ".curve", ".thread", ".zap"]
)
def test_what_is_exported_exists(name):
    module = __import__(f"zmq.auth{name}", fromlist=["*"])
    for exported in getattr(module, "__all__", ()):
        assert getattr(module, exported) is not None


def test_the_public_names():
    assert set(zmq.auth.__all__) == {
        "Authenticator",
        "CURVE_ALLOW_ANY",
        "CredentialsProvider",
        "create_certificates",
        "load_certificate",
        "load_certificates",
    }


def test_each_module_imports_only_what_stands_left_of_it():
    """The order is in the docstring of the package."""
    folder = Path(zmq.auth.__file__).parent
    order = re.search(r"zap, .* ioloop\.", zmq.auth.__doc__ or "", re.S)
    assert order is not None
    layers = [part.split(",") for part in order[0].rstrip(".").split("->")]
    level = {
        name.strip(): number for number, part in enumerate(layers) for name in part
    }
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(level) == names
    for name in names:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                imported = (
                    [node.module] if node.module else [a.name for a in node.names]
                )
                for other in imported:
                    assert level[str(other)] < level[name], f"{name} imports {other}"


@pytest.mark.skipif(
    "ZMQ_TEST_WHEELS" not in os.environ, reason="no directory of wheels is given"
)
def test_it_installs_alone(tmp_path):
    """With zmq-core and zmq-asyncio, and nothing else."""
    wheels = os.environ["ZMQ_TEST_WHEELS"]
    environment = tmp_path / "env"
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    uv = [sys.executable, "-m", "uv"]
    find = ["--no-index", "--find-links", wheels]
    run(*uv, "venv", "-q", "--python", sys.executable, str(environment))
    run(*uv, "pip", "install", "-q", "--python", str(python), *find, DISTRIBUTION)
    code = """
        import importlib.metadata, zmq, zmq.auth
        from zmq.auth.thread import ThreadAuthenticator

        with zmq.Context() as context:
            authenticator = ThreadAuthenticator(context)
            authenticator.start()
            authenticator.stop()
        for distribution in importlib.metadata.distributions():
            print(distribution.metadata["Name"])
        """
    code = "\n".join(line[8:] for line in code.splitlines())
    installed = run(str(python), "-W", "error", "-c", code, cwd=tmp_path).split()
    assert set(installed) == {"zmq-core", "zmq-asyncio", "zmq-auth"}


def run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
