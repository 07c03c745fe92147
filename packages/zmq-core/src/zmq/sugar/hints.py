"""Classes whose annotations are for type checkers alone."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    ClassT = TypeVar("ClassT", bound=type)


def without_hints(cls: ClassT) -> ClassT:
    """Take the annotations off a class: they name what only type checkers import.

    ``typing.get_type_hints`` of a class evaluates those of all its bases. With these it
    would raise NameError for every subclass, whatever that annotates itself.
    """
    cls.__annotations__ = {}
    return cls
