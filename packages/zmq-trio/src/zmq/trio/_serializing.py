"""Sending and receiving what is not bytes, as coroutines; see zmq.sugar.serialize."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import zmq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar, overload

    from zmq.trio._typed import TypedSocket
    from zmq.utils.serialize import Codec

    T = TypeVar("T")
else:
    TypedSocket = object


class Serializing(TypedSocket):
    """The methods of a socket that turn objects into messages and back."""

    async def send_object(  # type: ignore[override]
        self,
        obj: object,
        flags: int = 0,
        *,
        codec: Codec[Any] | None = None,
        **kwargs: Any,
    ) -> zmq.MessageTracker | None:
        """Send an object by a codec; see :meth:`zmq.Socket.send_object`."""
        used = self._codec_or(codec, "send_object")
        frames = list(used.encode(obj))
        return await self.send_multipart(frames, flags, used.copy, **kwargs)

    if TYPE_CHECKING:

        @overload  # type: ignore[override]
        async def recv_object(self, flags: int = 0, *, codec: Codec[T]) -> T: ...
        @overload
        async def recv_object(self, flags: int = 0, *, codec: None = None) -> Any: ...

    async def recv_object(
        self, flags: int = 0, *, codec: Codec[Any] | None = None
    ) -> Any:
        """Receive an object by a codec; see :meth:`zmq.Socket.recv_object`."""
        used = self._codec_or(codec, "recv_object")
        return used.decode(await self.recv_multipart(flags, used.copy))

    async def send_string(  # type: ignore[override]
        self,
        u: str,
        flags: int = 0,
        copy: bool = True,
        encoding: str = "utf-8",
        **kwargs: Any,
    ) -> zmq.MessageTracker | None:
        """Send a str as a message of one frame; see :meth:`zmq.Socket.send_string`."""
        if not isinstance(u, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"str objects only, got {type(u).__name__!r}")
        return await self.send(u.encode(encoding), flags, copy, **kwargs)

    async def recv_string(  # type: ignore[override]
        self, flags: int = 0, encoding: str = "utf-8"
    ) -> str:
        """Receive a frame as str; see :meth:`zmq.Socket.recv_string`."""
        return (await self.recv(flags)).decode(encoding)

    send_unicode = send_string  # type: ignore[assignment]
    recv_unicode = recv_string  # type: ignore[assignment]

    async def send_json(  # type: ignore[override]
        self, obj: object, flags: int = 0, **kwargs: Any
    ) -> None:
        """Send an object as JSON; see :meth:`zmq.Socket.send_json`."""
        from zmq.utils import jsonapi

        routing = {
            key: kwargs.pop(key) for key in ("routing_id", "group") if key in kwargs
        }
        await self.send(jsonapi.dumps(obj, **kwargs), flags, **routing)

    async def recv_json(  # type: ignore[override]
        self, flags: int = 0, **kwargs: Any
    ) -> Any:
        """Receive an object that was sent as JSON; see :meth:`zmq.Socket.recv_json`."""
        from zmq.utils import jsonapi

        return jsonapi.loads(await self.recv(flags), **kwargs)

    async def send_pyobj(  # type: ignore[override]
        self, obj: object, flags: int = 0, protocol: int = 4, **kwargs: Any
    ) -> zmq.MessageTracker | None:
        """Send any Python object, pickled; :meth:`zmq.Socket.recv_pyobj` warns."""
        import pickle

        return await self.send(pickle.dumps(obj, protocol), flags, **kwargs)

    async def recv_pyobj(self, flags: int = 0) -> Any:
        """Receive a pickled object; :meth:`zmq.Socket.recv_pyobj` tells the danger."""
        from zmq.sugar import pickling

        pickling.warn_of_strangers(self)
        return pickling.loads(await self.recv(flags))

    async def send_serialized(  # type: ignore[override]
        self,
        msg: T,
        serialize: Callable[[T], Iterable[Any]],
        flags: int = 0,
        copy: bool = True,
        **kwargs: Any,
    ) -> zmq.MessageTracker | None:
        """Send through a function; see :meth:`zmq.Socket.send_serialized`."""
        return await self.send_multipart(serialize(msg), flags, copy, **kwargs)

    async def recv_serialized(  # type: ignore[override]
        self,
        deserialize: Callable[[list[Any]], T],
        flags: int = 0,
        copy: bool = True,
    ) -> T:
        """Receive through a function; see :meth:`zmq.Socket.recv_serialized`."""
        frames: list[Any] = await self.recv_multipart(flags, copy)
        return deserialize(frames)
