"""Buffers lent to libzmq: see native/lease.h for how they come back."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import atexit

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import FOREVER
from zmq.backend.cffi.signals import interrupted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_exiting: list[bool] = []
atexit.register(_exiting.append, True)


def exiting() -> bool:
    """Whether the interpreter ends."""
    return bool(_exiting)


def memory_bytes(view: memoryview) -> bytes:
    """Return a contiguous buffer's content, in the order of its memory.

    :raises BufferError: on PyPy, when that is not the order of its indices.
    """
    try:
        return view.tobytes("A")
    except TypeError:  # PyPy's takes no order
        raise BufferError("the buffer is not C-contiguous, as PyPy needs it") from None


class Lease:
    """A Python buffer lent to libzmq, and the event of its return."""

    __slots__ = ("__weakref__", "_address", "_buffer", "_record", "data", "readonly")

    def __init__(self, data: Any, message: Any) -> None:
        with memoryview(data) as view:
            self.readonly: bool = view.readonly
            size = view.nbytes
            try:
                self._buffer: Any = ffi.from_buffer(data)
            except (TypeError, ValueError, BufferError):
                self._buffer = ffi.from_buffer(memory_bytes(view))
        self.data = data if type(data) is bytes else None
        self._address = int(ffi.cast("uintptr_t", self._buffer))
        record = ffi.new("zq_lease *")
        self._record = record
        _lent[int(ffi.cast("uintptr_t", record))] = self
        if self.readonly and size:
            loan = _readonly.setdefault(self._address, _Loan())
            loan.count += 1
            if self.data is not None:
                loan.data = self.data
        lib.zq_lease_lend(message, self._buffer, size, record)

    def is_set(self) -> bool:
        """Whether libzmq has given the buffer back."""
        drain()
        return bool(self._record.done)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until libzmq has given the buffer back.

        :param timeout: seconds; None waits for ever.
        :returns: whether it came back in time.
        """
        deadline = FOREVER
        if timeout is not None:
            wait = max(0.0, min(timeout, 1e9))
            deadline = int(lib.zq_now_ns()) + int(wait * 1e9)
        rc = lib.zq_lease_wait(self._record, deadline)
        while interrupted(rc):
            rc = lib.zq_lease_wait(self._record, deadline)
        if rc < 0:
            raise OSError(-rc, "nothing left to wait with")
        return self.is_set()

    def _came_back(self) -> None:
        if self.readonly:
            loan = _readonly.get(self._address)
            if loan is not None:
                loan.count -= 1
                if not loan.count:
                    del _readonly[self._address]
        ffi.release(self._buffer)
        # The release() of older PyPys lets go of nothing, and trackers live on.
        self._buffer = None
        self.data = None


class _Loan:
    """Read-only memory that libzmq refers to, once or several times."""

    __slots__ = ("count", "data")

    def __init__(self) -> None:
        self.count: int = 0
        self.data: bytes | None = None


# By the address of its record: what libzmq refers to just now. And the read-only memory
# among it, by its address. A message received in this process may point there: then it
# must not be written to, and where it is a bytes object its bytes need no copying.
_lent: dict[int, Lease] = {}
_readonly: dict[int, _Loan] = {}


def drain_if_any() -> None:
    """The same as :func:`drain`, for what mostly has nothing to do with buffers."""
    if _lent:
        drain()


def drain() -> None:
    """Let go of every buffer that libzmq has given back."""
    record = lib.zq_leases_take()
    while record:
        following = record.next
        lease = _lent.pop(int(ffi.cast("uintptr_t", record)), None)
        if lease is not None:
            lease._came_back()
        record = following


def buffers_lent() -> int:
    """Return how many buffers, sent without a copy, libzmq has not given back yet."""
    drain()
    return len(_lent)


def is_lent(address: int) -> bool:
    """Whether there is read-only memory on loan at an address."""
    return address in _readonly


def lent_bytes(address: int, size: int) -> bytes | None:
    """Return the bytes object that a message refers to as a whole, or None."""
    loan = _readonly.get(address)
    if loan is None or loan.data is None or len(loan.data) != size:
        return None
    return loan.data
