"""Futures without a finalizer, for PyPy, where one costs more than a message.

PyPy keeps an object with a ``__del__``, and all that it refers to, until the next full
collection of garbage. :class:`asyncio.Future` has one. So here the ``__del__`` of a
class is called ``_finalize``, and a future gets it when it has something to lose: an
error that nobody has asked for, or a message. A message that was there at once is not
lost either:

* Each event loop remembers the last such future. When the next one is made, and nobody
  has looked at the one before, that gets its finalizer.
* When garbage is collected, the last one gets its finalizer, too.
"""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from typing import Any


class _Renaming(type):
    def __new__(cls, name: str, bases: tuple[type, ...], members: Any) -> Any:
        if "__del__" in members:
            members["_finalize"] = members.pop("__del__")
        return super().__new__(cls, name, bases, members)


def _copied(future: type) -> Any:
    """Return a class with all that a class of futures has; isinstance() takes it."""
    members = dict(vars(future))
    for name in ("__dict__", "__weakref__"):
        del members[name]
    return _Renaming("Future", (), {**members, "__class__": property(lambda _: future)})


class Answer(_copied(asyncio.Future)):  # type: ignore[misc]
    """An :class:`asyncio.Future` of what an operation returns."""

    _finalizer: Any = None

    def set_exception(self, exception: Any) -> None:
        """End with an exception."""
        super().set_exception(exception)  # pyright: ignore[reportUnknownMemberType]
        need_finalizer(self)


class _Finalizer:
    answer: Any = None

    def __del__(self) -> None:
        answer = self.answer
        # Another one may have taken its place, when two threads made one at once.
        if answer is not None and answer._finalizer is self:
            answer._finalize()


def need_finalizer(answer: Any) -> None:
    """Have `_finalize` called when nobody refers to a future any more."""
    finalizer = answer._finalizer
    if finalizer is None:
        finalizer = answer._finalizer = _Finalizer()
    # Only now: a signal handler that raises before leaves one that does nothing.
    finalizer.answer = answer


def remember(ready: Any, sock: Any) -> None:
    """Have a future give its message back to a socket if nobody looks at it."""
    clock = sock._clock
    last = clock.unseen[0]
    if last is not None and last._socket is not None:
        need_finalizer(last)
    ready._socket = sock
    # Last: if a signal handler raises before, the message is taken back by the caller;
    # and the watch might take one without a socket for one that has been looked at.
    clock.unseen = [ready]
    if not clock.watched:
        _Watch(clock)


class _Watch:
    """Finalized with the next collection of garbage: nobody refers to it."""

    def __init__(self, clock: Any) -> None:
        self._clock = clock
        clock.watched = True

    def __del__(self) -> None:
        clock = self._clock
        clock.watched = False
        place = clock.unseen
        last = place[0]
        if last is not None and last._socket is not None:
            need_finalizer(last)
        # So that it keeps no message. This may be another thread, that collects all
        # garbage: the loop has perhaps remembered the next one, in another place.
        place[0] = None
