"""Polling several sockets at once."""

from __future__ import annotations

from _thread import RLock

from zmq.backend import Socket as SocketBase
from zmq.backend import zmq_poll as zmq_poll
from zmq.backend.arguments import is_number
from zmq.backend.hints import without_hints
from zmq.constants import POLLERR, POLLIN, POLLOUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@without_hints
class Poller:
    """Wait until one of several sockets or descriptors is ready.

    ::

        poller = zmq.Poller()
        poller.register(sock, zmq.POLLIN)
        events = dict(poller.poll(1000))
        if sock in events:
            ...

    Threads may share it. What one of them registers while another one polls counts from
    the next :meth:`poll` on.
    """

    __module__ = "zmq"

    sockets: list[tuple[Any, int]]

    def __init__(self) -> None:
        self.sockets = []
        self._map: dict[Any, int] = {}
        self._lock = RLock()

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        del state["_lock"]  # a copy has one of its own
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock = RLock()

    def __contains__(self, socket: Any) -> bool:
        return socket in self._map

    def register(self, socket: Any, flags: int = POLLIN | POLLOUT) -> None:
        """Have a socket or descriptor polled; anew, when it is already.

        :param socket: a :class:`zmq.Socket`, an int descriptor, or any object with a
            ``fileno()``.
        :param flags: what to wait for: a mask of :class:`zmq.PollEvent`; 0 to stop.
        :raises TypeError: when `flags` is no number.
        """
        if not isinstance(flags, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            flags = _mask(flags)
        with self._lock:
            if not flags:
                if socket in self._map:
                    self.unregister(socket)
            elif socket in self._map:
                self.sockets[self._map[socket]] = (socket, flags)
            else:
                self._map[socket] = len(self.sockets)
                self.sockets.append((socket, flags))

    def modify(self, socket: Any, flags: int = POLLIN | POLLOUT) -> None:
        """Change what a socket or descriptor is polled for; see :meth:`register`."""
        self.register(socket, flags)

    def unregister(self, socket: Any) -> None:
        """Have a socket or descriptor no longer polled.

        :param socket: what was registered.
        :raises KeyError: when it was not.
        """
        with self._lock:
            index = self._map.pop(socket)
            self.sockets.pop(index)
            for other, _ in self.sockets[index:]:
                self._map[other] -= 1

    def poll(self, timeout: float | None = None) -> list[tuple[Any, int]]:
        """Wait until something is ready.

        :param timeout: milliseconds; None or a negative number waits for ever.
        :returns: a list of pairs, of what is ready only: the socket, or the int
            descriptor, and the mask of what it is ready for. ``dict()`` of it is often
            handy. Empty when the time is over, or nothing is registered.
        :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without
            a timeout; and when a socket is closed meanwhile. Beside others, and with a
            timeout, sockets that are closed already are never ready.
        :raises TypeError: when something was registered that cannot be polled.
        """
        return zmq_poll(self.sockets, timeout)


def select(
    rlist: list[Any],
    wlist: list[Any],
    xlist: list[Any],
    timeout: float | None = None,
) -> tuple[list[Any], list[Any], list[Any]]:
    """Wait until something is ready, with the interface of ``select.select``.

    :param rlist: sockets, descriptors and objects with a ``fileno()``, to be read from.
    :param wlist: sockets and descriptors to be written to.
    :param xlist: sockets and descriptors that may have errors.
    :param timeout: **seconds**, as ``select.select`` has it; None waits for ever.
    :returns: the same three lists, of what is ready only, each once: the sockets, and
        int descriptors, also for objects with a ``fileno()``. What is no descriptor, or
        has another error, is in the third one, whichever it was given in.
    """
    return _select_by(zmq_poll, rlist, wlist, xlist, timeout)


def _mask(flags: Any) -> int:
    if flags is None:  # the same as 0 in pyzmq
        return 0
    if not is_number(flags):
        raise TypeError(f"flags must be a mask of zmq.PollEvent, an int, got {flags!r}")
    return int(flags)


def _select_by(
    poll: Callable[[list[tuple[Any, int]], float | None], list[tuple[Any, int]]],
    rlist: list[Any],
    wlist: list[Any],
    xlist: list[Any],
    timeout: float | None,
) -> tuple[list[Any], list[Any], list[Any]]:
    """Do what :func:`select` does, by another function in place of `zmq_poll`."""
    reading, writing, failing = (
        # once each: whoever receives from all that is returned must not wait then
        list(dict.fromkeys(map(_polled, things)))
        for things in (rlist, wlist, xlist)
    )
    wanted: dict[Any, int] = {}
    for flag, things in ((POLLIN, reading), (POLLOUT, writing), (POLLERR, failing)):
        for thing in things:
            wanted[thing] = wanted.get(thing, 0) | flag
    ms = None if timeout is None or timeout < 0 else timeout * 1000
    ready = dict(poll(list(wanted.items()), ms))

    def those(flag: int, things: list[Any]) -> list[Any]:
        return [thing for thing in things if ready.get(thing, 0) & flag]

    wrong = those(POLLERR, failing)
    # Errors are found whoever asks for them, and end the wait: they would end the next
    # one as well, if nobody were told.
    unasked = [thing for thing, flags in wanted.items() if not flags & POLLERR]
    wrong += those(POLLERR, unasked)
    return those(POLLIN, reading), those(POLLOUT, writing), wrong


def _polled(thing: Any) -> Any:
    """Return what stands for a thing in what polling returns."""
    if isinstance(thing, (int, SocketBase)) or not hasattr(thing, "fileno"):
        return thing
    number = thing.fileno()
    return number if isinstance(number, int) else thing  # zmq_poll tells what is wrong
