"""The asynchronous socket, whatever the event loop."""

# One engine in several files. Where the classes of two refer to each other, pyright
# meets them twice, here and in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload
from warnings import warn

import zmq
from zmq._future._answer import Answer, failed
from zmq._future._eager import EagerSocket, make_ready
from zmq._future._loops import Loop, LoopState, state_of
from zmq._future._waiting import Polling, Receiving, Sending, Waiting

if TYPE_CHECKING:
    from typing_extensions import Self

    from zmq._future._events import AsyncMonitorEvents, EventsOption

T = TypeVar("T")

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)
_FD, _EVENTS, _RCVTIMEO, _SNDTIMEO = map(
    int, (zmq.FD, zmq.EVENTS, zmq.RCVTIMEO, zmq.SNDTIMEO)
)
_DONTWAIT = int(zmq.DONTWAIT)
_FLAGS = int(zmq.DONTWAIT | zmq.SNDMORE)

#: The default of ``Socket.turn_budget``, in milliseconds.
TURN_BUDGET = 3.0


class _Weakly:
    """Calls a method of a socket, without keeping the socket alive."""

    __slots__ = ("_method", "_ref")

    def __init__(
        self, sock: AsyncSocket, method: Callable[[AsyncSocket], None]
    ) -> None:
        self._ref = weakref.ref(sock)
        self._method = method

    def __call__(self) -> None:
        sock = self._ref()
        if sock is not None:
            self._method(sock)


class Waiters:
    """Who waits for a socket, and how it is heard of."""

    __slots__ = (
        "fd",
        "listening",
        "on_close",
        "on_event",
        "on_reader",
        "polling",
        "receiving",
        "scheduled",
        "sending",
        "state",
    )

    def __init__(self, sock: AsyncSocket) -> None:
        self.receiving: deque[Waiting] = deque()
        self.sending: deque[Waiting] = deque()
        self.polling: list[Polling] = []
        self.state: LoopState | None = None
        self.fd = -1  # while the loop reads it
        self.listening = 0  # the events after which libzmq's operations are watched
        self.scheduled = False
        self.on_reader = _Weakly(sock, AsyncSocket._readable)
        self.on_event = _Weakly(sock, AsyncSocket._something_happened)
        self.on_close = _Weakly(sock, AsyncSocket._closed_by_somebody)

    def all(self) -> list[Waiting | Polling]:
        """Return everybody who waits."""
        return [*self.receiving, *self.sending, *self.polling]

    def any(self) -> bool:
        """Whether anybody waits."""
        return bool(self.receiving or self.sending or self.polling)


class _LateAnswer:
    """The result of what is done, for a loop that has to turn first."""

    __slots__ = ("_answer", "_result")

    def __init__(self, answer: Answer[Any], result: Any) -> None:
        self._answer = answer
        self._result = result

    def _serve(self) -> None:
        if not self._answer.done():
            self._answer.set_result(self._result)


