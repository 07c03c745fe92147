"""Flags of asynchronous operations."""

from __future__ import annotations

from operator import index

import zmq
from zmq.error import error_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def flags_argument(flags: Any) -> int:
    """Return flags as an int.

    :raises TypeError: when they are no integer.
    """
    try:
        return index(flags)
    except TypeError:
        raise TypeError(f"an integer is required for flags, got {flags!r}") from None


def refuse_other_flags(flags: int, known: int) -> None:
    """Raise when there are flags that cannot be used.

    :raises TypeError: when they are no integer.
    :raises ZMQError: EINVAL, when there are others than those known.
    """
    flags = flags_argument(flags)
    if flags & ~known:
        raise error_for(
            zmq.EINVAL, f"flags={flags:#x}: only {zmq.Flag(known)!r} can be used here"
        )
