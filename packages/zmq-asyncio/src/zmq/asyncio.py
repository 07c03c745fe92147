"""Sockets for asyncio, and for uvloop: every blocking method returns a future.

::

    import asyncio
    import zmq.asyncio

    async def main():
        with zmq.asyncio.Context() as ctx, ctx.socket(zmq.PULL) as sock:
            sock.bind("tcp://127.0.0.1:5555")
            async for message in sock:
                print(message)

    asyncio.run(main())
"""

from __future__ import annotations

import zmq as _zmq
from zmq._engine import AsyncSocket as _AsyncSocket
from zmq.backend.hints import without_hints as _without_hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from zmq._engine._asyncio_poller import Poller as Poller
    from zmq._engine._deprecated import (
        ProactorSelectorThreadWarning as ProactorSelectorThreadWarning,
    )
    from zmq._engine._deprecated import ZMQEventLoop as ZMQEventLoop
    from zmq._engine._deprecated import install as install

__all__ = [
    "Context",
    "Poller",
    "ProactorSelectorThreadWarning",
    "Socket",
    "ZMQEventLoop",
    "install",
]


@_without_hints
class Socket(_AsyncSocket):
    """A socket whose blocking methods return :class:`asyncio.Future` objects.

    See :class:`zmq.Socket` for all else. One object belongs to one event loop at a
    time, but may be used in several loops one after the other, and be made before any
    loop runs.
    """


Socket._monitor_socket_class = Socket  # pyright: ignore[reportPrivateUsage]


@_without_hints
class Context(_zmq.Context[Socket]):
    """A context that makes asynchronous sockets; see :class:`zmq.Context`.

    :param io_threads: number of I/O threads, or a context to shadow.
    :param shadow: a context to shadow, or the address of one.
    """

    _socket_class: Callable[..., Socket] = Socket

    # An instance of its own: see zmq.Context.instance.
    _instance: Any = None


# Not every program needs these: they are imported when somebody asks for them. Whole
# statements, since programs that freeze others look for those.
_DEPRECATED = ("ProactorSelectorThreadWarning", "ZMQEventLoop", "install")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        value: Any
        if name == "Poller":
            from zmq._engine._asyncio_poller import Poller

            value = Poller
        elif name in _DEPRECATED:
            from zmq._engine import _deprecated

            value = getattr(_deprecated, name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *_DEPRECATED, "Poller"})