class AsyncSocket(EagerSocket, zmq.Socket[Any]):
    """The operations of a socket as futures."""

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
            self._warn_of_loop()
        if _from_socket is not None:
            super().__init__(shadow=_from_socket, **kwargs)
        elif socket_type == -1:
            super().__init__(context, **kwargs)
        else:
            super().__init__(context, socket_type, **kwargs)
        waiters = self._waiters = Waiters(self)
        self._receiving = waiters.receiving
        self._sending = waiters.sending
        self._budget = int(TURN_BUDGET * 1e6)

    def _warn_of_loop(self) -> None:
        warn(
            f"the argument io_loop of {type(self).__name__} has no effect: the loop"
            " that runs is used",
            DeprecationWarning,
            stacklevel=3,
        )

    @classmethod
    def from_socket(cls, socket: zmq.Socket[Any], io_loop: Any = None) -> Self:
        """Return an asynchronous socket that shadows another one.

        :param socket: the socket, synchronous or not; both are then the same.
        :param io_loop: has no effect.
        """
        return cls(_from_socket=socket, io_loop=io_loop)

    @property
    def turn_budget(self) -> float:
        """Milliseconds for which answers at once may keep the loop from turning.

        What is ready is answered at once, without a turn of the event loop. So that a
        socket that is always ready does not starve everything else, the next answer
        after this time comes through the loop. 0 sends every answer through the loop.
        """
        return self._budget / 1e6

    @turn_budget.setter
    def turn_budget(self, milliseconds: float) -> None:
        if not milliseconds >= 0:
            raise ValueError(f"turn_budget={milliseconds!r} must not be negative")
        self._budget = int(milliseconds * 1e6)

    # Sending and receiving

    def send(  # type: ignore[override]
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]:
        """Send one message frame; see :meth:`zmq.Socket.send`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
        return self._send(flags, self._try_send, data, flags, copy, track, **kwargs)

    def send_multipart(  # type: ignore[override]
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]:
        """Send a message of several frames; see :meth:`zmq.Socket.send_multipart`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
        return self._send(
            flags, self._try_send_multipart, msg_parts, flags, copy, track, **kwargs
        )

    @overload  # type: ignore[override]
    def recv(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> Answer[bytes]: ...
    @overload
    def recv(
        self, flags: int = 0, *, copy: Literal[False], track: bool = False
    ) -> Answer[zmq.Frame]: ...
    @overload
    def recv(
        self, flags: int, copy: Literal[False], track: bool = False
    ) -> Answer[zmq.Frame]: ...
    @overload
    def recv(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Answer[bytes] | Answer[zmq.Frame]: ...

    def recv(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Answer[Any]:
        """Receive one message frame; see :meth:`zmq.Socket.recv`.

        :returns: a future of bytes, or of a Frame. When it is cancelled before it is
            done, nothing has been received.
        """
        return self._receive(flags, self._try_recv, (copy, track), None, True)

    @overload  # type: ignore[override]
    def recv_multipart(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> Answer[list[bytes]]: ...
    @overload
    def recv_multipart(
        self, flags: int = 0, *, copy: Literal[False], track: bool = False
    ) -> Answer[list[zmq.Frame]]: ...
    @overload
    def recv_multipart(
        self, flags: int, copy: Literal[False], track: bool = False
    ) -> Answer[list[zmq.Frame]]: ...
    @overload
    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Answer[list[bytes]] | Answer[list[zmq.Frame]]: ...

    def recv_multipart(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Answer[Any]:
        """Receive a whole message; see :meth:`zmq.Socket.recv_multipart`.

        :returns: a future of a list of bytes, or of Frames. When it is cancelled before
            it is done, nothing has been received.
        """
        return self._receive(flags, self._try_recv_multipart, (copy, track))

    def recv_into(  # type: ignore[override]
        self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0
    ) -> Answer[int]:
        """Receive one message frame into memory; see :meth:`zmq.Socket.recv_into`.

        :returns: a future of the size of the frame. When it is cancelled before it is
            done, nothing has been received, and nothing written.
        """
        return self._receive(flags, self._try_recv_into, (buffer, nbytes), _same, True)

    def send_many(  # type: ignore[override]
        self, messages: Iterable[Iterable[Any]], flags: int = 0, copy: bool = True
    ) -> Answer[int]:
        """Send many messages in one call; see :meth:`zmq.Socket.send_many`.

        :returns: a future of how many were sent. When it is cancelled before it is
            done, nothing has been sent.
        """
        if not isinstance(messages, (list, tuple, bytes, str)):
            messages = list(messages)
        _refuse_other_flags(flags, _DONTWAIT)
        return self._send(flags, self._try_send_many, messages, copy)

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
        _refuse_other_flags(flags, _DONTWAIT)
        return self._receive(flags, self._try_recv_many, (max_messages, copy))

    def __aiter__(self) -> Self:
        """Iterate over the messages, lists of frames, until the socket is closed."""
        return self

    def __anext__(self) -> Answer[list[bytes]]:
        if self.closed:
            raise StopAsyncIteration
        answer: Answer[Any] = self.recv_multipart()
        if isinstance(answer, Receiving):
            answer._iterating = True
        return answer

    async def __aenter__(self) -> Self:
        """Close the socket at the end of an ``async with`` block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.close()

    # Serialised

    def recv_string(  # type: ignore[override]
        self, flags: int = 0, encoding: str = "utf-8"
    ) -> Answer[str]:
        """Receive a frame as str; see :meth:`zmq.Socket.recv_string`.

        :returns: a future of the text, or of the UnicodeDecodeError.
        """

        def decode(data: bytes) -> str:
            return data.decode(encoding)

        return self._receive(flags, self._try_recv, (), decode, True)

    if TYPE_CHECKING:

        def send_string(  # type: ignore[override]
            self,
            u: str,
            flags: int = 0,
            copy: bool = True,
            encoding: str = "utf-8",
            **kwargs: Any,
        ) -> Answer[zmq.MessageTracker | None]: ...

        send_unicode = send_string  # type: ignore[assignment]

        def send_pyobj(  # type: ignore[override]
            self, obj: object, flags: int = 0, protocol: int = 4, **kwargs: Any
        ) -> Answer[zmq.MessageTracker | None]: ...

        def send_serialized(  # type: ignore[override]
            self,
            msg: T,
            serialize: Callable[[T], Iterable[Any]],
            flags: int = 0,
            copy: bool = True,
            **kwargs: Any,
        ) -> Answer[zmq.MessageTracker | None]: ...

    recv_unicode = recv_string  # type: ignore[assignment]

    def send_json(  # type: ignore[override]
        self, obj: object, flags: int = 0, **kwargs: Any
    ) -> Answer[zmq.MessageTracker | None]:
        """Send an object as JSON; see :meth:`zmq.Socket.send_json`.

        :returns: a future, as from :meth:`send`.
        """
        from zmq.utils import jsonapi

        routing = {
            key: kwargs.pop(key) for key in ("routing_id", "group") if key in kwargs
        }
        return self.send(jsonapi.dumps(obj, **kwargs), flags, **routing)

    def recv_json(self, flags: int = 0, **kwargs: Any) -> Answer[Any]:  # type: ignore[override]
        """Receive an object that was sent as JSON; see :meth:`zmq.Socket.recv_json`.

        :returns: a future of the object, or of the ValueError.
        """
        from zmq.utils import jsonapi

        def loads(data: bytes) -> Any:
            return jsonapi.loads(data, **kwargs)

        return self._receive(flags, self._try_recv, (), loads, True)

    def recv_pyobj(self, flags: int = 0) -> Answer[Any]:
        """Receive a pickled object; :meth:`zmq.Socket.recv_pyobj` tells the danger.

        :returns: a future of the object, or of what unpickling raises.
        """
        from pickle import loads

        return self._receive(flags, self._try_recv, (), loads, True)

    def recv_serialized(  # type: ignore[override]
        self,
        deserialize: Callable[[list[Any]], T],
        flags: int = 0,
        copy: bool = True,
    ) -> Answer[T]:
        """Receive through a function; see :meth:`zmq.Socket.recv_serialized`.

        :returns: a future of what `deserialize` returns or raises.
        """
        return self._receive(
            flags, self._try_recv_multipart, (copy,), deserialize, False
        )

    # Waiting

    def poll(  # type: ignore[override]
        self, timeout: float | None = None, flags: int = _POLLIN
    ) -> Answer[int]:
        """Wait until the socket is ready; see :meth:`zmq.Socket.poll`.

        :param timeout: milliseconds; None, or a negative number, waits for ever.
        :returns: a future of the mask of what it is ready for; of 0 when the time is
            over.
        """
        if self.closed:
            raise zmq.ZMQError(zmq.ENOTSUP, "the socket is closed")
        loop = current_loop()
        state = self._state_in(loop)
        if timeout == 0 or state.may_answer(self._budget):
            found = self.get(_EVENTS) & flags
            if found or timeout == 0:
                return make_ready(found)
        polling = Polling(loop, self, flags)  # pyright: ignore[reportArgumentType]
        if timeout is not None and timeout > 0:
            polling._timer = loop.call_later(timeout / 1000, polling.expire)
        self._waiters.polling.append(polling)
        self._listen(flags)
        state.listeners.add(self)
        self._schedule()  # something may have come before it listened
        return polling

    def _send(
        self, flags: int, attempt: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Answer[Any]:
        loop = current_loop()
        waiters = self._waiters
        state = self._state_in(loop)
        if not waiters.sending:
            try:
                self._listen(_POLLOUT)
                result = attempt(*args, **kwargs)
            except Exception as error:
                self._settle()
                return failed(loop, error)
            if result is not False:
                self._settle()
                if state.may_answer(self._budget):
                    return make_ready(result)
                late: Answer[Any] = Answer(loop=loop)
                state.defer(_LateAnswer(late, result))
                return late
        sending = Sending(loop, self, waiters.sending, lambda: attempt(*args, **kwargs))  # pyright: ignore[reportArgumentType]
        return self._wait(sending, flags, _SNDTIMEO)

    def _receive(
        self,
        flags: int,
        attempt: Callable[..., Any],
        args: tuple[Any, ...],
        convert: Callable[[Any], Any] | None = None,
        in_parts: bool = False,
    ) -> Answer[Any]:
        _refuse_other_flags(flags, _FLAGS)
        if self.closed:
            raise zmq.ZMQError(zmq.ENOTSOCK)
        loop = current_loop()
        waiters = self._waiters
        state = self._state_in(loop)
        late = False
        if not waiters.receiving:
            late = not (flags & _DONTWAIT or state.may_answer(self._budget))
            if not late:
                try:
                    within = in_parts and bool(self.rcvmore)
                    # Listening before the attempt, one hears of all that comes after.
                    self._listen(_POLLIN)
                    result = attempt(*args)
                    if result is not None:
                        self._settle()
                        return self._answer(result, convert, in_parts, within)
                except Exception as error:
                    self._settle()
                    return failed(loop, error)
        receiving = Receiving(
            loop,
            self,  # pyright: ignore[reportArgumentType]
            waiters.receiving,
            lambda: attempt(*args),
            convert,
            in_parts,
        )
        if late:
            self._listen(_POLLIN)
            state.defer(self)
        return self._wait(receiving, flags, _RCVTIMEO)

    def _answer(
        self,
        result: Any,
        convert: Callable[[Any], Any] | None,
        in_parts: bool,
        within: bool,
    ) -> Answer[Any]:
        if in_parts and (within or self.rcvmore):
            # A part of a message could not be put back.
            return make_ready(result if convert is None else convert(result))
        if convert is None:
            return make_ready(result, self)
        unseen = [result] if in_parts else result
        return make_ready(convert(result), self, unseen)

    def _wait(self, waiting: Waiting, flags: int, timeout_option: int) -> Waiting:
        timeout = 0 if flags & _DONTWAIT else self.get(timeout_option)
        if timeout == 0:
            self._settle()
            waiting.set_exception(zmq.Again())
            return waiting
        if timeout > 0:
            loop = waiting.get_loop()
            waiting._timer = loop.call_later(timeout / 1000, waiting.expire)
        waiting._queue.append(waiting)
        assert self._waiters.state is not None
        self._waiters.state.listeners.add(self)
        return waiting

    # Monitoring

    @property
    def events(self) -> EventsOption:  # type: ignore[override]
        """The events that the socket has, and when called those of its connections.

        See :class:`EventsOption`.
        """
        from zmq._future._events import EventsOption

        option = EventsOption(self.get(_EVENTS))
        option._socket = self  # pyright: ignore[reportAttributeAccessIssue]
        return option

    def monitor_events(self, events: int = zmq.Event.ALL) -> AsyncMonitorEvents:  # type: ignore[override]
        """Iterate over what happens to the connections.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: an asynchronous context manager, that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`; ``sock.events()`` is the same.
        """
        from zmq._future._events import AsyncMonitorEvents

        return AsyncMonitorEvents(self, events)

    # Hearing of events

    def _state_in(self, loop: Loop) -> LoopState:
        waiters = self._waiters
        if self._loop is not loop:
            if self._loop is not None:
                self._leave_loop()
            self._loop = loop
            waiters.state = state_of(loop)
            self._clock = waiters.state.clock
        assert waiters.state is not None
        return waiters.state

    def _leave_loop(self) -> None:
        waiters = self._waiters
        loop = self._loop
        assert loop is not None
        if waiters.any() and loop.is_running():
            raise RuntimeError(
                f"{self!r} is waited for in another event loop, {loop!r}"
            )
        self._stop_waiting()
        waiters.scheduled = False

    def _listen(self, events: int) -> None:
        """Have :meth:`_serve` called when one of `events` may have come."""
        waiters = self._waiters
        if waiters.fd == -1:
            self._add_reader()
        if events & ~waiters.listening:
            if waiters.listening:
                self._unwatch(waiters.on_event)
            waiters.listening |= events
            self._watch(waiters.on_event, waiters.listening)

    def _add_reader(self) -> None:
        waiters = self._waiters
        fd = self.get(_FD)
        assert waiters.state is not None
        waiters.state.add_reader(fd, waiters.on_reader)
        waiters.fd = fd
        self._hold(waiters.on_close)

    def _settle(self) -> None:
        """No longer listen when nobody waits."""
        waiters = self._waiters
        if waiters.listening and not (
            waiters.receiving or waiters.sending or waiters.polling
        ):
            waiters.listening = 0
            self._unwatch(waiters.on_event)
            assert waiters.state is not None
            waiters.state.listeners.discard(self)

    def _schedule(self) -> None:
        waiters = self._waiters
        if not waiters.scheduled:
            assert self._loop is not None
            self._loop.call_soon(self._serve)
            waiters.scheduled = True

    def _something_happened(self) -> None:
        """An operation, perhaps in another thread, has left an event."""
        waiters = self._waiters
        loop = self._loop
        if waiters.scheduled or loop is None:
            return
        if asyncio._get_running_loop() is loop:
            self._schedule()
        elif not loop.is_closed():
            waiters.scheduled = True
            loop.call_soon_threadsafe(self._serve)

    def _readable(self) -> None:
        if self._waiters.listening:
            self._serve()
        else:
            # Not removed before, as most sockets are soon waited for again.
            self._forget_reader()

    def _serve(self) -> None:
        """Have those go on who wait for what is there."""
        waiters = self._waiters
        if not (waiters.receiving or waiters.sending or waiters.polling):
            waiters.scheduled = False
            return
        waiters.scheduled = True  # so that this look does not lead to another one
        try:
            events = self.get(_EVENTS)
        except zmq.ZMQError as error:
            self._fail_all(error)
            return
        finally:
            waiters.scheduled = False
        if waiters.polling:
            self._serve_polls(events)
        if events & _POLLIN:
            self._serve_queue(waiters.receiving)
        if events & _POLLOUT:
            self._serve_queue(waiters.sending)

    def _serve_polls(self, events: int) -> None:
        for polling in list(self._waiters.polling):
            if polling.notice(events):
                self._forget_poll(polling)

    def _serve_queue(self, queue: deque[Waiting]) -> None:
        while queue and queue[0].advance():
            pass

    def _fail_all(self, error: Exception) -> None:
        waiters = self._waiters
        for waiting in waiters.all():
            if not waiting.done():
                waiting.fail(error)

    def _forget_poll(self, polling: Polling) -> None:
        if polling in self._waiters.polling:
            self._waiters.polling.remove(polling)
            self._settle()

    def _forget_reader(self) -> None:
        waiters = self._waiters
        if waiters.fd != -1:
            assert waiters.state is not None
            fd, waiters.fd = waiters.fd, -1
            waiters.state.remove_reader(fd, waiters.on_reader)
            self._release(waiters.on_close)

    # The end

    def __del__(self) -> None:
        # A shadow is not closed, but must not keep anybody from closing the socket.
        if getattr(self, "_waiters", None):
            waiters = self._waiters
            self._unwatch(waiters.on_event)
            self._forget_reader()
        super().__del__()

    def _stop_waiting(self) -> None:
        """Cancel all who wait, and leave the loop alone."""
        waiters = self._waiters
        if self._loop is not None and self._loop.is_closed():
            # Nobody can be told any more.
            waiters.receiving.clear()
            waiters.sending.clear()
            waiters.polling.clear()
        for waiting in waiters.all():
            waiting.end()
        self._settle()
        self._forget_reader()

    def _closed_by_somebody(self) -> None:
        loop = self._loop
        assert loop is not None
        if loop.is_running() and asyncio._get_running_loop() is not loop:
            loop.call_soon_threadsafe(self._stop_waiting)
        else:
            self._stop_waiting()

    def close(self, linger: int | None = None) -> None:
        """Close the socket; all who wait for it are cancelled.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        """
        super().close(linger)


for _name in ("send", "send_multipart", "recv", "recv_multipart"):
    if hasattr(EagerSocket, _name):
        # The compiled method calls the other one when there is more to do than answer.
        setattr(AsyncSocket, f"_slow_{_name}", getattr(AsyncSocket, _name))
        setattr(AsyncSocket, _name, getattr(EagerSocket, _name))


def _refuse_other_flags(flags: int, known: int) -> None:
    if flags & ~known:
        raise zmq.ZMQError(
            zmq.EINVAL, f"flags={flags:#x}: only {zmq.Flag(known)!r} can be used here"
        )


def _same(value: int) -> int:
    return value


def current_loop() -> Loop:
    """Return the loop that runs, or that is to run in this thread."""
    return asyncio._get_running_loop() or asyncio.get_event_loop()
