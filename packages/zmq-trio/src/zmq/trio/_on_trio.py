"""Waiting in trio.

trio lets one task wait for a descriptor. Of all that sleep for the same one, the first
listens, for all of them: it has the descriptor's news told to the lines, and whoever
is woken goes on. Who stops listening wakes another, to listen in its place.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable

import trio
import zmq
from zmq.sugar.waiting import channel
from zmq.trio._loops import drive as _drive
from zmq.trio._loops import undisturbed as _undisturbed

if TYPE_CHECKING:
    from zmq.backend import Socket as SocketBase

_POLLOUT = int(zmq.POLLOUT)
_NO_DESCRIPTOR = -1
_undivided = trio.lowlevel.enable_ki_protection


class ClosedError(zmq.ZMQError, trio.ClosedResourceError):
    """A socket is used that has been closed: ENOTSOCK."""


class TrioLoop:
    """One run of trio."""

    closed_error: type[zmq.ZMQError] = ClosedError
    checkpoint = staticmethod(trio.lowlevel.checkpoint)
    checkpoint_if_cancelled = staticmethod(trio.lowlevel.checkpoint_if_cancelled)
    time = staticmethod(trio.current_time)
    # What is half done when Ctrl-C comes would leave a place in a line.
    drive = staticmethod(_undivided(_drive))
    undisturbed = staticmethod(_undivided(_undisturbed))

    def __init__(self, token: trio.lowlevel.TrioToken) -> None:
        self._token = token
        self.turned = 0
        #: Who listens to each descriptor, and who sleeps meanwhile.
        self.listening: dict[int, TrioWaiter] = {}
        self.sleeping: dict[int, list[TrioWaiter]] = {}

    def is_here(self) -> bool:
        """Whether a task of this run calls; what is none may interrupt trio itself."""
        try:
            trio.lowlevel.current_task()
        except RuntimeError:
            return False
        return trio.lowlevel.current_trio_token() is self._token

    def call(self, function: Callable[[], None]) -> bool:
        """Have the run call a function soon; return whether it will."""
        try:
            self._token.run_sync_soon(function)
        except trio.RunFinishedError:
            return False
        return True

    def channel_of(self, socket: SocketBase) -> TrioChannel:
        """Return what tasks of this run wait for a socket with."""
        return channel.channel_of(socket, self, TrioChannel)

    def waiter(self, channel: Any = None) -> TrioWaiter:
        """Return this task, to wait for a socket, or whatever else wakes it."""
        return TrioWaiter(self, channel)

    @contextmanager
    def attend(self, channel: Any) -> Generator[None, None, None]:
        """Listen to a socket's descriptor for who waits for several."""
        listener = TrioWaiter(self, channel)
        scope = trio.CancelScope()

        async def listen() -> None:
            with scope:
                while not scope.cancel_called and channel.fd != _NO_DESCRIPTOR:
                    await listener.sleep(math.inf)

        trio.lowlevel.spawn_system_task(listen, name="zmq.trio: poll")
        try:
            yield
        finally:
            scope.cancel()

    @contextmanager
    def watch_descriptor(
        self, fd: int, events: int, callback: Callable[[], None]
    ) -> Generator[None, None, None]:
        """Call back when one of `events` may be there, a mask of POLLIN and POLLOUT."""
        waits: list[Any] = []
        if events & ~_POLLOUT:
            waits.append(trio.lowlevel.wait_readable)
        if events & _POLLOUT:
            waits.append(trio.lowlevel.wait_writable)
        scopes: list[trio.CancelScope] = []

        async def listen(wait: Any, scope: trio.CancelScope) -> None:
            with scope:
                while not scope.cancel_called:
                    try:
                        await wait(fd)
                    except OSError:  # of what is no socket, such as a file
                        break
                    callback()

        try:
            for wait in waits:
                scopes.append(trio.CancelScope())
                trio.lowlevel.spawn_system_task(
                    listen, wait, scopes[-1], name="zmq.trio: poll"
                )
            yield
        finally:
            # The run forgets the descriptor before anybody can close it.
            for scope in scopes:
                scope.cancel()


class TrioLine(channel.Line):
    """Those of one run that wait for one event of a socket."""

    __slots__ = ()

    # The backend calls it in the midst of its own work: Ctrl-C could be raised to
    # nobody, and those who wait would not be woken.
    @_undivided
    def told(self) -> None:
        """Take note of the event; called by the backend, in any thread."""
        super().told()


