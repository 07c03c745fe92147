"""A metaclass that builds enums of plain integers in a fraction of the usual time.

The standard ``EnumMeta`` spends about 20 microseconds on each member, more than 6
milliseconds for the constants of libzmq: a quarter of what ``import zmq`` used to cost.
Nearly all of it serves features that integer constants have no use for (``auto()``,
tuples, methods of the members). So the standard metaclass makes an *empty* enum here,
and the members are entered straight into its tables. What comes out is an ordinary
enum, of type ``enum.EnumMeta``; the tests hold it against one declared the usual way.
"""

from __future__ import annotations

import sys
from enum import EnumMeta, IntEnum, IntFlag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

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
            return (_fast if _TABLES_ARE_KNOWN else _ordinary)(name, bases, body)


def _ordinary(name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
    """Make an enum as a plain class statement does."""
    namespace = EnumMeta.__prepare__(name, bases)
    for key, value in body.items():
        namespace[key] = value
    return EnumMeta.__new__(EnumMeta, name, bases, namespace)


def _fast(name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
    """Make an empty enum, and enter the members into its tables."""
    members = {key: body[key] for key in body if key[0] != "_"}
    special = {key: body[key] for key in body if key[0] == "_"}
    cls: Any = _ordinary(name, bases, special)
    names = cls._member_names_
    by_name = cls._member_map_
    by_value = cls._value2member_map_
    set_attribute = type.__setattr__  # EnumMeta's guards members against rebinding
    is_flag = _CANONICAL_FLAGS and issubclass(cls, IntFlag)
    for key, value in members.items():
        member: Any = by_value.get(value)
        if member is None:
            member = int.__new__(cls, value)
            attributes: dict[str, Any] = member.__dict__
            attributes["_value_"] = value
            attributes["_name_"] = key
            attributes["__objclass__"] = cls
            if _CANONICAL_FLAGS:
                attributes["_sort_order_"] = len(names)
            if not is_flag or value & (value - 1) == 0:
                names.append(key)
            by_value[value] = member
        by_name[key] = member
        set_attribute(cls, key, member)
    hashable: Any = cls.__dict__.get("_hashable_values_")
    if hashable is not None:  # not before 3.13.3
        hashable.extend(by_value)
    if is_flag:
        _finish_flag(cls)
    return cls


def _finish_flag(cls: Any) -> None:
    """Set the masks that flags of Python 3.11 and later compute with."""
    mask = singles = 0
    for value in cls._value2member_map_:
        mask |= value
        if value & (value - 1) == 0:
            singles |= value
    cls._all_bits_ = (1 << mask.bit_length()) - 1
    if hasattr(cls, "_singles_mask_"):
        cls._flag_mask_ = mask
        cls._singles_mask_ = singles
    else:  # before 3.11.4
        cls._flag_mask_ = singles
    values = [cls._member_map_[name]._value_ for name in cls._member_names_]
    if values != sorted(values):
        cls._iter_member_ = cls._iter_member_by_def_


def _tables_are_known() -> bool:
    """Tell whether this Python keeps its enums the way `_fast` believes.

    A small enum is made in both ways and compared, in a tenth of the time it saves.
    """
    body = {"__module__": __name__, "TWO": 2, "ONE": 1, "BOTH": 3, "TOO": 2}
    try:
        return all(
            _tables(_fast("Probe", (base,), body))
            == _tables(_ordinary("Probe", (base,), body))
            for base in (IntEnum, IntFlag)
        )
    except (AttributeError, TypeError):
        return False


def _tables(cls: Any) -> list[Any]:
    """Return what two enums of the same members must have in common."""
    members = {
        key: {k: v for k, v in member.__dict__.items() if k != "__objclass__"}
        for key, member in cls._member_map_.items()
    }
    by_value = {key: member._name_ for key, member in cls._value2member_map_.items()}
    own = cls.__dict__
    plain = {k: v for k, v in own.items() if type(v) in (int, str, bool, tuple, list)}
    return [set(own), members, by_value, plain, cls._member_names_, list(cls)]


# The tables are private. In these versions they are settled; any other may differ.
_TABLES_ARE_KNOWN = (
    sys.implementation.name == "cpython" and sys.version_info < (3, 13)
) or _tables_are_known()
