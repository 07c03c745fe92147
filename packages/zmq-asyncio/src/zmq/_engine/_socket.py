"""The asynchronous socket, whatever the event loop."""

# One engine in several files. Where the classes of two refer to each other, pyright
# meets them twice, here and in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import zmq
from zmq._engine._answer import (
    Answer,
    current_loop,
    failed,
    hand_over,
    make_ready,
    new_ready,
    take_back,
)
from zmq._engine._closing import Closing
from zmq._engine._eager import EagerSocket
from zmq._engine._flags import flags_argument, refuse_other_flags
from zmq._engine._monitoring import Monitoring
from zmq._engine._postponing import PostponedSend, postpone
from zmq._engine._readiness import Readiness
from zmq._engine._serializing import Serializing
from zmq.error import error_for
from zmq.sugar.filling import size_of, try_fill
from zmq.sugar.timeouts import duration_argument, milliseconds_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal, overload

    from typing_extensions import Self

    from zmq._engine._loops import LoopState
    from zmq._engine._waiters import Waiters
    from zmq._engine._waiting import Receiving, Sending
else:
    Any = object  # asyncio imports no typing from Python 3.15 on

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)
_RCVTIMEO, _SNDTIMEO = int(zmq.RCVTIMEO), int(zmq.SNDTIMEO)
_EVENTS, _DONTWAIT = int(zmq.EVENTS), int(zmq.DONTWAIT)
_FLAGS = _DONTWAIT | int(zmq.SNDMORE)

#: The default of ``Socket.turn_budget``, in milliseconds.
TURN_BUDGET = 3.0
_MOST_BUDGET = 1e9


