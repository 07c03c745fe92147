"""A base for classes that take types in brackets, such as ``Socket[bytes]``."""

from __future__ import annotations

from types import GenericAlias

__all__ = ["Subscriptable"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic as Subscriptable
else:

    class Subscriptable:
        """Does what typing.Generic does here, without the time to import typing."""

        __class_getitem__ = classmethod(GenericAlias)
