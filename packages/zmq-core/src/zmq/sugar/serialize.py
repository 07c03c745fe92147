"""Sending and receiving what is not bytes."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    from zmq.backend import Frame
    from zmq.backend import Socket as SocketBase
    from zmq.backend.tracker import MessageTracker

    T = TypeVar("T")
else:
    SocketBase = object

# pickle's own, without importing pickle.
DEFAULT_PROTOCOL = 5 if sys.version_info >= (3, 14) else 4


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

        :param flags: as for :meth:`recv`.
        """
        import pickle

        return pickle.loads(self.recv(flags))  # noqa: S301

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
