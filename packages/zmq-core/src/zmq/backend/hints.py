"""Classes whose annotations are for type checkers alone."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    ClassT = TypeVar("ClassT", bound=type)


def without_hints(cls: ClassT) -> ClassT:
    """Take the annotations off a class, and off its bases in this package.

    They name what only type checkers import. ``typing.get_type_hints`` of a class
    evaluates those of all its bases: it would raise NameError for every subclass.
    """
    for base in cls.__mro__:
        if base.__module__.split(".")[0] == "zmq" and "__annotations__" in vars(base):
            base.__annotations__ = {}
    return cls
