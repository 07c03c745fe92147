"""What keeps a context from ending, as :exc:`zmq.TimedOut` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zmq.constants import Errno, SocketType
from zmq.error import TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SocketLeft"]

_WAYS = {"bind": "bound to", "connect": "connected to"}


class SocketLeft(NamedTuple):
    """A socket that is open, or closed and perhaps not done with its messages."""

    #: A :class:`zmq.SocketType`, or the number of a type that has no name here.
    socket_type: SocketType | int
    #: Where it is, or was, bound and connected: pairs of "bind" or "connect" and the
    #: address.
    endpoints: tuple[tuple[str, str], ...]
    #: Seconds since it was made.
    age: float
    #: Seconds since it was closed; None while it is open.
    closed: float | None
    #: Its ``LINGER`` when it was closed, in milliseconds; None when that is not known.
    linger: int | None
    #: The line of the program that made it, if tracemalloc was tracing; else "".
    made_at: str

    def __str__(self) -> str:
        kind = self.socket_type
        name = kind.name if isinstance(kind, SocketType) else str(kind)
        places = [f"{_WAYS[way]} {address}" for way, address in self.endpoints]
        place = " and ".join(places) or "neither bound nor connected"
        line = f" at {self.made_at}" if self.made_at else ""
        text = f"{name} socket {place}, made {self.age:.1f} s ago{line}"
        if self.closed is None:
            return f"{text}: open"
        linger = "" if self.linger is None else f" with LINGER {self.linger}"
        text = f"{text}: closed {self.closed:.1f} s ago{linger}"
        return f"{text}, may still have messages to send"


def sockets_left(records: Iterable[tuple[Any, ...]]) -> list[SocketLeft]:
    """Return what a context's ``_sockets_left`` tells, as objects; open ones first."""
    left = [SocketLeft(_type_of(kind), *rest) for kind, *rest in records]
    left = [one for one in left if not _is_ours(one.endpoints)]
    left.sort(key=lambda one: one.closed is not None)
    return left


def _is_ours(endpoints: tuple[tuple[str, str], ...]) -> bool:
    """Whether it is one of ours that closes by itself: zmq.sugar.readiness.journal."""
    return bool(endpoints) and endpoints[0][1].startswith("inproc://zmq.peers.")


def _type_of(kind: int) -> SocketType | int:
    try:
        return SocketType(kind)
    except ValueError:
        return kind


def not_ended(timeout: float, records: Iterable[tuple[Any, ...]]) -> TimedOut:
    """Return the error of a context that has not ended within so many seconds."""
    # pyright meets this module twice, here and in the installed wheel.
    left: Any = sockets_left(records)
    text = f"the context has not ended within timeout={timeout:g} s"
    if not left:
        return TimedOut(
            Errno.ETIMEDOUT,
            f"{text}, and none of its sockets here keeps it: it needs longer, or other"
            " code has made one",
        )
    lines = "".join(f"\n  {one}" for one in left)
    return TimedOut(Errno.ETIMEDOUT, f"{text}, with these sockets:{lines}", left)
