"""A socket that calls back, in tornado's event loop."""

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, overload
from warnings import warn

import zmq
from zmq._future import AsyncSocket
from zmq._future._loops import state_of
from zmq.eventloop import _callbacks
from zmq.eventloop._tornado import IOLoop

if TYPE_CHECKING:
    from typing_extensions import Self

    OnSend = Callable[[list[Any], "zmq.MessageTracker | None"], Any]

__all__ = ["ZMQStream"]

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)


class _Weakly:
    """Tells a stream that its socket was closed, without keeping the stream alive."""

    __slots__ = ("_stream",)

    def __init__(self, stream: ZMQStream) -> None:
        self._stream = weakref.ref(stream)

    def __call__(self) -> None:
        stream = self._stream()
        if stream is not None:
            stream._closed_by_somebody()  # pyright: ignore[reportPrivateUsage]


class ZMQStream:
    """Calls back with every message that a socket receives, and every one it sent.

    ::

        stream = ZMQStream(sock)

        def echo(message):
            stream.send_multipart(message)

        stream.on_recv(echo)

    Callbacks may be coroutines. What they raise goes to the exception handler of the
    event loop, and does not stop the stream. Nothing is received while there is no
    callback for it. A stream belongs to the thread of its loop, but may be made, and
    given its callbacks, elsewhere.

    Attributes and methods of the socket (``bind``, ``connect``, ``subscribe``,
    ``linger``, ...) are those of the stream, too, except for ``recv`` and its like.

    :param socket: the socket. An asynchronous one is cast back to :class:`zmq.Socket`,
        with a RuntimeWarning.
    :param io_loop: the tornado loop to use; by default the current one.
    """

    #: The socket, None once the stream is closed.
    socket: zmq.Socket[Any]
    io_loop: IOLoop
    #: A poller with the socket.
    poller: zmq.Poller
    #: Milliseconds for which callbacks may follow each other without a turn of the
    #: event loop. 0 has the loop turn after every message.
    turn_budget: float = 3.0

    def __init__(self, socket: zmq.Socket[Any], io_loop: IOLoop | None = None) -> None:
        if not isinstance(socket, zmq.Socket):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"socket must be a zmq.Socket, got {socket!r}")
        if isinstance(socket, AsyncSocket):
            warn(
                "ZMQStream only supports the base zmq.Socket class: use zmq.Context to"
                f" make the socket of the stream, not the one of {type(socket)}",
                RuntimeWarning,
                stacklevel=2,
            )
            socket = zmq.Socket(shadow=socket)
        self.io_loop = io_loop or IOLoop.current()
        self._closing = _Weakly(self)
        self.socket = socket  # from here on __del__ has something to do
        self.poller = zmq.Poller()
        self.poller.register(socket, 0)
        tornado_loop: Any = self.io_loop
        self._loop: asyncio.AbstractEventLoop = tornado_loop.asyncio_loop
        self._fd = -1
        self._attached = False  # while the loop reads the descriptor
        self._shared = False  # with another stream
        self._terminated = False
        self._watched = 0  # the events whose coming is heard of
        self._scheduled = False
        self._working = False
        self._copy = True
        self._on_recv: Callable[[Any], Any] | None = None
        self._on_send: OnSend | None = None
        self._on_close: Callable[[], Any] | None = None
        self._outgoing: deque[tuple[list[Any], dict[str, Any]]] = deque()
        self._sent: deque[tuple[OnSend, list[Any], Any]] = deque()
        socket._hold(self._closing)
        loop: asyncio.AbstractEventLoop = self._loop
        if not loop.is_running() or asyncio._get_running_loop() is loop:
            self._attach()
        else:
            self._schedule()

    def __del__(self) -> None:
        sock = self.__dict__.get("socket")
        if sock is not None:
            sock._unwatch(self._schedule)
            sock._release(self._closing)

    def __repr__(self) -> str:
        return (
            f"<ZMQStream of {self.socket!r}>" if self.socket else "<ZMQStream closed>"
        )

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            sock = self.__dict__.get("socket")
            if sock is None or name.startswith(("_", "recv", "poll")):
                raise AttributeError(f"ZMQStream has no attribute {name!r}")
            return getattr(sock, name)

    else:
        bind: Any
        bind_to_random_port: Callable[..., int]
        connect: Any
        setsockopt: Callable[[int, int | bytes], None]
        getsockopt: Callable[[int], int | bytes]
        setsockopt_string: Callable[..., None]
        getsockopt_string: Callable[..., str]
        setsockopt_unicode: Callable[..., None]
        getsockopt_unicode: Callable[..., str]

    # Callbacks

    @overload
    def on_recv(
        self, callback: Callable[[list[bytes]], Any], copy: Literal[True] = True
    ) -> None: ...
    @overload
    def on_recv(
        self, callback: Callable[[list[zmq.Frame]], Any], copy: Literal[False]
    ) -> None: ...
    @overload
    def on_recv(
        self, callback: Callable[[Any], Any] | None, copy: bool = True
    ) -> None: ...

    def on_recv(self, callback: Callable[[Any], Any] | None, copy: bool = True) -> None:
        """Call back with every message.

        :param callback: is called with the list of frames; replaces the one before.
            None stops receiving.
        :param copy: whether the frames are bytes, or :class:`zmq.Frame` objects.
        """
        self._check_closed()
        self._on_recv = callback
        self._copy = copy
        self._schedule()

    @overload
    def on_recv_stream(
        self, callback: Callable[[Self, list[bytes]], Any], copy: Literal[True] = True
    ) -> None: ...
    @overload
    def on_recv_stream(
        self, callback: Callable[[Self, list[zmq.Frame]], Any], copy: Literal[False]
    ) -> None: ...
    @overload
    def on_recv_stream(
        self, callback: Callable[[Self, Any], Any] | None, copy: bool = True
    ) -> None: ...

    def on_recv_stream(
        self, callback: Callable[[Self, Any], Any] | None, copy: bool = True
    ) -> None:
        """Call back with this stream and every message; see :meth:`on_recv`.

        :param callback: is called with the stream and the list of frames.
        :param copy: as for :meth:`on_recv`.
        """
        if callback is None:
            self.stop_on_recv()
        else:
            self.on_recv(lambda message: callback(self, message), copy)

    def on_send(self, callback: OnSend | None) -> None:
        """Call back with every message that was sent.

        :param callback: is called with the list of what was sent, and with what the
            send has returned: None, or a :class:`zmq.MessageTracker`. It replaces the
            one before; None stops it.
        """
        self._check_closed()
        self._on_send = callback

    def on_send_stream(
        self, callback: Callable[[Self, list[Any], Any], Any] | None
    ) -> None:
        """Call back with this stream and every message sent; see :meth:`on_send`.

        :param callback: is called with the stream, and what :meth:`on_send` gives.
        """
        if callback is None:
            self.stop_on_send()
        else:
            self.on_send(lambda message, status: callback(self, message, status))

    def on_err(self, callback: Callable[..., Any]) -> None:  # noqa: ARG002
        """Do nothing; deprecated, as sockets have no such event."""
        warn(
            "on_err does nothing, and will be removed", DeprecationWarning, stacklevel=2
        )

    def stop_on_recv(self) -> None:
        """Stop receiving."""
        self.on_recv(None)

    def stop_on_send(self) -> None:
        """Stop calling back with what was sent."""
        self.on_send(None)

    def stop_on_err(self) -> None:
        """Do nothing; deprecated."""
        warn(
            "stop_on_err does nothing, and will be removed",
            DeprecationWarning,
            stacklevel=2,
        )

    def set_close_callback(self, callback: Callable[[], Any] | None) -> None:
        """Call back when the stream, or its socket, is closed.

        :param callback: is called without arguments; None for nothing.
        """
        self._on_close = callback

    # Sending

    def send(
        self,
        msg: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        callback: OnSend | None = None,
        **kwargs: Any,
    ) -> None:
        """Send a message of one frame; see :meth:`send_multipart`."""
        self.send_multipart([msg], flags, copy, track, callback, **kwargs)

    def send_multipart(
        self,
        msg: Sequence[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        callback: OnSend | None = None,
        **kwargs: Any,
    ) -> None:
        """Send a message: now, or as soon as the socket is ready for it.

        :param msg: the frames, as for :meth:`zmq.Socket.send_multipart`.
        :param flags: as there; ``DONTWAIT`` has no effect.
        :param copy: as there.
        :param track: as there; the callback of :meth:`on_send` gets the tracker.
        :param callback: replaces that of :meth:`on_send`.
        :param kwargs: further arguments of the socket's method.
        :raises OSError: when the stream is closed. What cannot be sent, now or later,
            goes to the exception handler of the event loop.
        """
        self._check_closed()
        if callback is not None:
            self._on_send = callback
        parts = list(msg)
        arguments = dict(kwargs, flags=flags, copy=copy, track=track)
        if self._outgoing or not self._send_one(parts, arguments):
            self._outgoing.append((parts, arguments))
            self._schedule()

    def send_string(
        self,
        u: str,
        flags: int = 0,
        encoding: str = "utf-8",
        callback: OnSend | None = None,
        **kwargs: Any,
    ) -> None:
        """Send a str; see :meth:`send_multipart`.

        :param u: the text.
        :param encoding: how to encode it.
        """
        if not isinstance(u, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"str objects only, got {type(u).__name__!r}")
        self.send(u.encode(encoding), flags=flags, callback=callback, **kwargs)

    send_unicode = send_string

    def send_json(
        self,
        obj: Any,
        flags: int = 0,
        callback: OnSend | None = None,
        **kwargs: Any,
    ) -> None:
        """Send an object as JSON; see :meth:`send_multipart`.

        :param obj: what ``json.dumps`` can write.
        :param kwargs: arguments of ``json.dumps``.
        """
        from zmq.utils import jsonapi

        self.send(jsonapi.dumps(obj, **kwargs), flags=flags, callback=callback)

    def send_pyobj(
        self,
        obj: Any,
        flags: int = 0,
        protocol: int = -1,
        callback: OnSend | None = None,
        **kwargs: Any,
    ) -> None:
        """Send an object pickled; see :meth:`zmq.Socket.send_pyobj`.

        :param obj: what ``pickle.dumps`` can write.
        :param protocol: the pickle protocol; by default the highest.
        """
        import pickle

        self.send(pickle.dumps(obj, protocol), flags=flags, callback=callback, **kwargs)

    # State

    def receiving(self) -> bool:
        """Whether there is a callback for received messages."""
        return self._on_recv is not None

    def sending(self) -> bool:
        """Whether messages wait to be sent."""
        return bool(self._outgoing)

    def closed(self) -> bool:
        """Whether the stream, or its socket, is closed."""
        if self._is_detached():
            return True
        if self.socket.closed:
            self.close()
            return True
        return False

    def _is_detached(self) -> bool:
        # Declared as a socket all the same: users should not have to check for None.
        return self.socket is None  # pyright: ignore[reportUnnecessaryComparison]

    def _check_closed(self) -> None:
        if self.closed():
            raise OSError("Stream is closed")

    def flush(
        self, flag: int = zmq.POLLIN | zmq.POLLOUT, limit: int | None = None
    ) -> int:
        """Receive and send what can be, now, without the event loop.

        :param flag: ``POLLIN`` to receive: with no callback, what is received is lost.
            ``POLLOUT`` to send. By default both.
        :param limit: how many messages at most; None for no limit.
        :returns: how many messages were received and sent.
        :raises OSError: when the stream is closed.
        """
        self._check_closed()
        count = 0
        worked = True
        while worked and not self.closed():
            worked = False
            if flag & _POLLOUT and (limit is None or count < limit):
                worked = self._send_next()
                count += worked and self._on_send is None  # else reported below
            if flag & _POLLIN and (limit is None or count < limit):
                received = None if self.closed() else self._receive_next(True)
                if received is not None:
                    worked = True
                    count += 1
            if flag & _POLLOUT:
                count += self._report_sent()
        if not self.closed():
            self._schedule()
        return count

    def close(self, linger: int | None = None) -> None:
        """Close the stream and its socket; messages that wait to be sent are lost.

        :param linger: as for :meth:`zmq.Socket.close`.
        """
        if self._is_detached():
            return
        sock = self.socket
        self._detach()
        self.socket = None  # type: ignore[assignment]
        if not sock.closed:
            sock.close(linger)
        sock._release(self._closing)
        callback, self._on_close = self._on_close, None
        if callback is not None:
            _callbacks.run(self._loop, self, callback)

    # The work, a message at a time

    def _receive_next(self, discard: bool = False) -> bool | None:
        """Receive a message; None if there is none, else whether its callback ended.

        :param discard: whether to receive it without a callback, too.
        """
        callback = self._on_recv
        if callback is None and not discard:
            return None
        try:
            message = self.socket._try_recv_multipart(self._copy)
        except zmq.ZMQError as error:
            # EFSM: a REQ or REP socket that is to send next.
            if callback is not None and error.errno != zmq.EFSM:
                self._on_recv = None  # it would fail for ever
                self._fail(callback, error)
            return None
        if message is None:
            return None
        if callback is None:
            return True
        return _callbacks.run(self._loop, self, callback, message)

    def _send_next(self) -> bool:
        if not self._outgoing or not self._send_one(*self._outgoing[0]):
            return False
        self._outgoing.popleft()
        return True

    def _send_one(self, parts: list[Any], arguments: dict[str, Any]) -> bool:
        """Send a message, or report why it fails; False if it has to wait."""
        try:
            status = self.socket._try_send_multipart(parts, **arguments)
        except Exception as error:
            if isinstance(error, zmq.ZMQError) and error.errno == zmq.EFSM:
                return False  # a REQ or REP socket: not yet
            # Not raised, since it may be sent only later: programs do not expect it.
            self._fail(self._on_send, error)
            return True
        if status is False:
            return False
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
        self._watch(wanted)
        if again or self._sent:
            self._schedule()
        elif wanted and self._events() & wanted:
            # Something came, or somebody else's operation swallowed what told of it,
            # since the last attempt.
            self._schedule()

    def _events(self) -> int:
        try:
            return self.socket.events
        except zmq.ZMQError:
            return _POLLIN | _POLLOUT  # the attempts will meet the same error

    def _wanted(self) -> int:
        return (_POLLIN if self._on_recv is not None else 0) | (
            _POLLOUT if self._outgoing else 0
        )

    def _schedule(self) -> None:
        if self._scheduled or self._working:
            return
        self._scheduled = True
        if asyncio._get_running_loop() is self._loop:
            self._loop.call_soon(self._work)
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._work)

    # Hearing of events

    def _attach(self) -> None:
        if self._attached or self._terminated:
            return
        self._fd = self.socket.fileno()
        self._attached = True
        try:
            # By tornado, whose IOLoop.close(all_fds=True) then closes the socket.
            self.io_loop.add_handler(self.socket, self._readable, IOLoop.READ)
        except ValueError:  # another stream has the descriptor already
            state_of(self._loop).add_reader(self._fd, self._readable)
            self._shared = True

    def _readable(self, *_: object) -> None:
        if self.closed() or self._working:
            return
        # Looking at the events makes the descriptor unreadable, wanted or not.
        if self._events() & self._wanted():
            self._work()

    def _watch(self, events: int) -> None:
        if events != self._watched:
            if self._watched:
                self.socket._unwatch(self._schedule)
            if events:
                self.socket._watch(self._schedule, events)
            self._watched = events

    def _detach(self) -> None:
        self.socket._unwatch(self._schedule)
        self._watched = 0
        self._on_recv = self._on_send = None
        self._outgoing.clear()
        self._sent.clear()
        self._forget_reader()

    def _forget_reader(self) -> None:
        if not self._attached:
            return
        self._attached = False
        if self._shared:
            state_of(self._loop).remove_reader(self._fd, self._readable)
        elif not self._loop.is_closed():
            self.io_loop.remove_handler(self._fd)

    def _closed_by_somebody(self) -> None:
        running = asyncio._get_running_loop()
        if self._loop.is_running() and running is not self._loop:
            self._loop.call_soon_threadsafe(self.close)
        else:
            self.close()
