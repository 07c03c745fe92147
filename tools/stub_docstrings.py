"""Write the docstrings of the compiled module into its stub, where editors look.

The docstrings are written once, in the ``.pyx`` files. After a change there, run this
with an interpreter that has the new build installed, such as
``.nox/test/bin/python tools/stub_docstrings.py``. A test of zmq-core compares the two.
"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

STUB = "packages/zmq-core/src/zmq/backend/cython/_core.pyi"
# What Cython, or a class whose __new__ takes the arguments, puts into the first line.
SIGNATURE = re.compile(r"\w+\(.*\)( -> .+)?\n")


def docstring(thing: Any) -> str:
    """Return the docstring of an object without its signature; empty for none."""
    return inspect.cleandoc(SIGNATURE.sub("", thing.__doc__ or "", count=1))


def documented(body: list[ast.stmt], owner: Any) -> list[tuple[Any, str]]:
    """Return the definitions of a module or class that have a docstring, with it.

    The first of several overloads stands for all, the getter for a whole property.
    """
    found: dict[str, tuple[Any, str]] = {}
    for node in body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            continue
        if node.name.startswith("_") or node.name in found:
            continue
        thing = vars(owner).get(node.name)
        if thing is None:
            continue
        found[node.name] = (node, docstring(thing))
        if isinstance(node, ast.ClassDef):
            for inner, text in documented(node.body, thing):
                found[f"{node.name}.{inner.name}"] = (inner, text)
    return [(node, text) for node, text in found.values() if text]


def quoted(text: str, indent: int) -> list[str]:
    """Return a docstring as lines of source."""
    lines = text.replace("\\", "\\\\").split("\n")
    lines[0] = f'"""{lines[0]}'
    if len(lines) == 1:
        lines[0] += '"""'
    else:
        lines.append('"""')
    return [f"{' ' * indent}{line}".rstrip() for line in lines]


def rewritten(source: str, module: Any) -> str:
    """Return the source of the stub with the docstrings of the module."""
    lines = source.splitlines()
    found = documented(ast.parse(source).body, module)
    for node, text in sorted(found, key=lambda pair: -pair[0].lineno):
        first = node.body[0]
        doc = quoted(text, node.col_offset + 4)
        if ast.get_docstring(node) is not None:
            lines[first.lineno - 1 : first.end_lineno] = doc
        elif isinstance(node, ast.ClassDef):
            above = min([first.lineno, *(d.lineno for d in decorators(first))])
            lines[above - 1 : above - 1] = doc
        else:
            head = lines[first.lineno - 1]
            comment = head[first.end_col_offset :]
            head = (head[: first.col_offset].rstrip() + comment).rstrip()
            lines[first.lineno - 1 : first.lineno] = [head, *doc]
    return "\n".join(lines) + "\n"


def decorators(node: ast.stmt) -> list[ast.expr]:
    """Return what stands above a definition."""
    return getattr(node, "decorator_list", [])


def main() -> None:
    """Rewrite the stub of this checkout."""
    from zmq.backend.cython import _core

    path = Path(__file__).parents[1] / STUB
    old = path.read_text(encoding="utf-8")
    new = rewritten(old, _core)
    if new != old:
        path.write_text(new, encoding="utf-8")
        print(f"{STUB}: rewritten")


if __name__ == "__main__":
    main()
