"""The seam between libzmq and the rest, and the choice of what stands behind it."""

from __future__ import annotations

import pytest

import zmq
import zmq.backend
from zmq.backend import CONTRACT, require_contract, select_backend
from zmq.backend.select import COMPILED, select_first


def test_names_exist():
    for name in zmq.backend.__all__:
        assert hasattr(zmq.backend, name)


def test_chosen_backend_provides_the_seam():
    names = select_backend(zmq.backend.selected)
    for name, value in names.items():
        assert getattr(zmq.backend, name) == value


def test_public_classes_are_made_of_it():
    assert issubclass(zmq.Socket, zmq.backend.Socket)
    assert issubclass(zmq.Context, zmq.backend.Context)
    assert issubclass(zmq.Frame, zmq.backend.Frame)


def test_facade_passes_its_functions_on():
    for name in ("proxy", "has", "curve_keypair", "curve_public", "strerror"):
        assert getattr(zmq, name) is getattr(zmq.backend, name)


def test_unknown_backend():
    with pytest.raises(ImportError, match="nonsense"):
        select_backend("nonsense.backend")


def test_incomplete_backend():
    """A module without the names of the seam is none; the error says what lacks."""
    with pytest.raises(ImportError, match="Socket"):
        select_backend("json")


def test_older_core_is_told_with_what_to_do():
    require_contract(CONTRACT, "zmq-sibling")
    with pytest.raises(
        ImportError, match=r"^zmq-sibling needs .* pip install --upgrade zmq-core$"
    ):
        require_contract(CONTRACT + 1, "zmq-sibling")


@pytest.mark.parametrize("chosen", ["cython", "zmq.backend.cython"])
def test_chosen_by_the_environment(run_python, chosen):
    done = run_python(
        "import zmq; print(zmq.backend.selected)", env={"PYZMQ_BACKEND": chosen}
    )
    assert done.stdout == "zmq.backend.cython\n"


def test_backend_of_somebody_else(run_python, tmp_path):
    (tmp_path / "my_backend.py").write_text(
        "from zmq.backend.cython import *\n"
        "from zmq.backend import cython\n"
        "for name in dir(cython):\n"
        "    globals().setdefault(name, getattr(cython, name))\n"
        "def has(capability):\n"
        "    return capability == 'mine'\n"
    )
    done = run_python(
        """
        import zmq
        print(zmq.backend.selected, zmq.has("mine"), zmq.has("ipc"))
        with zmq.Context() as ctx, ctx.socket(zmq.PAIR) as a, ctx.socket(zmq.PAIR) as b:
            a.bind("inproc://x")
            b.connect("inproc://x")
            a.send(b"x")
            print(b.recv())
        """,
        env={"PYZMQ_BACKEND": "my_backend", "PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout == "my_backend True False\nb'x'\n"


@pytest.mark.parametrize("chosen", ["nonsense", "json"])
def test_error_tells_what_was_tried_and_why(run_python, chosen):
    done = run_python(
        """
        try:
            import zmq
        except ImportError as error:
            print(error)
        """,
        env={"PYZMQ_BACKEND": chosen},
    )
    assert chosen in done.stdout
    assert ("No module named" in done.stdout) or ("lacks" in done.stdout)


def test_every_attempt_is_told(tmp_path, monkeypatch):
    """Also one that fails to load a library, which is an OSError for FFI libraries."""
    (tmp_path / "without_library.py").write_text("raise OSError('no libzmq.so.9')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError) as caught:
        select_first(["without_library", "nonsense.backend", "json"])
    assert "without_library: no libzmq.so.9" in str(caught.value)
    assert "nonsense.backend: No module named 'nonsense'" in str(caught.value)
    assert "json: backend 'json' lacks Context, Frame" in str(caught.value)
    name, _ = select_first(["without_library", "zmq.backend.cython"])
    assert name == "zmq.backend.cython"


def test_both_of_ours_are_tried(run_python):
    """Without PYZMQ_BACKEND, and with neither backend in working order."""
    done = run_python(
        """
        import sys
        sys.modules["zmq.backend.cython"] = sys.modules["zmq.backend.cffi"] = None
        try:
            import zmq
        except ImportError as error:
            print(error)
        """
    )
    assert "zmq.backend.cython: " in done.stdout
    assert "zmq.backend.cffi: " in done.stdout


@pytest.mark.parametrize("compiled", COMPILED)
def test_the_error_of_an_absent_one_can_be_printed(run_python, compiled: str) -> None:
    """From Python 3.15 on, to describe an error of its own may import the package."""
    done = run_python(
        f"""
        import sys, traceback
        import zmq.error
        package = {compiled!r}.rpartition(".")[0]
        for name in list(sys.modules):
            if name.startswith(package):
                del sys.modules[name]
        sys.modules[{compiled!r}] = None
        try:
            __import__(package)
        except ImportError as error:
            assert type(error) is ImportError and error.name == {compiled!r}
            print(traceback.format_exc())
        """
    )
    assert f"import of {compiled} halted" in done.stdout


HEAVY = ["asyncio", "inspect", "json", "logging", "pickle", "typing", "tempfile"]


def test_import_is_cheap(run_python):
    """Nothing that sending a message does not need."""
    done = run_python(
        f"""
        import sys
        before = set(sys.modules)
        import zmq
        print(sorted((set(sys.modules) - before) & set({HEAVY!r})))
        """
    )
    assert done.stdout == "[]\n"


def test_import_starts_no_thread(run_python):
    done = run_python(
        """
        import os, zmq
        print(len(os.listdir("/proc/self/task")) if os.path.exists("/proc") else 1)
        """
    )
    assert done.stdout == "1\n"
