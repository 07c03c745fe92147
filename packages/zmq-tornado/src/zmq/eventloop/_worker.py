"""The work of a stream: to receive, to send, and to call back."""

# One class in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from itertools import filterfalse
from operator import is_
from time import monotonic
from typing import TYPE_CHECKING, Any
from warnings import warn

import zmq
from zmq._engine._loops import WeakCallback, call_in
from zmq.eventloop import _callbacks
from zmq.eventloop._reader import StreamReader
from zmq.sugar.timeouts import duration_argument
from zmq.sugar.waiting.backoff import longer
from zmq.sugar.waiting.receipt import put_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from zmq.eventloop._tornado import IOLoop

    #: The frames, arguments of the socket's method, and what that has returned, if it
    #: was called.
    Outgoing = tuple[list[Any], dict[str, Any], list[Any]]
    OnSend = Callable[[list[Any], "zmq.MessageTracker | None"], Any]

# By C, where no signal handler runs.
_is_false = partial(is_, False)
_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)


class StreamWorker(StreamReader):
    """Receives for its callback, and sends what waits for that, until it is closed."""

    #: The socket, None once the stream is closed.
    socket: zmq.Socket[Any]

    _budget = 3.0  # see turn_budget

    def __init__(self, socket: zmq.Socket[Any], io_loop: IOLoop | None) -> None:
        self._closing = WeakCallback(self, StreamWorker._closed_by_somebody)
        super().__init__(socket, io_loop)
        self._copy = True
        self._on_recv: Callable[[Any], Any] | None = None
        self._on_send: OnSend | None = None
        self._on_close: Callable[[], Any] | None = None
        self._outgoing: deque[Outgoing] = deque()
        self._pause = 0.0  # seconds of the last one, see zmq.sugar.waiting.backoff
        self._retry: asyncio.TimerHandle | None = None
        self._left_behind = False  # closed, but not by close(): to be warned of
        self._sent: deque[tuple[OnSend, list[Any], Any]] = deque()
        socket._defer_close(self._closing)
        self._begin_to_read()

    def __del__(self) -> None:
        sock = self.__dict__.get("socket")
        if sock is not None:
            sock._unwatch(self._schedule)
            sock._allow_close(self._closing)

    @property
    def turn_budget(self) -> float:
        """Milliseconds for which callbacks may follow each other without a turn.

        By default 3; 0 has the event loop turn after every message.
        """
        return self._budget

    @turn_budget.setter
    def turn_budget(self, milliseconds: float) -> None:
        self._budget = duration_argument("turn_budget", milliseconds, "ms")

    # The work, a message at a time

    def _receive_next(self, discard: bool = False) -> bool | None:
        """Receive a message; None if there is none, else whether its callback ended.

        :param discard: whether to receive it without a callback, too.
        """
        callback = self._on_recv
        if callback is None and not discard:
            return None
        sock = self.socket
        kept: list[Any] = []
        try:
            try:
                sock._try_recv_multipart(self._copy, False, kept)
            except zmq.ZMQError as error:
                # EFSM: a REQ or REP socket that is to send next.
                if callback is not None and error.errno != zmq.EFSM:
                    self._on_recv = None  # it would fail for ever
                    self._fail(callback, error)
                return None
            if not kept:
                return None
            if callback is None:
                kept.clear()
                return True
            return _callbacks.run_with(self._loop, self, callback, kept)
        finally:
            # A signal handler has raised before the callback had it.
            put_back(sock, kept)

    def _send_next(self) -> bool:
        if not self._outgoing:
            return False
        message = self._outgoing[0]
        done = message[2]
        # Where a signal handler has raised since it was sent, it is not sent again.
        if not done and not self._send_one(*message):
            return False
        if self._outgoing and self._outgoing[0] is message:
            self._outgoing.popleft()
        self._pause = 0.0
        return True

    def _send_one(
        self, parts: list[Any], arguments: dict[str, Any], done: list[Any]
    ) -> bool:
        """Send a message, or report why it fails; False if it has to wait.

        :param done: an empty list. It gets what the socket's method returns before a
            signal handler can run; stays empty where the message has to wait.
        """
        attempt = partial(self.socket._try_send_multipart, **arguments)
        try:
            done.extend(filterfalse(_is_false, map(attempt, (parts,))))
        except Exception as error:
            if isinstance(error, zmq.ZMQError) and error.errno == zmq.EFSM:
                return False  # a REQ or REP socket: not yet
            done.append(None)
            # Not raised, since it may be sent only later: programs do not expect it.
            self._fail(None, error)
            return True
        if not done:
            return False
        status = done[0]
        if self._on_send is not None:
            self._sent.append((self._on_send, parts, status))
            self._schedule()
        return True

    def _report_sent(self) -> int:
        count = 0
        while self._sent:
            count += 1
            callback, message, status = self._sent.popleft()
            _callbacks.run(self._loop, self, callback, message, status)
        return count

    def _fail(self, callback: object, error: Exception) -> None:
        if isinstance(error, zmq.ContextTerminated):
            self._on_recv = None
            self._outgoing.clear()
            self._terminated = True
            self._forget_reader()
        _callbacks.report(self._loop, self, callback, error)

    # The work in the loop

    def _work(self) -> None:
        """Do all there is to do, for as long as the loop may be kept from turning."""
        self._scheduled = False
        if self.closed():
            return
        self._attach()
        self._watch(0)
        self._working = True
        again = False
        end = monotonic() + self.turn_budget / 1000
        try:
            while True:
                self._report_sent()
                finished = self._receive_next()
                sent = not self._is_detached() and self._send_next()
                if self._is_detached() or (finished is None and not sent):
                    break
                # Coroutines start in the order of the messages, one per turn.
                if finished is False or monotonic() >= end:
                    again = True
                    break
            self._report_sent()
        finally:
            self._working = False
            if not self.closed():
                self._go_on(again)

    def _go_on(self, again: bool) -> None:
        wanted = self._wanted()
        if not again and wanted & _POLLOUT and self._pauses():
            wanted &= ~_POLLOUT
        self._watch(wanted)
        if again or self._sent:
            self._schedule()
        elif wanted and self._events() & wanted:
            # Something came, or somebody else's operation swallowed what told of it,
            # since the last attempt.
            self._schedule()

    def _pauses(self) -> bool:
        """Whether it has to look later, as POLLOUT is there, but for another peer."""
        if not self._events() & _POLLOUT:
            self._pause = 0.0
            return False
        if self._retry is None:
            self._pause = longer(self._pause)
            self._retry = self._loop.call_later(self._pause, self._try_again)
        return True

    def _try_again(self) -> None:
        self._retry = None
        self._schedule()

    def _wanted(self) -> int:
        return (_POLLIN if self._on_recv is not None else 0) | (
            _POLLOUT if self._outgoing else 0
        )

    # The end

    def closed(self) -> bool:
        """Whether the stream, or its socket, is closed."""
        if not self._is_detached() and self.socket.closed:
            self._left_behind = True
            self.close()
        if self._left_behind:
            self._warn()
        return self._is_detached()

    def _is_detached(self) -> bool:
        # Declared as a socket all the same: users should not have to check for None.
        return self.socket is None  # pyright: ignore[reportUnnecessaryComparison]

    def _check_closed(self) -> None:
        if self.closed():
            raise OSError("Stream is closed")

    def close(self, linger: int | None = None) -> None:
        """Close the stream and its socket; messages that wait to be sent are lost.

        :param linger: as for :meth:`zmq.Socket.close`.
        """
        if self._is_detached():
            return
        sock = self.socket
        try:
            self._end(sock, linger)
        except BaseException:  # of a signal handler: nobody would do it later
            self._end(sock, linger)
            raise
        finally:
            callback, self._on_close = self._on_close, None
            if callback is not None:
                _callbacks.run(self._loop, self, callback)

    def _end(self, sock: zmq.Socket[Any], linger: int | None) -> None:
        # Each of these steps may be done twice.
        self._detach(sock)
        self.socket = None  # type: ignore[assignment]
        sock._allow_close(self._closing)
        if not sock.closed:
            sock.close(linger)

    def _detach(self, sock: zmq.Socket[Any]) -> None:
        sock._unwatch(self._schedule)
        self._watched = 0
        self._on_recv = self._on_send = None
        self._outgoing.clear()
        self._sent.clear()
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        self._forget_reader()

    def _closed_by_somebody(self) -> None:
        if self._is_detached():
            return
        runs = self._loop.is_running()
        elsewhere = runs and asyncio._get_running_loop() is not self._loop
        if elsewhere and call_in(self._loop, self._closed_by_somebody):
            return
        self._left_behind = True
        self.close()
        # At the end of a program, when no loop runs any more, nobody is to be bothered.
        if runs:
            self._loop.call_soon(self._warn)

    def _warn(self) -> None:
        if not self._left_behind:
            return
        self._left_behind = False
        warn(
            f"Unregistering FD {self._fd} after closing socket. It may be the number of"
            " another one by now. Please use stream.close() instead of closing the"
            " socket directly.",
            stacklevel=3,
        )
