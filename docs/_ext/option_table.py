"""Directives that make an entry of each member of an enumeration, and each constant."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList

import zmq
from zmq import constants


def leave_out(_app: Any, _what: str, _name: str, thing: Any, *_: Any) -> bool | None:
    """Leave the options out of the classes: they have entries of their own."""
    return True if isinstance(getattr(thing, "option", None), int) else None


def kind_of(option: int) -> str:
    """Return what an option of a socket holds, and what can be done with it."""
    kind = "bytes" if option in constants._BYTES_OPTIONS else "int"
    if option in constants._READ_ONLY_OPTIONS:
        return f"{kind}, read-only"
    return f"{kind}, write-only" if option in constants._WRITE_ONLY_OPTIONS else kind


class Options(Directive):
    """An enumeration of options: each member as an entry of the inventory."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the entries."""
        enum = getattr(zmq, self.arguments[0])
        lines = [f".. autoclass:: zmq.{enum.__name__}", ""]
        for name, option in sorted(enum.__members__.items()):
            lines += [f".. py:attribute:: zmq.{enum.__name__}.{name}"]
            lines += [f"   :value: {int(option)}", ""]
            if name != option.name:
                other = f"zmq.{enum.__name__}.{option.name}"
                lines += [f"   The same as :attr:`{other}`.", ""]
                continue
            lines += [f"   {line}".rstrip() for line in text_of(option)] + [""]
            if enum is zmq.SocketOption:
                lines += [f"   Type: {kind_of(option)}.", ""]
        parent = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, parent)
        return parent.children


class Members(Directive):
    """An enumeration: each member as an entry, with what it means."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the entries."""
        enum = getattr(zmq, self.arguments[0])
        lines = [".. currentmodule:: zmq", ""]
        lines += [f".. autoclass:: zmq.{enum.__name__}", ""]
        for name, member in enum.__members__.items():
            value = f"{int(member):#x}" if int(member) > 0xFFFF else int(member)
            lines += [f".. py:attribute:: {enum.__name__}.{name}"]
            lines += [f"   :value: {value}", ""]
            lines += [f"   {line}".rstrip() for line in text_of(member)] + [""]
        parent = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, parent)
        return parent.children


class Constants(Directive):
    """The members of all enumerations, under their names in C."""

    def run(self) -> list[nodes.Node]:
        """Return the entries."""
        lines: list[str] = []
        for name, value in sorted(vars(constants).items()):
            enum = type(value)
            if name.startswith("_") or enum.__module__ != "zmq.constants":
                continue
            if getattr(zmq, name, None) is value:
                lines += [f".. py:data:: zmq.{name}", f"   :value: {int(value)}", ""]
                lines += [f"   :attr:`zmq.{enum.__name__}.{value.name}`", ""]
        parent = nodes.Element()
        self.state.nested_parse(StringList(lines), self.content_offset, parent)
        return parent.children


def text_of(option: Any) -> list[str]:
    """Return what an option means, as lines."""
    return cleandoc(option.__doc__).split("\n")


def setup(app: Any) -> dict[str, bool]:
    """Connect what Sphinx asks us."""
    app.add_directive("zmq-options", Options)
    app.add_directive("zmq-members", Members)
    app.add_directive("zmq-constants", Constants)
    app.connect("autodoc-skip-member", leave_out)
    return {"parallel_read_safe": True}
