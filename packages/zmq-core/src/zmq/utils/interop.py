"""Taking libzmq pointers from other bindings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["cast_int_addr"]


def cast_int_addr(n: Any) -> int:
    """Return the address a pointer holds.

    :param n: an int, or a pointer of CFFI.
    :returns: the address, as ``Context.shadow`` and ``Socket.shadow`` take it.
    :raises ValueError: when it is neither.
    """
    if isinstance(n, int):
        return n
    # Whoever has such an object has imported cffi; nobody else should have to.
    if type(n).__module__ == "_cffi_backend":
        from importlib import import_module

        return int(import_module("cffi").FFI().cast("uintptr_t", n))
    raise ValueError(f"Cannot cast {n!r} to int")
