"""What keeps a context from ending: open sockets, and closed ones that may still send.

A record is (type, endpoints, seconds since it was made, seconds since it was closed or
None, LINGER or None, where it was made or ""). libzmq does not tell when it lets go of
a closed socket. So of those that may linger the last ones are remembered.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic

from zmq import constants
from zmq.backend.cffi._native import ffi, lib
from zmq.error import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

try:
    from _tracemalloc import is_tracing
except ImportError:  # PyPy has none

    def is_tracing() -> bool:
        """Return False: there is no tracemalloc."""
        return False


_MOST_LINGERING = 64
_PULL = int(constants.SocketType.PULL)
_LINGER = int(constants.SocketOption.LINGER)


def note_endpoint(h: Any, method: str, addr: str) -> None:
    """Keep the list of addresses that a socket is bound and connected to."""
    way = "bind" if method in ("bind", "unbind") else "connect"
    if method == way:
        h.endpoints.append((way, addr))
        return
    # libzmq knows an address by other names as well: "localhost" is 127.0.0.1.
    found = [one for one in h.endpoints if one == (way, addr)] or [
        one for one in h.endpoints if one[0] == way
    ]
    if found:
        h.endpoints.remove(found[0])


def note_lingering(h: Any) -> None:
    """Remember a socket that is being closed, if libzmq may keep it for a while."""
    if not h.outside or h.type == _PULL or h.context is None:
        return
    kept = None
    # A proxy that is running uses the socket in another thread.
    if not h.box.busy:
        value, size = ffi.new("int *"), ffi.new("size_t *", 4)
        if lib.zq_get(h.box, _LINGER, value, size) == 0:
            kept = int(value[0])
        if kept == 0:
            return
    known = h.context._lingering
    record = (h.type, tuple(h.endpoints), h.made, monotonic(), kept, _made_at(h))
    known.append(record)
    if len(known) > _MOST_LINGERING:
        del known[0]


def _made_at(h: Any) -> str:
    return explain("place_of", h.making) if is_tracing() else ""


def sockets_left(ctx: Any) -> list[Any]:
    """Return the records of what keeps a context from ending."""
    from zmq.backend.cffi.handle import open_handles

    now = monotonic()
    left: list[Any] = [
        (h.type, tuple(h.endpoints), now - h.made, None, None, _made_at(h))
        for h in list(open_handles.values())
        if h.context is not None and h.context._handle == ctx._handle
    ]
    for kind, endpoints, made, closed, linger, place in list(ctx._lingering):
        since = now - closed
        if linger is None or linger < 0 or since * 1000 <= linger:
            left.append((kind, endpoints, now - made, since, linger, place))
    return left
