"""What both backends ask of arguments and errors; numbers may be of whatever type."""

from __future__ import annotations

import os
from operator import index

from zmq.error import explain

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
