"""What both backends ask of arguments and errors; numbers may be of whatever type."""

from __future__ import annotations

import os
from errno import EINVAL
from operator import index

from zmq.error import ZMQError, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def is_number(value: Any) -> bool:
    """Whether it is a number, numpy's for example; not what float() reads as text."""
    # Before Python 3.10 complex has a __float__, which only raises.
    if isinstance(value, complex):
        return False
    return hasattr(value, "__float__") or hasattr(value, "__index__")


def integer(name: str, value: Any) -> int:
    """Return the int of what stands for one, as numpy's integers do.

    :raises TypeError: when it is none; the message names the argument.
    """
    try:
        return index(value)
    except TypeError:
        hint = explain("constant", name, value)
        raise TypeError(
            f"an integer is required for {name}, got {value!r}{hint}"
        ) from None


def peer(routing_id: Any) -> int:
    """Return the routing id of a peer of a CLIENT or SERVER socket as an int.

    :raises TypeError: when it is none.
    :raises OverflowError: when it does not fit the 32 bits that it has.
    """
    number = integer("routing_id", routing_id)
    if not 0 <= number < 2**32:
        raise OverflowError(f"routing_id={routing_id!r} does not fit 32 bits")
    return number


def group_name(group: Any) -> bytes:
    """Return the bytes of the name of a group, of RADIO and DISH sockets.

    :raises TypeError: when it is neither str nor bytes.
    :raises ZMQError: EINVAL, when it contains a NUL, which would end it for libzmq.
    """
    if not isinstance(group, (str, bytes)):
        raise TypeError(f"expected str or bytes for group, got {group!r}")
    return _without_nul(group, f"group={group!r} contains a NUL")


def property_name(option: Any) -> bytes:
    """Return the bytes of the name of a property of messages.

    :raises TypeError: when it is neither str nor bytes.
    :raises ZMQError: EINVAL, when it contains a NUL: no property has such a name.
    """
    if not isinstance(option, (str, bytes)):
        raise TypeError(f"expected an int or the name of a property, got {option!r}")
    return _without_nul(option, f"the message has no property {option!r}")


def _without_nul(text: str | bytes, otherwise: str) -> bytes:
    name = text.encode("utf-8") if isinstance(text, str) else text
    if b"\0" in name:
        raise ZMQError(EINVAL, f"{os.strerror(EINVAL)} ({otherwise})")
    return name


def descriptor(fd: int) -> int:
    """Return a number of a descriptor that the system can be asked about.

    :raises OverflowError: when it is none that the system could give.
    """
    # sockets of Windows may have large ones
    if os.name == "posix" and not -(2**31) <= fd < 2**31:
        raise OverflowError(f"descriptor {fd} does not fit a C int")
    return fd


def whole_milliseconds(name: str, value: Any) -> int:
    """Return a number of ms as an int; a fraction of a ms is left out.

    :raises TypeError: when it is no number.
    :raises OverflowError: when it is infinite, or not a number ("nan").
    """
    if not is_number(value):
        raise TypeError(f"{name} must be a number of ms, or None, got {value!r}")
    try:
        return int(value)
    except (ValueError, OverflowError):
        raise OverflowError(f"{name}={value!r} does not fit a C int") from None


def interrupts(error: BaseException) -> bool:
    """Whether what a callback raised must reach the main program: Ctrl-C, or its exit.

    A signal handler raises such in the main thread, in whatever code runs just then.
    """
    if isinstance(error, Exception):
        return False
    import threading  # nothing else needs it, and it takes time to import

    return threading.current_thread() is threading.main_thread()


def refuse_to_pickle(self: object) -> NoReturn:
    """Be the ``__reduce__`` of what has no meaning in another process.

    :raises TypeError: always.
    """
    kind = type(self).__name__
    raise TypeError(
        f"cannot pickle {kind!r} object {self!r}, which belongs to this process: send"
        " an address to connect to, or the bytes of a frame, and make another one there"
    )
