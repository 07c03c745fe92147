"""Sockets that the garbage collector closes: libzmq's stay until the objects are freed.

Of all that it has found it calls ``__del__``, in any order, before it frees any of it.
What a socket has not sent yet would keep its context for ever, if the socket came
before who destroys the context with a LINGER.
"""

from __future__ import annotations

import sys

from zmq.backend.cffi._native import lib
from zmq.backend.cffi.handle import closing_handles
from zmq.backend.cffi.lease import exiting
from zmq.backend.cffi.telling import tell_length

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

#: Elsewhere `__del__` is called first for what refers to others.
COUNTS_REFERENCES = sys.implementation.name == "cpython"


def _stays() -> None:
    """Hold such a handle; nobody has to be told of its close."""


class _Keeper:
    """Nothing but its socket refers to it, so that it is freed with that."""

    __slots__ = ("_handle",)

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def __del__(self) -> None:
        if not exiting():
            self._handle.let_close(_stays)


def keep(sock: Any, handle: Handle) -> None:
    """Have libzmq's socket stay, once closed, until `sock` is freed."""
    object.__setattr__(sock, "_keeper", _Keeper(handle))
    handle.holders.append(_stays)
    tell_length(lib.zq_count_holds, handle.box, handle.holders)
    if handle.context is None or handle.context._ends:
        # Another thread waits for it, and what is freed first may wait for that.
        handle.let_close(_stays)


def goes_down_with(handle: Handle, context: Any) -> bool:
    """Whether a socket has to be closed for a context to end."""
    ours = handle.context
    return ours is context or (
        ours is not None and not context._shadow and ours._handle == context._handle
    )


def let_all_go(context: Any, linger: int | None) -> None:
    """Close for good all that was kept of a context which is to end."""
    for handle in list(closing_handles):
        if _stays in handle.holders and goes_down_with(handle, context):
            if linger is not None:
                lib.zq_linger(handle.box, linger)
            handle.let_close(_stays)
