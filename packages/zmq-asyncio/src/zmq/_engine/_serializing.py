"""Receiving and sending text, JSON, pickles, and what a function makes of a message.

What is received is deserialised when it is received: an error is the awaiting task's.
"""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    import zmq
    from zmq._engine._answer import Answer
    from zmq._engine._typed import TypedSocket

    T = TypeVar("T")
else:
    TypedSocket = object


class Serializing(TypedSocket):
    """The methods of a socket that serialise, where those of the core do not do."""

    _by_frames = None

    def recv_string(  # type: ignore[override]
        self, flags: int = 0, encoding: str = "utf-8"
    ) -> Answer[str]:
        """Receive a frame as str; see :meth:`zmq.Socket.recv_string`.

        :returns: a future of the text, or of the UnicodeDecodeError.
        """

        def decode(data: bytes) -> str:
            return data.decode(encoding)

        return self._receive(flags, self._try_recv, (True, False), decode, True)

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

        return self._receive(flags, self._try_recv, (True, False), loads, True)

    def recv_pyobj(self, flags: int = 0) -> Answer[Any]:
        """Receive a pickled object; :meth:`zmq.Socket.recv_pyobj` tells the danger.

        :returns: a future of the object, or of what unpickling raises.
        """
        from zmq.sugar import pickling

        pickling.warn_of_strangers(self)
        return self._receive(flags, self._try_recv, (True, False), pickling.loads, True)

    def recv_serialized(  # type: ignore[override]
        self,
        deserialize: Callable[[list[Any]], T],
        flags: int = 0,
        copy: bool = True,
    ) -> Answer[T]:
        """Receive through a function; see :meth:`zmq.Socket.recv_serialized`.

        :returns: a future of what `deserialize` returns or raises.
        :raises TypeError: when `deserialize` cannot be called; nothing is received.
        """
        if not callable(deserialize):
            raise TypeError(f"deserialize must be callable, got {deserialize!r}")
        return self._receive(
            flags, self._try_recv_multipart, (copy, False), deserialize, False
        )
