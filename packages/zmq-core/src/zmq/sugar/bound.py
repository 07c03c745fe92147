"""What bind and connect return, for ``with`` blocks."""

from __future__ import annotations

from zmq.sugar.subscriptable import Subscriptable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol, TypeVar

    class _Addressed(Protocol):
        @property
        def closed(self) -> bool: ...
        def unbind(self, addr: str | bytes) -> None: ...
        def disconnect(self, addr: str | bytes) -> None: ...

    SocketT = TypeVar("SocketT", bound=_Addressed)
else:
    SocketT = None


#: What is called when any socket was bound or connected: of peers over inproc libzmq
#: tells nothing.
inproc_bells: list[Callable[[], object]] = []


def ring_all() -> None:
    """Tell those who wait for peers over inproc that there may be one."""
    for ring in list(inproc_bells):
        ring()


class SocketContext(Subscriptable[SocketT]):
    """``with sock.bind(addr):`` unbinds at the end, ``sock.connect`` disconnects."""

    __slots__ = ("addr", "kind", "socket")

    def __init__(self, socket: SocketT, kind: str, addr: str) -> None:
        self.socket: SocketT = socket
        self.kind: str = kind
        self.addr: str = addr

    def __repr__(self) -> str:
        return f"<SocketContext({self.kind}={self.addr!r})>"

    def __enter__(self) -> SocketT:
        return self.socket

    def __exit__(self, *exc_info: object) -> None:
        if self.socket.closed:
            return
        if self.kind == "bind":
            self.socket.unbind(self.addr)
        else:
            self.socket.disconnect(self.addr)
