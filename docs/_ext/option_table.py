"""The directive `zmq-options`: the members of an enumeration of options as a table."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

import zmq
from zmq import constants

_OPTIONS = {
    spelling
    for enum in (zmq.SocketOption, zmq.ContextOption, zmq.MessageOption)
    for name in enum.__members__
    for spelling in (name, name.lower())
} - {"subscribe", "type", "unsubscribe"}


def leave_out(_app: Any, _what: str, name: str, *_: Any) -> bool | None:
    """Leave the options out of the classes: they have a table of their own."""
    return True if name in _OPTIONS else None


def kind_of(option: int) -> str:
    """Return what an option of a socket holds, and what can be done with it."""
    kind = "bytes" if option in constants._BYTES_OPTIONS else "int"
    if option in constants._READ_ONLY_OPTIONS:
        return f"{kind}, read-only"
    return f"{kind}, write-only" if option in constants._WRITE_ONLY_OPTIONS else kind


class OptionTable(Directive):
    """The members of an enumeration of options as a table."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        enum = getattr(zmq, self.arguments[0])
        lines = [".. list-table::", "   :header-rows: 1", "", "   * - option"]
        lines += ["     - number", "     - value"]
        for name, option in sorted(enum.__members__.items()):
            kind = kind_of(option) if enum is zmq.SocketOption else "int"
            lines += [f"   * - ``{name}``", f"     - {int(option)}", f"     - {kind}"]
        parent = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, parent)
        return parent.children


def setup(app: Any) -> dict[str, bool]:
    """Connect what Sphinx asks us."""
    app.add_directive("zmq-options", OptionTable)
    app.connect("autodoc-skip-member", leave_out)
    return {"parallel_read_safe": True}
