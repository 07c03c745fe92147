"""The compiled backend keeps the contract that zmq.backend.abc states."""

from __future__ import annotations

from typing import Any

from zmq.backend import abc, cython


def the_classes(
    context: cython.Context,
    socket: cython.Socket,
    frame: cython.Frame,
    loop: cython.ProxyLoop,
    option: cython.OptionAttribute,
) -> list[Any]:
    """Each is what its protocol says."""
    a: abc.Context = context
    b: abc.Socket = socket
    c: abc.Frame = frame
    d: abc.ProxyLoop = loop
    e: abc.OptionAttribute = option
    return [a, b, c, d, e]
