"""Monitors: sockets that receive what happens to another one.

libzmq blocks for ever on an event that nobody is there to receive, and with it the
thread that closes sockets. So a socket that receives the events of another one stays
until the last of these, MONITOR_STOPPED, has come.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic, sleep

from zmq import constants
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import DONTWAIT, EINTR, POLLIN, POLLOUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PATIENCE = 1.0  # seconds that a context waits for late events as it ends
_PAIR = int(constants.SocketType.PAIR)
_LINGER = int(constants.SocketOption.LINGER)
_EVENTS = int(constants.SocketOption.EVENTS)


def start(h: Any, address: bytes | None, events: int) -> int:
    """Start, or stop, monitoring a socket; returns 0, or libzmq's error code."""
    audience = None
    if h.monitor is not None and h.context is not None and h.context._handle:
        # Ending a monitor sends a last event. When whoever listened has gone, libzmq
        # would wait for the next listener: this one.
        audience = lib.zmq_socket(h.context._handle, _PAIR)
        if audience:
            lib.zmq_setsockopt(audience, _LINGER, ffi.new("int *", 0), 4)
            while lib.zmq_connect(audience, h.monitor) < 0:
                if lib.zmq_errno() != EINTR:
                    break
    target = ffi.NULL if address is None else address
    rc = -EINTR
    while rc == -EINTR:
        rc = lib.zq_monitor(h.box, target, events)
    if audience:
        lib.zmq_close(audience)
    h.monitor = address if rc == 0 else None
    return -int(rc)


def _has_stopped(ptr: Any) -> bool:
    """Read events away; whether no more can come, as their sender has gone."""
    # The sender is a PAIR of libzmq's own, which goes when it has sent the last event.
    # MONITOR_STOPPED itself may not have been asked for, or have been read before.
    message = ffi.new("zmq_msg_t *")
    lib.zmq_msg_init(message)
    while lib.zmq_msg_recv(message, ptr, DONTWAIT) >= 0:
        pass
    lib.zmq_msg_close(message)
    value, size = ffi.new("int *"), ffi.new("size_t *", 4)
    if lib.zmq_getsockopt(ptr, _EVENTS, value, size) < 0:
        return bool(lib.zmq_errno() != EINTR)
    return not value[0] & (POLLIN | POLLOUT)


def close_receiver(h: Any, ptr: Any) -> None:
    """Close a socket that receives events, now or when the last of them has come."""
    ctx = h.context
    # In one step: a context that ends looks through the late ones after it has said so.
    with ctx._late_lock:
        # In a context that ends nobody looks after late ones; but there nothing blocks.
        if ctx._terminating or not ctx._handle or _has_stopped(ptr):
            lib.zmq_close(ptr)
        else:
            ctx._late_monitors.append(ptr)


def close_late(ctx: Any, *, all_of_them: bool = False) -> None:
    """Close those whose last event has come."""
    looked_at = ctx._late_monitors
    kept: list[Any] = []
    # libzmq's sockets are for one thread at a time, and each is to be closed once.
    with ctx._late_lock:
        try:
            while looked_at:
                # Taken out first: the garbage collector may run, and come here.
                ptr = looked_at.pop()
                if all_of_them or _has_stopped(ptr):
                    lib.zmq_close(ptr)
                else:
                    kept.append(ptr)
        finally:
            looked_at.extend(kept)


def await_late(ctx: Any) -> None:
    """Give the sockets being closed time for their last event."""
    deadline = monotonic() + _PATIENCE
    close_late(ctx)
    while ctx._late_monitors and monotonic() < deadline:
        sleep(0.001)
        close_late(ctx)
    close_late(ctx, all_of_them=True)
