"""Monitors: sockets that receive what happens to another one. See context.h."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic, sleep

from zmq.backend.cffi._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PATIENCE = 1.0  # seconds that a context waits for late events as it ends


def start(h: Any, address: bytes | None, events: int) -> int:
    """Start, or stop, monitoring a socket; returns 0, or what zq_monitor does."""
    former = h.monitor
    context = ffi.NULL if h.context is None else h.context._shared
    target = ffi.NULL if address is None else address
    if address is not None:
        # Before, as a signal handler may raise: what was not started ends at once.
        h.monitor = address
    rc: int = lib.zq_monitor(
        h.box, target, events, context, ffi.NULL if former is None else former
    )
    h.monitor = address if rc == 0 else None
    return rc


def await_late(ctx: Any) -> None:
    """Give the sockets being closed time for their last event."""
    deadline = monotonic() + _PATIENCE
    while lib.zq_context_close_late(ctx._shared) and monotonic() < deadline:
        sleep(0.001)
