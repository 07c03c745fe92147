"""Sockets that are closed as the garbage collector finds them.

CPython's collector first calls the ``__del__`` of all objects that it has found, in any
order, and then frees them. One of these objects may destroy the context, with a LINGER
for its sockets. libzmq takes none for a socket that it has closed already, and may wait
for the messages of that for ever. So a socket that is collected is closed for good when
its object is freed, or when its context ends.
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

#: PyPy calls the `__del__` of an object before those of what the object refers to.
COUNTS_REFERENCES = sys.implementation.name == "cpython"


def _stays() -> None:
    """Be what holds the handle; there is nothing to do when it is closed."""


class _Keeper:
    """Closes a handle for good when it is freed: only the socket's object has it."""

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
        # Another thread waits in term() for it to be closed, and the collector may come
        # to a __del__ that waits for this thread.
        handle.let_close(_stays)


def goes_down_with(handle: Handle, context: Any) -> bool:
    """Whether a socket has to be closed for a context to end."""
    ours = handle.context
    return ours is context or (
        ours is not None and not context._shadow and ours._handle == context._handle
    )


def let_all_go(context: Any, linger: int | None) -> None:
    """Close for good what was kept, as the context is to end."""
    for handle in list(closing_handles):
        if _stays in handle.holders and goes_down_with(handle, context):
            if linger is not None:
                handle.set_linger(linger)
            handle.let_close(_stays)
