"""Making sockets, and finding those that others have made."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import weakref

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.context import (
    Context,
    call_usable,
    open_contexts,
    usable_context,
)
from zmq.backend.cffi.errors import EINVAL, ENOTSOCK, fail, type_name
from zmq.backend.cffi.handle import Handle, open_handles
from zmq.error import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_setattr = object.__setattr__


def make(sock: Any, context: Any, socket_type: int) -> None:
    """Make a socket of libzmq, for an object that has none yet."""
    if not isinstance(context, Context):
        raise TypeError(f"context must be a zmq.Context, got {context!r}")
    h = Handle(socket_type)
    h.pid = context._pid
    h.context = context
    h.owner = weakref.ref(sock)
    try:
        rc = call_usable(
            context, usable_context, lib.zq_context_open, h.box, socket_type
        )
        if rc < 0:
            refused = lib.zq_context_refused(context._shared)
            what = f"{type_name(socket_type)} socket"
            if rc == -EINVAL:
                what = explain("new_socket", socket_type) or what
            if refused:
                what += f": the system refuses {ffi.string(refused).decode()}"
            fail(-rc, what)
        h.found()
        _setattr(sock, "_box", h.box)
        _setattr(sock, "_h", h)
    except BaseException:
        # Of a signal handler, too: a context waits for each socket that was made.
        h.close()
        raise


def handle_of(shadowed: Any) -> Handle:
    """Return the Handle of a Socket that is to be shadowed."""
    h: Handle | None = shadowed._h
    if h is None or h.closed:
        fail(ENOTSOCK, f"{shadowed!r} cannot be shadowed")
    return h


def handle_at(address: Any, context: Any) -> Handle:
    """Return the Handle of the socket at an address, which may be of other code."""
    h = open_handles.get(address)
    if h is not None:
        return h
    if address in open_contexts:
        # libzmq would read beyond it, to see whether it is one.
        fail(ENOTSOCK, f"at address {address:#x} there is a context, no socket")
    ptr = ffi.cast("void *", address)
    kind = lib.zq_type_of(ptr)
    if kind < 0:
        fail(-kind, f"no socket at address {address:#x}")
    h = Handle(kind)
    lib.zq_box_begin(h.box, ptr, h.type)
    h.pointer = address
    h.foreign = True
    h.place = "of other code"
    if isinstance(context, Context):
        h.context = context
    return h
