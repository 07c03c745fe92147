"""Following messages until libzmq has done with them."""

from __future__ import annotations

from time import monotonic

from zmq.error import NotDone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Event(Protocol):
        """What can be waited for: a ``threading.Event``, or the return of a buffer."""

        def is_set(self) -> bool:
            """Whether it has happened."""
            ...

        def wait(self, timeout: float | None = None) -> bool:
            """Wait for it, at most `timeout` seconds; return whether it happened."""
            ...

    class Tracked(Protocol):
        """Whatever has a tracker, as a :class:`zmq.Frame` may have."""

        @property
        def tracker(self) -> MessageTracker | None:
            """Its tracker, or None."""
            ...


class MessageTracker:
    """Tell when libzmq has done with one or several messages.

    ``Socket.send(..., copy=False, track=True)`` returns one. Until :attr:`done` is true
    libzmq may still read the memory that was sent, and it must not be changed.

    :param towatch: trackers, tracked frames, or events (objects with ``is_set()`` and
        ``wait(timeout)``); the new tracker is done when all of them are.
    :raises ValueError: for a :class:`zmq.Frame` made without ``track=True``.
    :raises TypeError: for anything that cannot be followed.
    """

    __module__ = "zmq"

    events: set[Event]
    peers: set[MessageTracker]

    def __init__(self, *towatch: MessageTracker | Event | Tracked) -> None:
        self.events = set()
        self.peers = set()
        for thing in towatch:
            self._follow(thing)

    def _follow(self, thing: Any) -> None:
        if isinstance(thing, MessageTracker):
            self.peers.add(thing)
        elif hasattr(thing, "is_set") and hasattr(thing, "wait"):
            self.events.add(thing)
        elif hasattr(thing, "tracker"):
            if thing.tracker is None:
                raise ValueError("Not a tracked message: make it with track=True")
            self.peers.add(thing.tracker)
        else:
            raise TypeError(
                f"expected a MessageTracker, a tracked Frame or an event, got {thing!r}"
            )

    @property
    def done(self) -> bool:
        """Whether libzmq has done with everything that is watched."""
        return all(event.is_set() for event in self.events) and all(
            peer.done for peer in self.peers
        )

    def wait(self, timeout: float | None = -1) -> None:
        """Wait until everything that is watched is done.

        :param timeout: seconds; a negative number, the default, or None waits for ever.
        :raises NotDone: when the time is over before.
        """
        deadline = None if timeout is None or timeout < 0 else monotonic() + timeout
        for event in self.events:
            if not event.wait(_left(deadline)):
                raise NotDone
        for peer in self.peers:
            left = _left(deadline)
            peer.wait(-1 if left is None else left)


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - monotonic())
