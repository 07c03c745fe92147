# The socket as type checkers see it, and the engine below it: with the methods that it
# does not define itself, since they are compiled, or call a compiled one.

# They return futures, where those of the synchronous socket return results.
# pyright: reportIncompatibleMethodOverride=false

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar, overload

import zmq
from zmq._engine._answer import Answer
from zmq._engine._eager import EagerSocket
from zmq._engine._waiters import Waiters
from zmq.utils.serialize import Codec

_T = TypeVar("_T")

class TypedSocket(EagerSocket, zmq.Socket[Any]):
    _waiters: Waiters

    def _receive(
        self,
        flags: int,
        attempt: Callable[..., Any],
        args: tuple[Any, ...],
        convert: Callable[[Any], Any] | None = None,
        in_parts: bool = False,
    ) -> Answer[Any]: ...
    def send(  # type: ignore[override]
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]: ...
    def send_multipart(  # type: ignore[override]
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]: ...
    @overload  # type: ignore[override]
    def recv(
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
    @overload  # type: ignore[override]
    def recv_multipart(
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
    def send_object(  # type: ignore[override]
        self,
        obj: object,
        flags: int = 0,
        *,
        codec: Codec[Any] | None = None,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]: ...
    @overload  # type: ignore[override]
    def recv_object(self, flags: int = 0, *, codec: Codec[_T]) -> Answer[_T]: ...
    @overload
    def recv_object(self, flags: int = 0, *, codec: None = None) -> Answer[Any]: ...
    def send_serialized(  # type: ignore[override]
        self,
        msg: _T,
        serialize: Callable[[_T], Iterable[Any]],
        flags: int = 0,
        copy: bool = True,
        **kwargs: Any,
    ) -> Answer[zmq.MessageTracker | None]: ...
