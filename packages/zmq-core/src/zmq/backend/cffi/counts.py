"""What a socket has done, in numbers."""

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.handle import UNUSABLE, HandleUser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.backend.cffi.handle import Handle


class Counts:
    """The numbers of a socket, also after it was closed."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and other._handle is self._handle

    def __hash__(self) -> int:
        return hash(self._handle)

    @property
    def numbers(self) -> tuple[int, ...]:
        """In the order of ``zq_stat``; then the messages dropped."""
        numbers = ffi.new("long long[]", lib.ZQ_N_STATS + 1)
        lib.zq_read_stats(self._handle.box, numbers)
        return tuple(numbers)

    @property
    def final(self) -> bool:
        """Whether the socket is closed for good: they change no more."""
        return not self._handle.box.ptr


class Counting(HandleUser):
    """What :class:`Socket` counts with."""

    @property
    def _counts(self) -> Counts:
        return Counts(self._handle())

    def _count_wait(self, sending: bool) -> None:
        h = self._handle()
        if h.counting:
            waited = lib.ZQ_SENDS_WAITED if sending else lib.ZQ_RECEIVES_WAITED
            lib.zq_count_one(h.box, waited)

    @property
    def _counting(self) -> bool:
        """Whether what it does is counted."""
        return self._h is not None and self._h.counting

    @_counting.setter
    def _counting(self, value: bool) -> None:
        h = self._usable()
        while lib.zq_set_counting(h.box, bool(value)) == UNUSABLE:
            h.unusable()
        h.counting = bool(value)

    @property
    def _on_full(self) -> int:
        """What becomes of a message that would have to wait."""
        return 0 if self._h is None else int(self._h.on_full)

    @_on_full.setter
    def _on_full(self, value: int) -> None:
        h = self._usable()
        while lib.zq_set_on_full(h.box, value) == UNUSABLE:
            h.unusable()
        h.on_full = value
