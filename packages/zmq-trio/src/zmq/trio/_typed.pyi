# The socket as the type checkers of _serializing see it, below it: with the methods
# that it does not define itself.

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from collections.abc import Iterable
from typing import Any, Literal, overload

import zmq

class TypedSocket(zmq.Socket[bytes]):
    async def send(  # type: ignore[override]
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> zmq.MessageTracker | None: ...
    async def send_multipart(  # type: ignore[override]
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> zmq.MessageTracker | None: ...
    @overload  # type: ignore[override]
    async def recv(
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> bytes: ...
    @overload
    async def recv(
        self, flags: int = 0, *, copy: Literal[False], track: bool = False
    ) -> zmq.Frame: ...
    @overload
    async def recv(
        self, flags: int, copy: Literal[False], track: bool = False
    ) -> zmq.Frame: ...
    @overload
    async def recv(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> bytes | zmq.Frame: ...
    @overload  # type: ignore[override]
    async def recv_multipart(
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> list[bytes]: ...
    @overload
    async def recv_multipart(
        self, flags: int = 0, *, copy: Literal[False], track: bool = False
    ) -> list[zmq.Frame]: ...
    @overload
    async def recv_multipart(
        self, flags: int, copy: Literal[False], track: bool = False
    ) -> list[zmq.Frame]: ...
    @overload
    async def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> list[bytes] | list[zmq.Frame]: ...
    @overload  # type: ignore[override]
    async def recv_many(
        self, max_messages: int, flags: int = 0, copy: Literal[True] = True
    ) -> list[list[bytes]]: ...
    @overload
    async def recv_many(
        self, max_messages: int, flags: int = 0, *, copy: Literal[False]
    ) -> list[list[zmq.Frame]]: ...
    @overload
    async def recv_many(
        self, max_messages: int, flags: int, copy: Literal[False]
    ) -> list[list[zmq.Frame]]: ...
    @overload
    async def recv_many(
        self, max_messages: int, flags: int = 0, copy: bool = True
    ) -> list[list[bytes]] | list[list[zmq.Frame]]: ...
    async def poll(  # type: ignore[override]
        self, timeout: float | None = None, flags: int = 1
    ) -> int: ...
