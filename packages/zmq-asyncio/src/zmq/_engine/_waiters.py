"""Who waits for a socket, and how the event loop hears of what they wait for.

What needs no waiting does without all this; it is loaded with the first socket.
"""

# One engine in several files. Where the classes of two refer to each other, pyright
# meets them twice, here and in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import zmq
from zmq._engine._answer import running_loop
from zmq._engine._listening import watch_for
from zmq._engine._loops import (
    Loop,
    LoopState,
    WeakCallback,
    call_in,
    call_where_it_runs,
    runs_elsewhere,
    state_of,
    wake,
)
from zmq._engine._pausing import end_pause, pause
from zmq._engine._polling import Polling
from zmq._engine._waiting import Receiving, Sending, Waiting

if TYPE_CHECKING:
    from zmq._engine._typed import TypedSocket

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)
_FD, _EVENTS = int(zmq.FD), int(zmq.EVENTS)
_RCVTIMEO, _SNDTIMEO = int(zmq.RCVTIMEO), int(zmq.SNDTIMEO)
_DONTWAIT = int(zmq.DONTWAIT)

# Held while a socket changes from one loop to another.
_moving = threading.RLock()


class Waiters:
    """Who waits for a socket.

    It belongs to the socket, and is given it with every call: with a reference to it
    no socket that is dropped would be closed before the next collection of garbage.
    """

    __slots__ = (
        "fd",
        "listening",
        "on_close",
        "on_event",
        "on_reader",
        "polling",
        "receiving",
        "retry",
        "scheduled",
        "sending",
        "state",
        "told",
    )

    def __init__(self, sock: TypedSocket) -> None:
        self.receiving: deque[Waiting] = deque()
        self.sending: deque[Waiting] = deque()
        self.polling: list[Polling] = []
        self.state: LoopState | None = None
        self.fd = -1  # while the loop reads it
        self.listening = 0  # the events after which libzmq's operations are watched
        self.scheduled = False
        self.told = False  # by another thread; the loop is going to look
        self.retry: asyncio.TimerHandle | None = None
        self.on_reader = WeakCallback(sock, _readable)
        self.on_event = WeakCallback(sock, _something_happened)
        self.on_close = WeakCallback(sock, _closed_by_somebody)

    # Joining them

    def receive(
        self,
        sock: TypedSocket,
        loop: Loop,
        flags: int,
        attempt: Callable[[list[Any]], Any],
        convert: Callable[[Any], Any] | None,
        in_parts: bool,
    ) -> Receiving:
        """Return a future that receives when it is its turn."""
        receiving = Receiving(loop, sock, self.receiving, attempt, convert, in_parts)
        try:
            self._join(sock, receiving, flags, _RCVTIMEO)
            return receiving
        except BaseException:
            receiving.cancel()
            raise

    def send(
        self,
        sock: TypedSocket,
        loop: Loop,
        flags: int,
        attempt: Callable[[list[Any]], Any],
    ) -> Sending:
        """Return a future that sends when it is its turn."""
        sending = Sending(loop, sock, self.sending, attempt)
        try:
            self._join(sock, sending, flags, _SNDTIMEO)
            return sending
        except BaseException:
            sending.cancel()
            raise

    def _join(
        self, sock: TypedSocket, waiting: Waiting, flags: int, timeout_option: int
    ) -> None:
        timeout = 0 if flags & _DONTWAIT else sock.get(timeout_option)
        if timeout == 0:
            self.settle(sock)
            waiting.set_exception(sock._again(flags, timeout_option == _SNDTIMEO))
            return
        sock._count_wait(timeout_option == _SNDTIMEO)
        if timeout > 0:
            loop = waiting.get_loop()
            waiting._timer = loop.call_later(timeout / 1000, waiting.expire)
        queue = waiting._queue
        # Behind one who waits for the loop to turn, it would have been tried by now.
        waiting.untried = bool(queue) and queue[-1].untried
        queue.append(waiting)
        assert self.state is not None
        self.state.listeners.add(sock)

    def poll(
        self, sock: TypedSocket, loop: Loop, flags: int, timeout: float | None
    ) -> Polling:
        """Return a future of the events that are there, one day."""
        self.listen(sock, flags)
        polling = Polling(loop, sock, flags)
        if timeout is not None and timeout > 0:
            polling._timer = loop.call_later(timeout / 1000, polling.expire)
        self.polling.append(polling)
        assert self.state is not None
        self.state.listeners.add(sock)
        self.schedule(sock)  # something may have come before it listened
        return polling

    def all(self) -> list[Waiting | Polling]:
        """Return everybody who waits."""
        return [*self.receiving, *self.sending, *self.polling]

    # Hearing of events

    def state_in(self, sock: TypedSocket, loop: Loop) -> LoopState:
        """Return what is known of a loop, which is the one of the socket from now on.

        :raises RuntimeError: when the socket is waited for in another one that runs.
        """
        if sock._loop is not loop:
            with _moving:
                if sock._loop is not None:
                    self._leave_loop(sock)
                    sock._loop = None
                self.state = state_of(loop)
                sock._clock = self.state.clock
                # Last: if a signal handler raises before this, the next call does
                # every step again.
                sock._loop = loop
        assert self.state is not None
        return self.state

    def _leave_loop(self, sock: TypedSocket) -> None:
        loop = sock._loop
        assert loop is not None
        if self.all() and loop.is_running():
            raise RuntimeError(
                f"{sock!r} is waited for in another event loop, {loop!r}"
            )
        self.stop(sock)
        self.scheduled = self.told = False

    def listen(self, sock: TypedSocket, events: int) -> None:
        """Have :meth:`serve` called when one of `events` may have come."""
        if self.fd == -1:
            self._add_reader(sock)
        if events & ~self.listening:
            watch_for(self, sock, self.listening | events)

    def _add_reader(self, sock: TypedSocket) -> None:
        assert self.state is not None
        fd = -1
        try:
            # From here on another thread's close() leaves the descriptor open.
            sock._defer_close(self.on_close)
            fd = sock.get(_FD)
            self.state.add_reader(fd, self.on_reader)
            self.fd = fd
        except BaseException:
            self.fd = -1
            self._forget(self.state, fd, sock)
            raise

    def forget_reader(self, sock: TypedSocket) -> None:
        """Leave the descriptor alone."""
        if self.fd != -1:
            assert self.state is not None
            assert sock._loop is not None
            fd = self.fd
            forget = (self._forget, self.state, fd, sock)
            try:
                self.fd = -1
                call_where_it_runs(sock._loop, *forget)
            except BaseException:  # of a signal handler: nobody would do it later
                call_where_it_runs(sock._loop, *forget)
                raise

    def _forget(self, state: LoopState, fd: int, sock: TypedSocket) -> None:
        # Until the loop has forgotten the descriptor, the socket is kept.
        state.remove_reader(fd, self.on_reader)
        sock._allow_close(self.on_close)

    def settle(self, sock: TypedSocket) -> None:
        """No longer listen when nobody waits."""
        if self.listening and not (self.receiving or self.sending or self.polling):
            assert self.state is not None
            self.state.listeners.discard(sock)
            if self.retry is not None:
                self.retry.cancel()
                self.retry = None
            watch_for(self, sock, 0)

    def schedule(self, sock: TypedSocket) -> None:
        """Have :meth:`serve` called soon."""
        if not self.scheduled:
            assert sock._loop is not None
            sock._loop.call_soon(self.serve, sock)
            self.scheduled = True

    def something_happened(self, sock: TypedSocket) -> None:
        """An operation, perhaps in another thread, has left an event."""
        loop = sock._loop
        if loop is None:
            return
        if running_loop() is loop:
            self.schedule(sock)
        elif not self.told:
            # Not `scheduled`: that is set, too, while the loop looks, and perhaps has
            # looked just before the event came.
            self.told = True
            call_in(loop, self.serve, sock)

    def readable(self, sock: TypedSocket) -> None:
        if running_loop() is not sock._loop:
            return  # of the loop it was in before, which is going to forget it
        if self.listening:
            if self.sending:
                end_pause(self, sock)
            if self._is_for_a_task() and not sock.closed:
                self._have_task_receive(sock)
            else:
                self.serve(sock)
        else:
            # Not removed before, as most sockets are soon waited for again.
            self.forget_reader(sock)

    def _is_for_a_task(self) -> bool:
        """Whether a task is to receive next, and nobody waits for other events."""
        if self.sending or self.polling or not self.receiving:
            return False
        return self.receiving[0].awaited and not self.receiving[0].late

    def _have_task_receive(self, sock: TypedSocket) -> None:
        # Mostly it is a message, and a look at the events would take a call of libzmq
        # more. Where it is none, the task waits again, and the look follows.
        try:
            self.receiving[0].advance()
        except BaseException:  # as in serve
            self.schedule(sock)
            raise

    # Serving them

    def serve(self, sock: TypedSocket) -> None:
        """Have those go on who wait for what is there."""
        self.told = False  # before the look: whoever comes after it tells again
        if running_loop() is not sock._loop:
            return  # it was in this loop before
        if not (self.receiving or self.sending or self.polling):
            self.scheduled = False
            return
        try:
            events = self._look(sock)
            if self.polling:
                self._serve_polls(sock, events)
            if self.receiving:
                self._serve_queue(self.receiving, bool(events & _POLLIN))
                if self.sending:
                    events = self._look(sock)  # a task that has received may have sent
            if self.sending:
                self._serve_sending(sock, events)
        except BaseException:  # of a signal handler: others wait for these events still
            self.schedule(sock)
            raise

    def _look(self, sock: TypedSocket) -> int:
        """Return what is there; where that is an error, nobody waits any more."""
        self.scheduled = True  # so that this look does not lead to another one
        try:
            events: int = sock.get(_EVENTS)
            return events
        except zmq.ZMQError as error:
            if sock.closed:  # in another thread just now
                self.stop(sock)
            else:
                self._fail_all(error)
            return 0
        finally:
            self.scheduled = False

    def _serve_polls(self, sock: TypedSocket, events: int) -> None:
        for polling in list(self.polling):
            if polling.notice(events):
                self.forget_poll(sock, polling)

    def _serve_queue(self, queue: deque[Waiting], ready: bool) -> None:
        while queue and not queue[0].late and (ready or queue[0].untried):
            if not queue[0].advance():
                break

    def _serve_sending(self, sock: TypedSocket, events: int) -> None:
        first = self.sending[0]
        if not first.refused:
            self._serve_queue(self.sending, bool(events & _POLLOUT))
        elif events & _POLLOUT:
            # Though it was just refused: another peer is meant.
            pause(self, sock, first)
        else:
            first.refused = False
            first.pause = 0.0

    def _fail_all(self, error: Exception) -> None:
        for waiting in self.all():
            if not waiting.done():
                waiting.fail(error)

    def forget_poll(self, sock: TypedSocket, polling: Polling) -> None:
        """Let a poll go that is over."""
        if polling in self.polling:
            self.polling.remove(polling)
            self.settle(sock)

    # The end

    def send_unawaited(self, sock: TypedSocket) -> None:
        """Send what only waits for a turn of the loop, and no task awaits."""
        loop = sock._loop
        if loop.is_closed() or runs_elsewhere(loop):
            return
        while self.sending and not self.sending[0].awaited:
            if not self.sending[0].attempt():
                return

    def stop(self, sock: TypedSocket) -> None:
        """Cancel all who wait, and leave the loop alone."""
        if sock._loop is not None and sock._loop.is_closed():
            # Nobody can be told any more.
            self.receiving.clear()
            self.sending.clear()
            self.polling.clear()
        for waiting in self.all():
            waiting.end()
        self.settle(sock)
        self.forget_reader(sock)

    def closed_by_somebody(self, sock: TypedSocket) -> None:
        loop = sock._loop
        if loop is None:
            return  # it has left one loop for another, and nobody waits
        anybody = bool(self.all())
        call_where_it_runs(loop, self.stop, sock)
        if anybody and not runs_elsewhere(loop):
            wake(loop)


def _readable(sock: TypedSocket) -> None:
    sock._waiters.readable(sock)


def _something_happened(sock: TypedSocket) -> None:
    sock._waiters.something_happened(sock)


def _closed_by_somebody(sock: TypedSocket) -> None:
    sock._waiters.closed_by_somebody(sock)
