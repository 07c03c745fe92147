"""What options and constants mean, for ``help()``: read when somebody asks.

The texts are written once, below the attributes of ``zmq.sugar.options`` and of
``zmq.Context``, and below the members of the enums, where editors see them. Python
itself keeps nothing of them, so they are read from the source. A program without
sources has no texts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum
    from typing import Any

_texts: dict[str, dict[str, str]] = {}


def _of_class(module: str, class_name: str, enum: str | None) -> dict[str, str]:
    """Return the texts below the attributes of a class.

    :param enum: the attributes are named by their members of this enum; where it is
        None, the class is an enum.
    """
    if class_name in _texts:
        return _texts[class_name]
    import ast
    import inspect
    import sys

    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError):
        return {}
    found: dict[str, str] = {}
    for cls in tree.body:
        if not isinstance(cls, ast.ClassDef) or cls.name != class_name:
            continue
        for node, below in zip(cls.body, cls.body[1:]):
            text = _string(below)
            if text is None or not isinstance(node, (ast.AnnAssign, ast.Assign)):
                continue
            for part in ast.walk(node):
                name = _name_of(part, enum)
                if name is not None:
                    found[name] = inspect.cleandoc(text)
    return _texts.setdefault(class_name, found)


def _name_of(node: Any, enum: str | None) -> str | None:
    """Return what a part of an assignment names, if it is what is looked for."""
    import ast

    if enum is None:
        is_target = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        return node.id if is_target else None
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == enum:
        return node.attr
    return None


def _string(node: Any) -> str | None:
    """Return the string that a statement is, if it is one."""
    value = getattr(getattr(node, "value", None), "value", None)
    return value if isinstance(value, str) else None


def socket_option_text(option: int) -> str | None:
    """Return what a socket option means; None where that is unknown."""
    from zmq.constants import SocketOption

    if option == SocketOption.HWM:
        return "Stands for ``SNDHWM`` and ``RCVHWM`` together."
    try:
        name = SocketOption(option).name
    except ValueError:
        return None
    return _of_class("zmq.sugar.options", "SocketOptions", "SocketOption").get(name)


def context_option_text(option: int) -> str | None:
    """Return what an option of contexts means; None where that is unknown."""
    from zmq.constants import ContextOption

    try:
        name = ContextOption(option).name
    except ValueError:
        return None
    return _of_class("zmq.sugar.context", "Context", "ContextOption").get(name)


def member_text(member: Any) -> str | None:
    """Return what the member of an enum means; None for a combination of flags."""
    enum: type[Enum] = member.__class__
    if member.name not in enum.__members__:
        return None
    return _of_class(enum.__module__, enum.__name__, None).get(member.name)


class TextOfMember:
    """The docstring of a class, and one of its own for each of its instances.

    :param text: that of the class.
    :param find: returns that of an instance; it is called with the option.
    :param attribute: what is the option: the instance, or this attribute of it.
    """

    def __init__(
        self,
        text: str | None,
        find: Callable[[Any], str | None],
        attribute: str | None = None,
    ) -> None:
        self._text = text
        self._find = find
        self._attribute = attribute

    def __get__(self, instance: Any, owner: type | None = None) -> str | None:
        """Return the text that applies."""
        if instance is None:
            return self._text
        return self._find(
            instance if self._attribute is None else getattr(instance, self._attribute)
        )
