"""Futures that are made done, where a finalizer costs more than a message: on PyPy.

It keeps what has a ``__del__``, as :class:`asyncio.Future` has, until it next collects
all garbage, with all that this refers to, and calls it then. So what is only awaited
has none. The message of one that nobody has looked at is found in other ways:

* Of each event loop the last one is remembered. When the next one is made, and nobody
  has looked at the one before, that gets a finalizer.
* When garbage is collected, so does the last one.
"""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import sys
from typing import Any

_set_class: Any = object.__dict__["__class__"].__set__


class Light:
    """A future that is made done, and has been used for nothing but ``await``."""

    #: What it becomes: has all that a future has, and no slots.
    full: type

    # isinstance() asks for it where the type is another one, and so does asyncio.
    __class__: Any = property(lambda self: self.full)
    _asyncio_future_blocking = False
    _finalizer: _Finalizer | None = None
    _socket: Any = None
    _value: Any

    def __await__(self) -> Any:
        return self

    __iter__ = __await__

    def __next__(self) -> Any:
        end = StopIteration(self._value)
        try:
            raise end
        finally:
            # As in the full class: last, and not for what a signal handler raises.
            given = sys.exc_info()[1] is end
            del end
            if given:
                self._socket = None

    def done(self) -> bool:
        """Return True."""
        return True

    def __getattr__(self, name: str) -> Any:
        grow(self)
        return getattr(self, name)

    def __repr__(self) -> str:
        grow(self)
        return repr(self)


def grow(light: Any) -> None:
    """Give a future all that futures have, if it is a light one still."""
    if type(light) is not Light:
        return
    if light._socket is not None:
        finalizer = light._finalizer
        if finalizer is None:
            finalizer = light._finalizer = _Finalizer()
        # Only now: a signal handler that raises before leaves one that does nothing.
        finalizer.light = light
    _set_class(light, light.full)


class _Finalizer:
    """Does what the ``__del__`` of a full one does: a changed class brings none."""

    light: Any = None

    def __del__(self) -> None:
        if self.light is not None:
            self.light.__del__()


def hand_over_light(light: Any, sock: Any) -> None:
    """Have a future give its message back to a socket if nobody looks at it."""
    clock = sock._clock
    last = clock.unseen
    if last is not None and last._socket is not None:
        grow(last)
    light._socket = sock
    # Last: if a signal handler raises before, the message is taken back by the caller;
    # and the watch might take one without a socket for one that has been looked at.
    clock.unseen = light
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
        last = clock.unseen
        if last is not None and last._socket is not None:
            grow(last)
        clock.unseen = None