class TrioChannel(channel.Channel):
    """What the tasks of one run share that wait for one socket."""

    __slots__ = ("_run", "fd")

    _line = TrioLine

    def __init__(self, socket: SocketBase, loop: TrioLoop) -> None:
        super().__init__(socket, loop)
        self._run = loop
        self.fd = _NO_DESCRIPTOR

    @_undivided
    def _told_of_close(self) -> None:
        super()._told_of_close()

    def _listen(self, socket: SocketBase) -> None:
        self.fd = self.descriptor(socket)

    def _stop_listening(self, socket: SocketBase) -> None:
        fd, self.fd = self.fd, _NO_DESCRIPTOR
        if socket.closed and fd in self._run.listening:
            # The run forgets it at once, and whoever listens goes on.
            trio.lowlevel.notify_closing(fd)


class TrioWaiter:
    """One task, while it waits for whatever may come."""

    __slots__ = ("_channel", "_fd", "_owner", "_run", "_task", "refused", "woken")

    def __init__(self, run: TrioLoop, channel: TrioChannel | None) -> None:
        self._run = run
        self._channel = channel
        self._fd = _NO_DESCRIPTOR
        self._owner: trio.lowlevel.Task | None = None
        self._task: trio.lowlevel.Task | None = None  # while it sleeps unlistening
        self.woken = False
        self.refused = False

    async def sleep(self, deadline: float) -> bool:
        """Let others run until it is woken, or the time is over."""
        if deadline == math.inf:
            await self._sleep()
            return True
        with trio.CancelScope(deadline=deadline):
            await self._sleep()
        return self.woken or trio.current_time() < deadline

    async def _sleep(self) -> None:
        self._owner = trio.lowlevel.current_task()
        channel = self._channel
        if channel is None:
            while not self.woken:
                await self._park()
            return
        # Of a socket that is closed meanwhile this stays, to be taken off the lists.
        fd = self._fd = channel.fd
        try:
            await self._listen_or_park(channel, fd)
        finally:
            if fd not in self._run.listening and fd in self._run.sleeping:
                self._run.sleeping[fd][0].nudge()
            # What its own attempts tell it, it sees before it sleeps again.
            self._owner = None

    # Not in the "try": CPython 3.12 to 3.14 skip its "finally" when a signal handler
    # raises as a loop in it jumps back on a condition.
    async def _listen_or_park(self, channel: TrioChannel, fd: int) -> None:
        while not self.woken and channel.fd == fd != _NO_DESCRIPTOR:
            if fd in self._run.listening:
                await self._park()
            else:
                await self._listen(channel)

    async def _listen(self, channel: TrioChannel) -> None:
        fd = self._fd
        self._run.listening[fd] = self
        try:
            await trio.lowlevel.wait_readable(fd)
        except trio.ClosedResourceError:
            return  # it was woken, or the socket closed
        finally:
            del self._run.listening[fd]
        channel.fired()

    async def _park(self) -> None:
        def abort(_: object) -> trio.lowlevel.Abort:
            self._wake_up()
            return trio.lowlevel.Abort.SUCCEEDED

        self._task = trio.lowlevel.current_task()
        self._run.sleeping.setdefault(self._fd, []).append(self)
        await trio.lowlevel.wait_task_rescheduled(abort)

    def _wake_up(self) -> trio.lowlevel.Task | None:
        task, self._task = self._task, None
        if task is not None:
            others = self._run.sleeping[self._fd]
            others.remove(self)
            if not others:
                del self._run.sleeping[self._fd]
        return task

    def wake(self) -> None:
        """Have the task go on soon; do nothing if that has been done."""
        if not self.woken:
            self.woken = True
            self.nudge()

    def nudge(self) -> None:
        """Have the task look again whether it is to go on."""
        if trio.lowlevel.current_task() is self._owner:
            # A signal handler interrupts it, when it is just about to sleep.
            self._run.call(self.nudge)
            return
        task = self._wake_up()
        if task is not None:
            trio.lowlevel.reschedule(task)
        elif self._run.listening.get(self._fd) is self:
            trio.lowlevel.notify_closing(self._fd)


_of_run: trio.lowlevel.RunVar[TrioLoop] = trio.lowlevel.RunVar("zmq.trio")
# In a loop of asyncio's, the error of a RunVar would take longer than a message.
_is_in_run: Callable[[], bool] = getattr(trio.lowlevel, "in_trio_run", lambda: True)


def current() -> TrioLoop | None:
    """Return the run that this thread is in; None where there is none."""
    if not _is_in_run():
        return None
    try:
        return _of_run.get()
    except LookupError:
        loop = TrioLoop(trio.lowlevel.current_trio_token())
        _of_run.set(loop)
        return loop
    except RuntimeError:
        return None
