"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import zmq.auth


def test_what_it_needs(distribution):
    required = distribution.requires or ()
    plain = {re.split("[<>=! ]", need)[0] for need in required if ";" not in need}
    assert plain == {"zmq-core", "zmq-asyncio"}
    (extra,) = (need for need in required if ";" in need)
    assert extra.startswith("zmq-trio[trio]")


def test_without_trio_it_says_what_to_install(run_python):
    done = run_python(
        """
        import sys
        sys.modules["zmq.trio"] = None
        try:
            import zmq.auth.trio
        except ImportError as error:
            print(error)
        """
    )
    assert done.stdout == 'zmq.auth.trio needs zmq.trio: pip install "zmq-auth[trio]"\n'


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
        "Accept",
        "AuthMetrics",
        "CheckTimes",
        "Authenticator",
        "Client",
        "CURVE_ALLOW_ANY",
        "CredentialsProvider",
        "Decision",
        "DomainPolicy",
        "Refuse",
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


def test_it_installs_alone(alone):
    """With zmq-core and zmq-asyncio, and nothing else."""
    alone.python(
        """
        import zmq, zmq.auth
        from zmq.auth.thread import ThreadAuthenticator

        with zmq.Context() as context:
            authenticator = ThreadAuthenticator(context)
            authenticator.start()
            authenticator.stop()
        """
    )
    assert alone.names() == "zmq-asyncio zmq-auth zmq-core"
