"""What a module of the core imports when it is imported stands in a layer before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import zmq

ROOT = Path(zmq.__file__).parent
LAYERS = (
    ("constants",),
    ("error",),
    ("backend", "utils.monitor"),
    ("sugar",),
    ("__init__",),
    ("decorators", "utils.events", "curve_keygen"),
)


def layer_of(module: str) -> int | None:
    """Return the number of a module's layer; None where it is in none.

    :param module: its name without ``zmq.``.
    """
    for number, names in enumerate(LAYERS):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return number
    return None


def statements(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run with the module, not in functions or for types."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif isinstance(node, ast.If):
            types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            yield from statements(node.orelse if types else node.body + node.orelse)
        elif isinstance(node, ast.Try):
            yield from statements(node.body)


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the core that a file imports, without ``zmq.``."""
    for node in statements(ast.parse(path.read_text(encoding="utf-8")).body):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif node.module == "zmq":
            names = [
                f"zmq.{alias.name}" if layer_of(alias.name) is not None else "zmq"
                for alias in node.names
            ]
        else:
            names = [node.module or ""]
        for name in names:
            if name.partition(".")[0] == "zmq":
                yield name[len("zmq.") :] or "__init__"


def modules() -> list[str]:
    files = (path.relative_to(ROOT).with_suffix("") for path in ROOT.rglob("*.py"))
    names = (".".join(file.parts) for file in files)
    return sorted(name for name in names if layer_of(name) is not None)


def test_every_layer_is_there() -> None:
    assert {layer_of(module) for module in modules()} == set(range(len(LAYERS)))


@pytest.mark.parametrize("module", modules())
def test_imports_come_from_layers_before(module: str) -> None:
    own = layer_of(module)
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    assert own is not None
    late = [name for name in imported(path) if (layer_of(name) or 0) > own]
    assert not late
