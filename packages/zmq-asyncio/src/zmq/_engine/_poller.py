"""Polling many sockets and descriptors in an event loop."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import os
from typing import Any

import zmq
from zmq._engine._answer import (
    Answer,
    current_loop,
    failed,
    make_ready,
    running_loop,
)
from zmq._engine._loops import (
    Loop,
    LoopState,
    call_in,
    call_where_it_runs,
    runs_elsewhere,
    state_of,
    wake,
)
from zmq._engine._socket import TURN_BUDGET, AsyncSocket
from zmq.sugar.timeouts import milliseconds_argument
from zmq.sugar.waiting.closedness import all_closed, closed_while, is_closed

_FD = int(zmq.FD)


class AsyncPoller(zmq.Poller):
    """A poller whose :meth:`poll` returns a future."""

    def poll(  # type: ignore[override]
        self, timeout: float | None = -1
    ) -> Answer[list[tuple[Any, int]]]:
        """Wait until something is ready; see :meth:`zmq.Poller.poll`.

        :param timeout: milliseconds; None, or a negative number, waits for ever.
        :returns: a future of the list of pairs. Nothing is received by polling, so a
            cancellation loses nothing.
        :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without
            a timeout; and when a socket is closed meanwhile. Beside others, and with a
            timeout, sockets that are closed already are never ready.
        """
        timeout = milliseconds_argument(timeout)
        loop = current_loop()
        state = state_of(loop)
        found: list[tuple[Any, int]] = []
        try:
            if timeout == 0 or state.may_answer(int(TURN_BUDGET * 1e6)):
                found = zmq.zmq_poll(self.sockets, 0)
            if timeout == 0 or not self.sockets or (found and not _wanted(found)):
                return make_ready(found)
            return _Poll(loop, state, list(self.sockets), timeout)
        except Exception as error:
            return failed(loop, error)


class _Poll(Answer[Any]):
    """The future of one :meth:`AsyncPoller.poll`."""

    __slots__ = ("_duplicates", "_items", "_loops", "_scheduled", "_sockets", "_timer")

    def __init__(
        self,
        loop: Loop,
        state: LoopState,
        items: list[tuple[Any, int]],
        timeout: float | None,
    ) -> None:
        super().__init__(loop=loop)
        self._loops = state
        self._scheduled = False
        self._timer: asyncio.TimerHandle | None = None
        self._sockets: list[tuple[zmq.Socket[Any], int]] = []
        self._duplicates: list[int] = []
        try:
            items = [item for item in items if not is_closed(item[0])]
            if not items and (timeout is None or timeout < 0):
                raise all_closed()
            self._items = items
            for thing, flags in items:
                if isinstance(thing, zmq.Socket):
                    self._watch_socket(thing, flags)  # pyright: ignore[reportUnknownArgumentType]
                else:
                    self._watch_descriptor(thing, flags)
        except BaseException:
            self._clean_up()
            raise
        if timeout is not None and timeout >= 0:
            self._timer = loop.call_later(timeout / 1000, self._expire)
        # What came between the first look and the watching.
        self._schedule()

    def _watch_socket(self, sock: zmq.Socket[Any], flags: int) -> None:
        # From here on another thread's close() leaves the descriptor open.
        fd: Any = -1
        try:
            sock._defer_close(self._closed_by_somebody)
            fd = sock.get(_FD)
            self._loops.add_reader(fd, self._look)
            self._sockets.append((sock, fd))
        except BaseException:
            self._loops.remove_reader(fd, self._look)
            sock._allow_close(self._closed_by_somebody)
            raise
        sock._watch(self._something_happened, flags)

    def _watch_descriptor(self, thing: Any, flags: int) -> None:
        try:
            fd = thing if isinstance(thing, int) else thing.fileno()
        except AttributeError:
            zmq.zmq_poll([(thing, flags)], 0)  # says what can be polled
            raise
        if os.name == "posix":
            # A loop knows one callback for a descriptor, and this one is not ours.
            fd = os.dup(fd)
        self._duplicates.append(fd)
        selector = self._loops.selector
        if flags & ~zmq.POLLOUT:
            selector.add_reader(fd, self._look)
        if flags & zmq.POLLOUT:
            selector.add_writer(fd, self._look)

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            self.get_loop().call_soon(self._look)

    def _something_happened(self) -> None:
        loop = self.get_loop()
        if running_loop() is loop:
            self._schedule()
        elif not self._scheduled:
            self._scheduled = True
            call_in(loop, self._look)

    def _look(self) -> None:
        self._scheduled = False
        try:
            self._look_for_events()
        finally:
            # Also when a signal handler raises as soon as there is a result.
            if self.done():
                self._clean_up()

    def _look_for_events(self) -> None:
        if self.done():
            return
        try:
            found = zmq.zmq_poll(self._items, 0)
            closed = [sock for sock, _ in self._sockets if sock.closed]
            if closed and not found:
                raise closed_while(closed[0], "it was polled")
        except Exception as error:
            self.set_exception(error)
        else:
            if found:
                self.set_result(found)

    def _expire(self) -> None:
        try:
            if not self.done():
                self.set_result([])
        finally:
            self._clean_up()

    def _closed_by_somebody(self) -> None:
        loop = self.get_loop()
        call_where_it_runs(loop, self._notice_close)
        if not runs_elsewhere(loop):
            wake(loop)

    def _notice_close(self) -> None:
        if self.get_loop().is_closed():
            self._clean_up()
        else:
            self._look()

    def cancel(self, msg: Any = None) -> bool:
        """Give up.

        :param msg: passed on to the :class:`asyncio.CancelledError`.
        """
        try:
            return super().cancel(msg)
        finally:
            if self.done():
                self._clean_up()

    def _clean_up(self) -> None:
        try:
            self._let_go()
        except BaseException:  # of a signal handler: nobody would do it later
            self._let_go()
            raise

    def _let_go(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        while self._sockets:
            sock, fd = self._sockets[-1]
            self._loops.remove_reader(fd, self._look)
            sock._unwatch(self._something_happened)
            sock._allow_close(self._closed_by_somebody)
            # Last: each of these steps may be done twice.
            self._sockets.pop()
        selector = self._loops.selector
        while self._duplicates:
            fd = self._duplicates.pop()
            if not self.get_loop().is_closed():
                selector.remove_reader(fd)
                selector.remove_writer(fd)
            if os.name == "posix":
                os.close(fd)


def _wanted(found: list[tuple[Any, int]]) -> bool:
    """Whether others wait for a socket: what is there is theirs, as in its ``poll``."""
    return any(
        isinstance(thing, AsyncSocket) and (thing._receiving or thing._sending)
        for thing, _ in found
    )
