"""Memory that C code allocates and frees, owned by an object of Python's."""

from __future__ import annotations

import sys
from functools import partial

from zmq.backend.cffi._native import ffi, lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


# PyPy finalizes an object before those it refers to: there the usual way does, which is
# faster.
_FINALIZES_IN_ORDER = sys.implementation.name == "pypy"


def owned_by(pointer: str, allocate: Any, free: Any) -> Callable[[], Any]:
    """Return a function that makes a pointer to memory which lives as long as it does.

    ``ffi.gc`` would free too early on CPython: of a cycle of garbage, its collector
    finalizes one object after the other, in any order. So the memory would be freed
    while the ``__del__`` of another object may still use it. What is made here for a
    pointer to a struct, the collector does not look into: it is freed with the last
    reference.

    :param pointer: the type of the pointer, to a struct.
    :param allocate: returns the memory; gets the size of the struct.
    :param free: frees it.
    """
    return partial(_allocator(allocate, free), ffi.typeof(pointer))


def _allocator(allocate: Any, free: Any) -> Any:
    return ffi.new_allocator(allocate, free, should_clear_after_alloc=False)


new_message: Callable[[], Any] = owned_by(
    "zmq_msg_t *", lib.zq_message_new, lib.zq_message_free
)
new_box: Callable[[], Any] = owned_by("zq_box *", lib.zq_box_new, lib.zq_box_free)
new_context: Callable[[], Any] = owned_by(
    "zq_context *", lib.zq_context_new, lib.zq_context_free
)
new_catch: Callable[[], Any] = owned_by(
    "zq_catch *", lib.zq_catch_new, lib.zq_catch_free
)
new_proxy: Callable[[], Any] = owned_by(
    "zq_proxy *", lib.zq_proxy_new, lib.zq_proxy_free
)


class _Keeper:
    """Keeps an object for as long as what it is to free exists."""

    __slots__ = ("kept",)

    def __init__(self, kept: Any) -> None:
        self.kept = kept

    def __call__(self, _pointer: Any) -> None:
        self.kept = None


def view_of(address: Any, size: int, owner: Any) -> memoryview:
    """Return a view of memory that belongs to an object, and keeps that.

    :param address: a pointer to it.
    :param size: in bytes.
    :param owner: the object.
    """
    if not size:  # which may be at no address
        return memoryview(bytearray())
    # A pointer keeps nothing but what is to free its memory.
    keeper = _Keeper(owner)
    if _FINALIZES_IN_ORDER:
        return memoryview(ffi.buffer(ffi.gc(address, keeper), size))

    def allocate(_size: int) -> Any:
        return address

    new = _allocator(allocate, keeper)
    return memoryview(ffi.buffer(new("zq_memory *", {"others": size - 1})))
