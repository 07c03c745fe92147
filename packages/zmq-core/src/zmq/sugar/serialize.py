"""Sending and receiving what is not bytes."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar, overload

    from zmq.backend import Frame
    from zmq.backend import Socket as SocketBase
    from zmq.backend.tracker import MessageTracker
    from zmq.utils.serialize import Codec

    T = TypeVar("T")
else:
    SocketBase = object

# pickle's own, without importing pickle.
DEFAULT_PROTOCOL = 5 if sys.version_info >= (3, 14) else 4


def checked_codec(codec: Codec[T]) -> Codec[T]:
    """Return an argument that must be a codec.

    :raises TypeError: when it is none: a class in place of an object of it, say.
    """
    if isinstance(codec, type):
        raise TypeError(
            f"codec={codec.__name__} is a class; an object of it is needed:"
            f" {codec.__name__}(...)"
        )
    if not hasattr(codec, "encode") or not hasattr(codec, "decode"):
        raise TypeError(
            f"codec={codec!r} is no codec: one of zmq.utils.serialize, such as JSON(),"
            " has encode(obj) and decode(frames)"
        )
    return codec


_loaded: Any = None


def _jsonapi() -> Any:
    # json is imported by those who use it only; an import statement on every call,
    # though, would take a tenth of the time.
    global _loaded
    if _loaded is None:
        from zmq.utils import jsonapi

        _loaded = jsonapi
    return _loaded


class Serializing(SocketBase):
    """The methods of a socket that turn objects into messages and back."""

    #: What :meth:`send_object` and :meth:`recv_object` use: one of
    #: :mod:`zmq.utils.serialize`, or None. ``context.socket(..., codec=...)`` sets it.
    #:
    #: .. versionadded:: 28.0
    codec: Codec[Any] | None = None

    def send_object(
        self,
        obj: object,
        flags: int = 0,
        *,
        codec: Codec[Any] | None = None,
        **kwargs: Any,
    ) -> MessageTracker | None:
        """Send an object as the codec writes it.

        :param obj: the object.
        :param flags: as for :meth:`send_multipart`.
        :param codec: used in place of the one of the socket.
        :param kwargs: further arguments of :meth:`send_multipart`, such as `track`.
        :raises TypeError: when there is no codec, or it cannot write the object.

        .. versionadded:: 28.0
        """
        used = self._codec_or(codec, "send_object")
        tracker: MessageTracker | None
        frames = list(used.encode(obj))
        tracker = self.send_multipart(frames, flags, used.copy, **kwargs)
        return tracker

    if TYPE_CHECKING:

        @overload
        def recv_object(self, flags: int = 0, *, codec: Codec[T]) -> T: ...
        @overload
        def recv_object(self, flags: int = 0, *, codec: None = None) -> Any: ...

    def recv_object(self, flags: int = 0, *, codec: Codec[Any] | None = None) -> Any:
        """Receive an object that the codec reads.

        :param flags: as for :meth:`recv_multipart`.
        :param codec: used in place of the one of the socket; a type checker then knows
            what it returns.
        :raises TypeError: when there is no codec.
        :raises zmq.utils.serialize.FormatError: when the message is not what the codec
            reads; it has been received then.

        .. versionadded:: 28.0
        """
        used = self._codec_or(codec, "recv_object")
        return self.recv_serialized(used.decode, flags, used.copy)

    def _codec_or(self, given: Codec[Any] | None, method: str) -> Codec[Any]:
        if given is not None:
            return checked_codec(given)
        codec = self.codec
        if codec is None:
            raise TypeError(
                f"{method}() needs a codec of zmq.utils.serialize: make the socket with"
                " codec=JSON(), say, or pass one"
            )
        return codec

    def send_string(
        self,
        u: str,
        flags: int = 0,
        copy: bool = True,
        encoding: str = "utf-8",
        **kwargs: Any,
    ) -> MessageTracker | None:
        """Send a str as a message of one frame.

        :param u: the text.
        :param flags: as for :meth:`send`.
        :param copy: as for :meth:`send`.
        :param encoding: how to encode the text.
        :param kwargs: further arguments of :meth:`send`.
        :raises TypeError: when `u` is not a str.
        """
        if not isinstance(u, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"str objects only, got {type(u).__name__!r}")
        if not kwargs:
            return self.send(u.encode(encoding), flags, copy)
        tracker: MessageTracker | None
        tracker = self.send(u.encode(encoding), flags, copy, **kwargs)
        return tracker

    def recv_string(self, flags: int = 0, encoding: str = "utf-8") -> str:
        """Receive a frame as str.

        :param flags: as for :meth:`recv`.
        :param encoding: how the text is encoded.
        :raises UnicodeDecodeError: when it is not; the frame has then been received.
        """
        return self.recv(flags).decode(encoding)

    send_unicode = send_string
    recv_unicode = recv_string

    def send_json(self, obj: object, flags: int = 0, **kwargs: Any) -> None:
        """Send an object as JSON.

        :param obj: what ``json.dumps`` can write.
        :param flags: as for :meth:`send`.
        :param kwargs: arguments of ``json.dumps``; `routing_id` and `group` go to
            :meth:`send`.
        """
        if not kwargs:
            self.send(_jsonapi().dumps(obj), flags)
            return
        routing = {
            key: kwargs.pop(key) for key in ("routing_id", "group") if key in kwargs
        }
        self.send(_jsonapi().dumps(obj, **kwargs), flags, **routing)

    def recv_json(
        self, flags: int = 0, **kwargs: Any
    ) -> list[Any] | str | int | float | dict[Any, Any]:
        """Receive an object that was sent as JSON.

        :param flags: as for :meth:`recv`.
        :param kwargs: arguments of ``json.loads``.
        :raises ValueError: when it is no JSON; the frame has then been received.
        """
        obj: list[Any] | str | int | float | dict[Any, Any]
        obj = _jsonapi().loads(self.recv(flags), **kwargs)
        return obj

    def send_pyobj(
        self,
        obj: object,
        flags: int = 0,
        protocol: int = DEFAULT_PROTOCOL,
        **kwargs: Any,
    ) -> MessageTracker | None:
        """Send any Python object, pickled. See :meth:`recv_pyobj` for the danger.

        :param obj: what ``pickle.dumps`` can write.
        :param flags: as for :meth:`send`.
        :param protocol: the pickle protocol; by default pickle's own default.
        :param kwargs: further arguments of :meth:`send`.
        """
        import pickle

        tracker: MessageTracker | None
        data = pickle.dumps(obj, protocol)
        tracker = self.send(data, flags=flags, **kwargs)  # pyright: ignore[reportUnknownVariableType]
        return tracker  # pyright: ignore[reportUnknownVariableType]

    def recv_pyobj(self, flags: int = 0) -> Any:
        """Receive a Python object that was sent pickled.

        .. warning::
            A pickle can make the receiver run any code. Whoever can send a message to
            this socket can then take over the process: use it only between programs
            that trust each other, on addresses that no one else can reach.
            :meth:`recv_object` with a codec runs nothing.

        :param flags: as for :meth:`recv`.

        .. versionchanged:: 28.0
            Warns, once in a process, when it receives over a network without CURVE.
        """
        from zmq.sugar import pickling

        pickling.warn_of_strangers(self)
        return pickling.loads(self.recv(flags))

    def send_serialized(
        self,
        msg: T,
        serialize: Callable[[T], Iterable[Any]],
        flags: int = 0,
        copy: bool = True,
        **kwargs: Any,
    ) -> MessageTracker | None:
        """Send an object through a function that makes frames of it.

        :param msg: the object.
        :param serialize: is called with it, and returns the frames.
        :param flags: as for :meth:`send_multipart`.
        :param copy: as for :meth:`send_multipart`.
        :param kwargs: further arguments of :meth:`send_multipart`.

        .. versionadded:: 17.0
        """
        tracker: MessageTracker | None
        tracker = self.send_multipart(serialize(msg), flags, copy, **kwargs)
        return tracker

    def recv_serialized(
        self,
        deserialize: Callable[[list[Any]], T],
        flags: int = 0,
        copy: bool = True,
    ) -> T:
        """Receive an object through a function that makes it of frames.

        :param deserialize: is called with the list of frames, and returns the object.
        :param flags: as for :meth:`recv_multipart`.
        :param copy: as for :meth:`recv_multipart`.
        :raises Exception: what `deserialize` raises; the message has been received.

        .. versionadded:: 17.0
        """
        frames: list[bytes] | list[Frame] = self.recv_multipart(flags, copy)
        return deserialize(frames)