class AsyncSocket(  # pyright: ignore[reportIncompatibleMethodOverride, reportIncompatibleVariableOverride]
    Closing, Readiness, Serializing, Monitoring, EagerSocket, zmq.Socket[Any]
):
    """The operations of a socket as futures.

    The compiled methods ``send``, ``recv`` and their like answer at once what is ready;
    for all else they call the ``_slow_`` ones here.
    """

    _waited_for_by = "the event loop"
    _waiters: Waiters = None  # type: ignore[assignment]  # until __init__

    def __init__(
        self,
        context: zmq.Context[Any] | zmq.Socket[Any] | None = None,
        socket_type: int = -1,
        io_loop: Any = None,
        _from_socket: zmq.Socket[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if io_loop is not None:
            from zmq._engine._deprecated import warn_of_loop

            warn_of_loop(self)
        if _from_socket is not None:
            if not isinstance(_from_socket, zmq.Socket):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"expected a zmq.Socket, got {_from_socket!r}")
            super().__init__(shadow=_from_socket, **kwargs)
        elif socket_type == -1:
            super().__init__(context, **kwargs)
        else:
            super().__init__(context, socket_type, **kwargs)
        # Only now, as many programs import more than they use.
        from zmq._engine._waiters import Waiters

        waiters = self._waiters = Waiters(self)
        self._receiving, self._sending = waiters.receiving, waiters.sending
        self._budget = int(TURN_BUDGET * 1e6)

    @classmethod
    def from_socket(cls, socket: zmq.Socket[Any], io_loop: Any = None) -> Self:
        """Return an asynchronous socket that shadows another one.

        :param socket: the socket, synchronous or not; both are then the same.
        :param io_loop: has no effect.
        """
        return cls(_from_socket=socket, io_loop=io_loop)

    @property
    def turn_budget(self) -> float:
        """Milliseconds for which answers at once may keep the loop from turning; 3.

        What is ready is answered at once, without a turn of the event loop. So that a
        socket that is always ready does not starve everything else, the next answer
        after this time comes through the loop. 0 sends every answer through the loop.

        :raises TypeError: when it is set to what is no number.
        :raises ValueError: when it is set to less than 0.

        .. versionadded:: zmq-asyncio 1.0
        """
        return self._budget / 1e6

    @turn_budget.setter
    def turn_budget(self, milliseconds: float) -> None:
        budget = duration_argument("turn_budget", milliseconds, "ms")
        self._budget = int(min(budget, _MOST_BUDGET) * 1e6)

    # Sending and receiving

    def _failed(self, error: Exception) -> Answer[Any]:
        return failed(current_loop(), error)

    def _slow_send(
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[Any]:
        return self._send(flags, self._try_send, data, flags, copy, track, **kwargs)

    def _slow_send_multipart(
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[Any]:
        return self._send(
            flags, self._try_send_multipart, msg_parts, flags, copy, track, **kwargs
        )

    def _slow_recv(
        self,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        tried: bool = False,
    ) -> Answer[Any]:
        return self._receive(flags, self._try_recv, (copy, track), None, True, tried)

    def _slow_recv_multipart(
        self,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        tried: bool = False,
    ) -> Answer[Any]:
        return self._receive(
            flags, self._try_recv_multipart, (copy, track), tried=tried
        )

    def recv_into(  # type: ignore[override]
        self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0
    ) -> Answer[int]:
        """Receive one message frame into memory; see :meth:`zmq.Socket.recv_into`.

        :returns: a future of the size of the frame. When it is cancelled before it is
            done, nothing has been received, and nothing written.
        """
        return self._receive(flags, try_fill, (self, buffer, nbytes), size_of, True)

    def send_many(  # type: ignore[override]
        self, messages: Iterable[Iterable[Any]], flags: int = 0, copy: bool = True
    ) -> Answer[int]:
        """Send many messages in one call; see :meth:`zmq.Socket.send_many`.

        :returns: a future of how many were sent. When it is cancelled before it is
            done, nothing has been sent.
        """
        if not isinstance(messages, (list, tuple, bytes, str)):
            messages = list(messages)
        refuse_other_flags(flags, _DONTWAIT)
        return self._send(flags, self._try_send_many, messages, copy)

    if TYPE_CHECKING:

        @overload  # type: ignore[override]
        def recv_many(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, max_messages: int, flags: int = 0, copy: Literal[True] = True
        ) -> Answer[list[list[bytes]]]: ...
        @overload
        def recv_many(
            self, max_messages: int, flags: int = 0, *, copy: Literal[False]
        ) -> Answer[list[list[zmq.Frame]]]: ...
        @overload
        def recv_many(
            self, max_messages: int, flags: int, copy: Literal[False]
        ) -> Answer[list[list[zmq.Frame]]]: ...
        @overload
        def recv_many(
            self, max_messages: int, flags: int = 0, copy: bool = True
        ) -> Answer[list[list[bytes]]] | Answer[list[list[zmq.Frame]]]: ...

    def recv_many(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, max_messages: int, flags: int = 0, copy: bool = True
    ) -> Answer[Any]:
        """Receive many messages in one call; see :meth:`zmq.Socket.recv_many`.

        :returns: a future of the list of messages. When it is cancelled before it is
            done, nothing has been received.
        """
        refuse_other_flags(flags, _DONTWAIT)
        return self._receive(flags, self._try_recv_many, (max_messages, copy))

    def __aiter__(self) -> Self:
        """Iterate over the messages, lists of frames, until the socket is closed."""
        return self

    def __anext__(self) -> Answer[list[bytes]]:
        if self.closed:
            raise StopAsyncIteration
        answer: Any = self.recv_multipart()
        if not answer.done():
            answer._iterating = True
        return answer  # type: ignore[no-any-return]

    async def __aenter__(self) -> Self:
        """Close the socket at the end of an ``async with`` block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.close()

    # Waiting

    def poll(  # type: ignore[override]
        self, timeout: float | None = None, flags: int = _POLLIN
    ) -> Answer[int]:
        """Wait until the socket is ready; see :meth:`zmq.Socket.poll`.

        :param timeout: milliseconds; None, or a negative number, waits for ever.
        :returns: a future of the mask of what it is ready for; of 0 when the time is
            over.
        :raises TypeError: when `flags` is no integer.
        :raises ZMQError: ENOTSUP, from the call itself, when the socket is closed.
        """
        if self.closed:
            raise error_for(zmq.ENOTSUP, "the socket has been closed")
        timeout = milliseconds_argument(timeout)
        if not isinstance(flags, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            flags = flags_argument(flags)
        loop = current_loop()
        waiters = self._waiters
        state = waiters.state_in(self, loop)
        if timeout == 0 or state.may_answer(self._budget):
            found = self.get(_EVENTS) & flags
            # What others wait for is theirs: whoever polls again and again must not
            # keep the loop from giving it to them.
            if timeout == 0 or (found and not (waiters.receiving or waiters.sending)):
                return make_ready(found)
        return waiters.poll(self, loop, flags, timeout)

    def _send(
        self, flags: int, attempt: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Answer[Any]:
        loop = current_loop()
        waiters = self._waiters
        state = waiters.state_in(self, loop)
        late = False
        if not waiters.sending:
            late = self._is_late(state, flags, _SNDTIMEO)
            if not late:
                try:
                    waiters.listen(self, _POLLOUT)
                    result = attempt(*args, **kwargs)
                except Exception as error:
                    waiters.settle(self)
                    return failed(loop, error)
                if result is not False:
                    waiters.settle(self)
                    return make_ready(result)
        sending: Sending | None = None
        try:
            sending = waiters.send(
                self, loop, flags, lambda _: attempt(*args, **kwargs)
            )
            if not late:
                return sending
            postpone(waiters, self, sending)
            # In a variable: dropped before the `except`, it would send.
            answer = PostponedSend(sending)
            return answer  # noqa: RET504
        except BaseException:  # of a signal handler: it is not sent behind its back
            if sending is not None:
                sending.cancel()
            raise

    def _receive(
        self,
        flags: int,
        attempt: Callable[..., Any],
        args: tuple[Any, ...],
        convert: Callable[[Any], Any] | None = None,
        in_parts: bool = False,
        tried: bool = False,
    ) -> Answer[Any]:
        if flags:
            refuse_other_flags(flags, _FLAGS)
        if self.closed:
            raise error_for(zmq.ENOTSOCK, "the socket has been closed")
        loop = current_loop()
        waiters = self._waiters
        state = waiters.state_in(self, loop)
        late = False
        if not waiters.receiving:
            late = self._is_late(state, flags, _RCVTIMEO)
            if not late:
                ready = self._receive_now(attempt, args, convert, in_parts, tried)
                if ready is not None:
                    return ready
        receiving: Receiving | None = None
        try:
            receiving = waiters.receive(
                self, loop, flags, lambda kept: attempt(*args, kept), convert, in_parts
            )
            if late:
                postpone(waiters, self, receiving)
            return receiving
        except BaseException:  # of a signal handler: nobody is going to await it
            if receiving is not None:
                receiving.cancel()
            raise

    def _is_late(self, state: LoopState, flags: int, timeout_option: int) -> bool:
        """Whether the loop has to turn first; not where nothing may be waited for."""
        return not (
            flags & _DONTWAIT
            or state.may_answer(self._budget)
            or self.get(timeout_option) == 0
        )

    def _receive_now(
        self,
        attempt: Callable[..., Any],
        args: tuple[Any, ...],
        convert: Callable[[Any], Any] | None,
        in_parts: bool,
        tried: bool,
    ) -> Answer[Any] | None:
        """Return a future of what is there; None, and it listens, when it has to wait.

        :param tried: whether the caller has just received in vain.

        A signal handler may raise at any step. What was received is then in `kept`, and
        goes back, unless the future has it, and is returned.
        """
        kept: list[Any] = []
        ready = None
        try:
            # Listening before the attempt, one hears of all that comes after.
            self._waiters.listen(self, _POLLIN)
            # If nobody has used the socket since the attempt before, that will do.
            if tried and self._refused:
                return None
            ready = new_ready()
            attempt(*args, kept)
            if not kept:
                return None
            self._waiters.settle(self)
            part = in_parts and self._received_part()
            hand_over(ready, kept, self, part, convert)
            return ready
        except BaseException as error:
            take_back(self, kept, ready)
            self._waiters.settle(self)
            if isinstance(error, Exception):
                return failed(current_loop(), error)
            raise
