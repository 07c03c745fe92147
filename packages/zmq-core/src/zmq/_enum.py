"""A metaclass that builds enums of plain integers in a fraction of the usual time.

The standard ``EnumMeta`` spends about 20 microseconds on each member, 9 milliseconds
for the constants of libzmq: a third of what ``import zmq`` used to cost. Nearly all of
it serves features that integer constants have no use for (``auto()``, tuples, methods
of the members). So the standard metaclass makes an *empty* enum here, and the members
are entered straight into its tables. What comes out is an ordinary enum, of type
``enum.EnumMeta``; the tests hold it against one declared the ordinary way.
"""

from __future__ import annotations

import sys
from enum import EnumMeta, IntFlag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

# The tables are private to each Python version, so a version nobody has tried yet
# gets the slow and certain way.
_TABLES_ARE_KNOWN = sys.implementation.name in (
    "cpython",
    "pypy",
) and sys.version_info < (3, 14)
# Since 3.11 only single bits count as members of a flag, all others are aliases.
_CANONICAL_FLAGS = sys.version_info >= (3, 11)


class IntConstants(EnumMeta):
    """Metaclass for ``IntEnum`` and ``IntFlag`` classes whose values are plain ints.

    It disappears in the making: ``type()`` of the finished class is ``EnumMeta``.
    """

    if not TYPE_CHECKING:  # a checker shall see what it knows: an EnumMeta

        @classmethod
        def __prepare__(
            cls, name: str, bases: tuple[type, ...], **kwds: Any
        ) -> MutableMapping[str, Any]:
            """Return the namespace of the class body: an ordinary dict."""
            return {}

        def __new__(
            cls, name: str, bases: tuple[type, ...], body: dict[str, Any]
        ) -> EnumMeta:
            """Make the enum from the body of its class statement."""
            members = {key: body[key] for key in body if key[0] != "_"}
            namespace = EnumMeta.__prepare__(name, bases)
            for key, value in body.items():
                if key not in members or not _TABLES_ARE_KNOWN:
                    namespace[key] = value
            made = EnumMeta.__new__(EnumMeta, name, bases, namespace)
            if _TABLES_ARE_KNOWN:
                _add_members(made, members)
            return made


def _add_members(cls: Any, members: dict[str, int]) -> None:
    """Enter the members into an empty enum class, as ``EnumMeta`` would have."""
    names = cls._member_names_
    by_name = cls._member_map_
    by_value = cls._value2member_map_
    set_attribute = type.__setattr__  # EnumMeta's guards members against rebinding
    is_flag = _CANONICAL_FLAGS and issubclass(cls, IntFlag)
    for name, value in members.items():
        member = by_value.get(value)
        if member is None:
            member = int.__new__(cls, value)
            attributes = member.__dict__
            attributes["_value_"] = value
            attributes["_name_"] = name
            attributes["__objclass__"] = cls
            if _CANONICAL_FLAGS:
                attributes["_sort_order_"] = len(names)
            if not is_flag or value & (value - 1) == 0:
                names.append(name)
            by_value[value] = member
        by_name[name] = member
        set_attribute(cls, name, member)
    if is_flag:
        _finish_flag(cls)


def _finish_flag(cls: Any) -> None:
    """Set the masks that flags of Python 3.11 and later compute with."""
    mask = singles = 0
    for value in cls._value2member_map_:
        mask |= value
        if value & (value - 1) == 0:
            singles |= value
    cls._flag_mask_ = mask
    cls._all_bits_ = (1 << mask.bit_length()) - 1
    if hasattr(cls, "_singles_mask_"):  # not before 3.11.4
        cls._singles_mask_ = singles
    values = [cls._member_map_[name]._value_ for name in cls._member_names_]
    if values != sorted(values):
        cls._iter_member_ = cls._iter_member_by_def_
