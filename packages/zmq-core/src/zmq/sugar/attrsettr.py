"""Refusing attributes that are neither options nor the class's own."""

from __future__ import annotations

import sys

from zmq.constants import ContextOption, SocketOption
from zmq.error import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _annotated(cls: type, name: str) -> bool:
    if sys.version_info >= (3, 14):
        # A look at __annotations__ would evaluate them all, which may not be possible.
        from annotationlib import Format, get_annotations

        return any(
            name in get_annotations(base, format=Format.FORWARDREF)
            for base in cls.__mro__
        )
    return any(name in getattr(base, "__annotations__", ()) for base in cls.__mro__)


def _is_option(cls: type, name: str) -> bool:
    # A method of the name is none: s.Send = ... must not take the place of send().
    known = name in SocketOption.__members__ or name in ContextOption.__members__
    return known and hasattr(cls, name)


class AttributeSetter:
    """Let only attributes be set that the class knows, so that no typo goes unnoticed.

    Options are attributes of the class, whatever the case of their letters; a subclass
    that wants attributes of its own names them in its body, with a default or a type.
    """

    if not TYPE_CHECKING:  # a checker that saw it would let every name pass
        #: Methods that are set as the option of their name, in capitals.
        _methods_of_options: dict[str, object] = {}

        def __setattr__(self, key: str, value: Any) -> None:
            cls = type(self)
            if key in cls._methods_of_options:
                if getattr(cls, key) is cls._methods_of_options[key]:
                    key = key.upper()
            elif not hasattr(cls, key) and key not in self.__dict__:
                known = key.upper()
                if _annotated(cls, key):
                    known = key
                elif not _is_option(cls, known):
                    public = [name for name in dir(cls) if name[0] != "_"]
                    hint = explain("did_you_mean", key, public)
                    if not hint and cls.__module__.partition(".")[0] != "zmq":
                        hint = (
                            f"; for an attribute of its own, write {key} = ... or"
                            f" {key}: ... in the body of class {cls.__name__}"
                        )
                    raise AttributeError(
                        f"{cls.__name__} has no such option: {key.upper()}{hint}"
                    )
                key = known
            object.__setattr__(self, key, value)

    # There is no __getattr__ beside this: a class that has one makes CPython look up
    # every attribute and method of its instances the slow way.
