"""How many buffers libzmq refers to just now.

In pyzmq 27 a thread of this module let go of them. Now whoever calls zmq next does it,
and there is nothing to run: the names are kept for programs that import them.
"""

from __future__ import annotations

from zmq.backend import buffers_lent

__all__ = ["GarbageCollector", "gc"]


class GarbageCollector:
    """The buffers that were sent without a copy, and are not given back yet.

    ``len()`` is their number.
    """

    def __len__(self) -> int:
        return buffers_lent()

    def __bool__(self) -> bool:
        return True

    def is_alive(self) -> bool:
        """Return False: there is no thread."""
        return False

    def start(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""


#: The one of this process.
gc: GarbageCollector = GarbageCollector()
