"""Flags of asynchronous operations."""

from __future__ import annotations

import zmq
from zmq.error import error_for


def refuse_other_flags(flags: int, known: int) -> None:
    """Raise when there are flags that cannot be used.

    :raises TypeError: when they are no integer.
    :raises ZMQError: EINVAL, when there are others than those known.
    """
    try:
        others = flags & ~known
    except TypeError:
        raise TypeError(f"an integer is required for flags, got {flags!r}") from None
    if others:
        raise error_for(
            zmq.EINVAL, f"flags={flags:#x}: only {zmq.Flag(known)!r} can be used here"
        )
