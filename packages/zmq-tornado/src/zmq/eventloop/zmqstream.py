"""A socket that calls back, in tornado's event loop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload
from warnings import warn

import zmq
from zmq._engine import AsyncSocket
from zmq.backend import require_contract
from zmq.eventloop import _callbacks
from zmq.eventloop._sender import StreamSender
from zmq.eventloop._tornado import gen_log as gen_log

if TYPE_CHECKING:
    from typing_extensions import Self

    from zmq.eventloop._tornado import IOLoop
    from zmq.eventloop._worker import OnSend

__all__ = ["ZMQStream"]

require_contract(3, "zmq-tornado")

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)


class ZMQStream(StreamSender):
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

    #: A poller with the socket.
    poller: zmq.Poller

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
        super().__init__(socket, io_loop)
        self.poller = zmq.Poller()
        self.poller.register(socket, 0)

    def __repr__(self) -> str:
        sock = self.__dict__.get("socket")
        return f"<ZMQStream of {sock!r}>" if sock else "<ZMQStream closed>"

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
        :raises TypeError: when the callback cannot be called.
        :raises OSError: when the stream is closed.
        """
        self._check_closed()
        _callbacks.require_callable(callback)
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
        _callbacks.require_callable(callback)
        if callback is None:
            self.stop_on_recv()
        else:
            self.on_recv(partial(callback, self), copy)

    def on_send(self, callback: OnSend | None) -> None:
        """Call back with every message that was sent.

        :param callback: is called with the list of what was sent, and with what the
            send has returned: None, or a :class:`zmq.MessageTracker`. It replaces the
            one before; None stops it.
        """
        self._check_closed()
        _callbacks.require_callable(callback)
        self._on_send = callback

    def on_send_stream(
        self, callback: Callable[[Self, list[Any], Any], Any] | None
    ) -> None:
        """Call back with this stream and every message sent; see :meth:`on_send`.

        :param callback: is called with the stream, and what :meth:`on_send` gives.
        """
        _callbacks.require_callable(callback)
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
        :raises TypeError: for what cannot be called, as the other callbacks do.
        """
        _callbacks.require_callable(callback)
        self._on_close = callback

    # State

    def receiving(self) -> bool:
        """Whether there is a callback for received messages."""
        return self._on_recv is not None

    def sending(self) -> bool:
        """Whether messages wait to be sent."""
        return bool(self._outgoing)

    def flush(
        self, flag: int = zmq.POLLIN | zmq.POLLOUT, limit: int | None = None
    ) -> int:
        """Receive and send what can be, now, without the event loop.

        :param flag: ``POLLIN`` to receive: with no callback, what is received is lost;
            where a callback stops receiving, it ends. ``POLLOUT`` to send. By default
            both.
        :param limit: how many messages at most; None for no limit.
        :returns: how many messages were received and sent.
        :raises OSError: when the stream is closed.
        """
        self._check_closed()
        count = 0
        worked = True
        # Not where a callback stops receiving meanwhile: the rest is for the next one.
        discard = self._on_recv is None
        while worked and not self.closed():
            worked = False
            if flag & _POLLOUT and (limit is None or count < limit):
                worked = self._send_next()
                count += worked and self._on_send is None  # else reported below
            if flag & _POLLIN and (limit is None or count < limit):
                received = None if self.closed() else self._receive_next(discard)
                if received is not None:
                    worked = True
                    count += 1
            if flag & _POLLOUT:
                count += self._report_sent()
        if not self.closed():
            self._schedule()
        return count
