"""Waiting in asyncio, with AnyIO or without.

How a loop listens to a descriptor is shared with zmq.asyncio: one socket can be used
through both in one loop.
"""

# One engine in several distributions.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import math
import sys
import types
import weakref
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable

import zmq
from zmq._engine._loops import Loop as EventLoop
from zmq._engine._loops import call_in, state_of
from zmq.sugar.waiting import channel
from zmq.trio._loops import drive as _drive
from zmq.trio._loops import undisturbed as _undisturbed

if TYPE_CHECKING:
    from zmq.backend import Socket as SocketBase

_POLLOUT = int(zmq.POLLOUT)


class AsyncioLoop:
    """One event loop of asyncio."""

    drive = staticmethod(_drive)
    # Ctrl-C cancels the main task there.
    undisturbed = staticmethod(_undisturbed)

    def __init__(self, loop: EventLoop) -> None:
        # Sockets refer to this, and are no reason to keep a loop.
        self._loop = weakref.ref(loop)
        self.state = state_of(loop)
        self.turned = 0
        #: Whether it calls what has to do with a descriptor, which is no task.
        self.fires = False

    @property
    def loop(self) -> EventLoop:
        """The event loop itself."""
        loop = self._loop()
        assert loop is not None
        return loop

    @property
    def closed_error(self) -> type[zmq.ZMQError]:
        """The error of who uses a closed socket; where AnyIO is used, its own, too."""
        return _closed_error() if "anyio" in sys.modules else zmq.ZMQError

    def is_here(self) -> bool:
        """Whether a task of this loop calls; what is none may interrupt its sleep."""
        loop = self._loop()
        if loop is None or loop.is_closed():
            return False
        if not loop.is_running():
            return True  # nobody is in anybody's way
        if asyncio._get_running_loop() is not loop:
            return False
        return self.fires or asyncio.current_task(loop) is not None

    def call(self, function: Callable[[], None]) -> bool:
        """Have the loop call a function soon; return whether it will."""
        loop = self._loop()
        return loop is not None and call_in(loop, function)

    def time(self) -> float:
        """Return the time by the loop's clock, in seconds."""
        return self.loop.time()

    @staticmethod
    @types.coroutine
    def checkpoint() -> Generator[None, None, None]:
        """Let others run, and raise if the task is cancelled."""
        yield  # which is all that asyncio.sleep(0) does, with a coroutine more

    async def checkpoint_if_cancelled(self) -> None:
        """Do nothing: who is cancelled here learns of it when others have run."""

    def channel_of(self, socket: SocketBase) -> AsyncioChannel:
        """Return what tasks of this loop wait for a socket with."""
        return channel.channel_of(socket, self, AsyncioChannel)

    def waiter(self, channel: Any = None) -> AsyncioWaiter:  # noqa: ARG002
        """Return this task, to wait for a socket, or whatever else wakes it."""
        return AsyncioWaiter(self)

    @contextmanager
    def attend(self, channel: Any) -> Generator[None, None, None]:  # noqa: ARG002
        """Do nothing: as long as anybody waits for a socket, it is listened to."""
        yield

    @contextmanager
    def watch_descriptor(
        self, fd: int, events: int, callback: Callable[[], None]
    ) -> Generator[None, None, None]:
        """Call back when one of `events` may be there, a mask of POLLIN and POLLOUT."""
        selector = self.state.selector
        try:
            if events & ~_POLLOUT:
                selector.add_reader(fd, callback)
            if events & _POLLOUT:
                selector.add_writer(fd, callback)
            yield
        finally:
            selector.remove_reader(fd)
            selector.remove_writer(fd)


class AsyncioChannel(channel.Channel):
    """What the tasks of one loop share that wait for one socket."""

    __slots__ = ("_asyncio", "_fd")

    def __init__(self, socket: SocketBase, loop: AsyncioLoop) -> None:
        super().__init__(socket, loop)
        self._asyncio = loop
        self._fd = -1

    def _listen(self, socket: SocketBase) -> None:
        fd = self.descriptor(socket)
        self._asyncio.state.add_reader(fd, self.fired)
        self._fd = fd

    def _stop_listening(self, socket: SocketBase) -> None:  # noqa: ARG002
        fd, self._fd = self._fd, -1
        if fd != -1:
            self._asyncio.state.remove_reader(fd, self.fired)

    def fired(self) -> None:
        """Have those woken whose turn it is: the descriptor is readable."""
        self._asyncio.fires = True
        try:
            super().fired()
        finally:
            self._asyncio.fires = False


class AsyncioWaiter:
    """One task, while it waits for whatever may come."""

    __slots__ = ("_future", "_loop", "refused", "woken")

    def __init__(self, loop: AsyncioLoop) -> None:
        self._loop = loop
        self._future: asyncio.Future[None] | None = None
        self.woken = False
        self.refused = False

    async def sleep(self, deadline: float) -> bool:
        """Let others run until it is woken, or the time is over."""
        if self.woken:
            return True
        loop = self._loop.loop
        future = self._future = loop.create_future()
        timer = None
        if deadline != math.inf:
            timer = loop.call_at(deadline, _resolve, future)
        try:
            if not self.woken:  # by a signal handler, before there was the future
                await future
        finally:
            self._future = None
            if timer is not None:
                timer.cancel()
        return self.woken or loop.time() < deadline

    def wake(self) -> None:
        """Have the task go on soon; do nothing if that has been done."""
        if not self.woken:
            self.woken = True
            if self._future is not None:
                _resolve(self._future)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


_ClosedError: Any = None


def _closed_error() -> type[zmq.ZMQError]:
    global _ClosedError
    if _ClosedError is None:
        import anyio

        class ClosedError(zmq.ZMQError, anyio.ClosedResourceError):
            """A socket is used that has been closed: ENOTSOCK."""

        _ClosedError = ClosedError
    return _ClosedError  # type: ignore[no-any-return]


_loops: weakref.WeakKeyDictionary[EventLoop, AsyncioLoop] = weakref.WeakKeyDictionary()
# The one that was used last, in whatever thread: mostly it is asked for again.
_last: AsyncioLoop | None = None


def current() -> AsyncioLoop | None:
    """Return the loop that runs; None where there is none."""
    global _last
    running = asyncio._get_running_loop()
    if running is None:
        return None
    loop = _last
    if loop is not None and loop._loop() is running:
        return loop
    loop = _loops.get(running)
    if loop is None:
        loop = _loops[running] = AsyncioLoop(running)
    _last = loop
    return loop
