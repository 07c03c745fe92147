"""The seam to the compiled module: what lists its names and its types agrees."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import zmq
import zmq.backend
from zmq.backend import select
from zmq.constants import _BYTES_OPTIONS

_core = pytest.importorskip("zmq.backend.cython._core", exc_type=ImportError)

import zmq.backend.cython  # noqa: E402

# What zmq.backend has besides the seam.
CHOICE = {
    "CONTRACT",
    "first",
    "require_contract",
    "second",
    "select_backend",
    "selected",
}


@pytest.fixture(scope="module")
def stub():
    """The types of the compiled module, as they are installed."""
    path = Path(zmq.backend.cython.__file__).with_name("_core.pyi")
    return ast.parse(path.read_text(encoding="utf-8"))


def names(body):
    """What a module or a class body defines."""
    found = set()
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            found.add(node.target.id)
        elif isinstance(node, ast.Assign):
            found.update(target.id for target in node.targets)
    return found


def public(found):
    return {name for name in found if not name.startswith("_")}


def classes(tree):
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def literal_options(tree, name):
    """The options that a Literal of the stub lists."""
    (alias,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and node.target.id == name
    )
    return {node.attr for node in ast.walk(alias) if isinstance(node, ast.Attribute)}


def described(body, owner, prefix=""):
    """The public names of the stub, with the docstrings there and in the module.

    The first of several overloads speaks for all, the getter for a whole property.
    """
    seen = set()
    for node in body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            continue
        if node.name.startswith("_") or node.name in seen:
            continue
        seen.add(node.name)
        thing = vars(owner)[node.name]
        path = prefix + node.name
        # Without the signature in the first line, where there is one.
        doc = re.sub(r"^\w+\(.*\)\n", "", thing.__doc__ or "", count=1)
        yield path, ast.get_docstring(node), inspect.cleandoc(doc)
        if isinstance(node, ast.ClassDef):
            yield from described(node.body, thing, f"{path}.")


def test_editors_see_the_docstrings_of_the_module(stub):
    """tools/stub_docstrings.py writes them anew."""
    found = list(described(stub.body, _core))
    assert {"Socket.recv", "Frame.bytes", "proxy"} <= {path for path, _, _ in found}
    # Cython has no docstrings for attributes that it makes itself.
    bare = {path for path, _, theirs in found if not theirs}
    assert bare == {"OptionAttribute.option"}
    assert [path for path, ours, theirs in found if (ours or "") != theirs] == []


def test_every_list_of_the_seam_has_the_same_names():
    everything = {*select.PUBLIC_API, *select.OPTIONAL_API}
    assert set(zmq.backend.cython.__all__) == everything
    assert set(zmq.backend.__all__) == everything | CHOICE


def test_no_name_is_listed_twice():
    for listed in (
        select.PUBLIC_API,
        select.OPTIONAL_API,
        zmq.backend.__all__,
        zmq.backend.cython.__all__,
    ):
        assert len(listed) == len(set(listed))


def test_seam_is_that_of_the_selected_backend():
    for name, value in select.select_backend(zmq.backend.selected).items():
        assert getattr(zmq.backend, name) is value


def test_stub_states_the_seam(stub):
    assert {*select.PUBLIC_API, *select.OPTIONAL_API} <= names(stub.body)


def test_stub_states_what_is_there(stub):
    """All public names of the compiled module, and no others."""
    assert public(names(stub.body)) == public(vars(_core))


COMPILED_CLASSES = sorted(
    name for name in public(vars(_core)) if isinstance(getattr(_core, name), type)
)


@pytest.mark.parametrize("name", COMPILED_CLASSES)
def test_stub_states_every_member(stub, name):
    cls = getattr(_core, name)
    stated = names(classes(stub)[cls.__name__].body)
    assert public(stated) == public(vars(cls))


def test_stub_knows_the_type_of_every_option(stub):
    of_bytes = {
        name
        for name, option in zmq.SocketOption.__members__.items()
        if option in _BYTES_OPTIONS
    }
    assert literal_options(stub, "_BytesOption") == of_bytes
    of_int = set(zmq.SocketOption.__members__) - of_bytes
    assert literal_options(stub, "_IntOption") == of_int


def functions():
    """All functions and methods that are compiled and public."""
    for name in sorted(public(vars(_core))):
        value = getattr(_core, name)
        if isinstance(value, type):
            for method in sorted(public(vars(value))):
                if callable(getattr(value, method)):
                    yield f"{name}.{method}", getattr(value, method)
        elif callable(value):
            yield name, value


@pytest.mark.parametrize(
    "function", [pytest.param(value, id=name) for name, value in functions()]
)
def test_compiled_functions_have_signatures_and_docstrings(function):
    signature = inspect.signature(function)
    for parameter in signature.parameters.values():
        assert parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    assert inspect.getdoc(function)


def test_signatures_have_names_and_defaults():
    assert str(inspect.signature(zmq.Socket.send)) == (
        "(self, /, data, flags=0, copy=True, track=False, routing_id=None, group=None)"
    )
    assert str(inspect.signature(zmq.Socket.recv)) == (
        "(self, /, flags=0, copy=True, track=False)"
    )
    assert str(inspect.signature(zmq.curve_public)) == "(secret_key)"
    assert str(inspect.signature(zmq.Frame)) == (
        "(data=None, track=False, copy=None, copy_threshold=None, **kwargs)"
    )


def test_public_classes_go_by_their_public_names():
    for cls in (zmq.Socket, zmq.Context, zmq.Poller):
        assert cls.__module__ == "zmq"
        assert getattr(zmq, cls.__qualname__) is cls
