"""The futures of operations that have to wait."""

# One engine in several files; see _waiters for the other comments of this kind.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

import zmq
from zmq._engine._answer import (
    Answer,
    converted,
    finalize,
    give_back,
    need_finalizer,
    order_of,
    take_back,
    warn_never_awaited,
)
from zmq._engine._gate import Gate

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from zmq._engine._typed import TypedSocket

    Attempt = Callable[[list[Any]], Any]

_Future: Any = Answer
_init_future = _Future.__init__
_future_result = _Future.result


class Waiting(Answer[Any]):
    """The future of an operation that has to wait.

    A task that awaits it makes the attempt itself, in its own step, when it is its
    turn: a cancellation before that has taken nothing off the socket, and sent nothing.
    For whoever else looks at it (``gather``, ``wait``, callbacks) the attempt is made
    when the socket is ready.
    """

    __slots__ = ("_attempt", "_gate", "_queue", "_socket")

    #: What an attempt returns when it would have to wait.
    blocked: Any = None
    #: What it waits for.
    events = int(zmq.POLLIN)

    #: Whether an attempt had to wait, and nothing has been heard of a peer since.
    refused = False
    #: Seconds of its last pause, see :mod:`zmq.sugar.waiting.backoff`.
    pause = 0.0
    #: Whether the loop has to turn before it goes on.
    late = False
    #: Whether it goes on at its turn, whatever EVENTS says: of an operation that is an
    #: error, as of a REP socket that has no request to answer, that never tells.
    untried = False

    # Few have others than these.
    _timer: asyncio.TimerHandle | None = None
    _expired = False
    _iterating = False
    _unseen: list[Any] | None = None  # received; nobody has looked at the result

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sock: TypedSocket,
        queue: deque[Waiting],
        attempt: Attempt,
    ) -> None:
        _init_future(self, loop=loop)
        self._socket = sock
        self._queue = queue
        self._attempt = attempt
        self._gate: Gate | None = None

    def __await__(self) -> Generator[Any, None, Any]:
        if self._gate is not None:  # a second task: the first one makes the attempt
            yield from super().__await__()
            return self.result()
        # What is received is the task's from the attempt on. Here it can be found until
        # the task has it, whatever a signal handler raises, and wherever.
        kept: list[Any] = []
        while not self.done():
            gate = self._gate = Gate(self.get_loop())
            try:
                yield from gate
                self._gate = None
                if not self.done() and self.attempt(kept):
                    return _future_result(self)
            except BaseException:
                self._gate = None
                take_back(self._socket, kept)
                self._give_up()
                raise
        return self.result()

    __iter__ = __await__  # what "yield from" of old-style coroutines uses

    # For the engine

    @property
    def awaited(self) -> bool:
        """Whether a task awaits it, and so makes the attempt itself."""
        return self._gate is not None

    def advance(self) -> bool:
        """Make the attempt, or have the awaiting task do so; whether it is done."""
        if self._gate is None:
            return self.attempt()
        if not self._gate.done():
            self._gate.open(at_once=True)
        return False

    def attempt(self, kept: list[Any] | None = None) -> bool:
        """Make the attempt; returns False when it has to wait again.

        :param kept: an empty list, of a task that awaits it and gets the result itself:
            what is received is in there as well. None when others look at the result.
        """
        self.untried = False
        held: list[Any] = [] if kept is None else kept
        try:
            self._step_aside()
            if self.done():
                return True  # a signal handler has kept it from leaving the queue
            result = self._attempt(held)
            if result is not self.blocked:
                if self._timer is not None:
                    self._timer.cancel()
                self._finish(result, held, kept is None)
                if self._queue and self._queue[0].untried:
                    self._socket._waiters.schedule(self._socket)
                return True
        except BaseException as error:
            if self.done():
                raise  # of a signal handler; the result is there
            self._unseen = None
            take_back(self._socket, held)
            if isinstance(error, Exception):
                self.fail(error)
                return True
            self._wait_again()
            raise
        if self._expired:
            self.fail(self._socket._again(0, self.events == zmq.POLLOUT))
            return True
        self.refused = True
        self._wait_again()
        return False

    def _wait_again(self) -> None:
        self._queue.appendleft(self)
        waiters = self._socket._waiters
        waiters.listen(self._socket, self.events)
        waiters.schedule(self._socket)

    def _finish(self, result: Any, held: list[Any], observed: bool) -> None:  # noqa: ARG002
        self.set_result(result)

    def fail(self, error: BaseException) -> None:
        """End with an exception."""
        self.set_exception(error)
        self._leave()

    def expire(self) -> None:
        """Note that the time is over."""
        if self._gate is not None and self._gate.done():
            self._expired = True  # it is just having its turn: that one decides
        elif not self.done():
            self.fail(self._socket._again(0, self.events == zmq.POLLOUT))

    def end(self) -> None:
        """End because the socket is closed."""
        if self._iterating:
            self.fail(StopAsyncIteration())
        else:
            self.cancel()

    # Leaving the queue

    def cancel(self, msg: Any = None) -> bool:
        """Give up; nothing is received or sent then.

        :param msg: passed on to the :class:`asyncio.CancelledError`.
        """
        if not super().cancel(msg):
            return False
        self._leave()
        return True

    def _give_up(self) -> None:
        if not self.done():
            self.cancel()
        elif not self.cancelled():
            self.exception()  # it has been looked at: the task ends by another one

    def _leave(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._gate is not None and not self._gate.done():
            if self.cancelled():
                self._gate.cancel()
            else:
                self._gate.open()
        self._step_aside()
        if self._queue:
            # It may have been its turn: the next one's, now.
            self._socket._waiters.schedule(self._socket)

    def _step_aside(self) -> None:
        queue = self._queue
        if queue and queue[0] is self:
            queue.popleft()
        elif self in queue:
            queue.remove(self)
        if not queue:
            self._socket._waiters.settle(self._socket)


class Receiving(Waiting):
    """The future of a message, or frame."""

    __slots__ = ("_convert", "_in_parts")

    _given_back = False
    _watched = False
    _order: int | list[int]

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sock: TypedSocket,
        queue: deque[Waiting],
        attempt: Attempt,
        convert: Callable[[Any], Any] | None,
        in_parts: bool,
    ) -> None:
        _init_future(self, loop=loop)
        self._socket = sock
        self._queue = queue
        self._attempt = attempt
        self._gate = None
        self._convert = convert
        self._in_parts = in_parts

    def _finish(self, result: Any, held: list[Any], observed: bool) -> None:
        unseen: list[Any] | None = None
        if observed:
            # Before _convert, which may receive. A part can go back only until then.
            part = self._in_parts and self._socket._received_part()
            self._order = -part if part else order_of(self._socket)
            unseen = [result] if self._in_parts else result
            need_finalizer(self)
        value = result if self._convert is None else converted(held, self._convert)
        self._unseen = unseen
        try:
            self.set_result(value)
        except RuntimeError:  # the loop has been closed meanwhile: nobody gets it
            self._unseen = None
            take_back(self._socket, held)
            raise

    def result(self) -> Any:
        """Return what was received, or raise."""
        if self._given_back:
            raise asyncio.CancelledError
        unseen = self._unseen
        try:
            value = super().result()
            self._unseen = None
            return value
        except BaseException:
            self._unseen = unseen  # a signal handler has raised: nobody has got it
            raise

    def exception(self) -> BaseException | None:
        """Return what was raised."""
        if self._given_back:
            raise asyncio.CancelledError
        return super().exception()

    def cancelled(self) -> bool:
        """Whether it was cancelled: nothing was received then, or it was given back."""
        return self._given_back or super().cancelled()

    def cancel(self, msg: Any = None) -> bool:
        """Give up; what was received, and nobody has looked at, is given back.

        :param msg: passed on to the :class:`asyncio.CancelledError`.
        """
        if self._unseen is None or not self._give_back():
            return super().cancel(msg)
        self._given_back = True
        return True

    def _give_back(self) -> bool:
        unseen, self._unseen = self._unseen, None
        assert unseen is not None
        return give_back(self._socket, unseen, self._order)

    def add_done_callback(self, fn: Any, *, context: Any = None) -> None:
        """Have a function called when it is done."""
        self._watched = True
        super().add_done_callback(fn, context=context)

    def __del__(self) -> None:
        dropped = getattr(self, "_unseen", None) is not None and self._give_back()
        # A gather() that was cancelled, say, has dropped what one of its parts has.
        if dropped and not self._watched:
            warn_never_awaited(self._socket, _future_result(self), self)
        finalize(self)


class Sending(Waiting):
    """The future of a message that is to be sent."""

    __slots__ = ()

    blocked = False
    events = int(zmq.POLLOUT)
