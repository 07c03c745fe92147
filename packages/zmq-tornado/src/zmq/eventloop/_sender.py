"""What a stream is given to send."""

# One class in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zmq.eventloop import _callbacks
from zmq.eventloop._worker import StreamWorker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zmq.eventloop._worker import OnSend, Outgoing


class StreamSender(StreamWorker):
    """The methods that send, now or as soon as the socket is ready for it."""

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
        _callbacks.require_callable(callback)
        if callback is not None:
            self._on_send = callback
        parts = list(msg)
        arguments = dict(kwargs, flags=flags, copy=copy, track=track)
        message: Outgoing = (parts, arguments, [])
        if self._outgoing or not self._send_one(*message):
            self._outgoing.append(message)
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
