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

import asyncio as _asyncio
from typing import Any, Callable
from warnings import warn as _warn

import zmq as _zmq
from zmq._future import AsyncPoller as _AsyncPoller
from zmq._future import AsyncSocket as _AsyncSocket

__all__ = [
    "Context",
    "Poller",
    "ProactorSelectorThreadWarning",
    "Socket",
    "ZMQEventLoop",
    "install",
]


class ProactorSelectorThreadWarning(RuntimeWarning):
    """Is never issued: on a Proactor loop a thread of our own waits for sockets."""


class Socket(_AsyncSocket):
    """A socket whose blocking methods return :class:`asyncio.Future` objects.

    See :class:`zmq.Socket` for all else. One object belongs to one event loop at a
    time, but may be used in several loops one after the other, and be made before any
    loop runs.
    """


Socket._monitor_socket_class = Socket  # pyright: ignore[reportPrivateUsage]


class Poller(_AsyncPoller):
    """A poller whose :meth:`poll` returns an :class:`asyncio.Future`."""


class Context(_zmq.Context[Socket]):
    """A context that makes asynchronous sockets; see :class:`zmq.Context`.

    :param io_threads: number of I/O threads, or a context to shadow.
    :param shadow: a context to shadow, or the address of one.
    """

    _socket_class: Callable[..., Socket] = Socket

    # An instance of its own: see zmq.Context.instance.
    _instance: Any = None


class ZMQEventLoop(_asyncio.SelectorEventLoop):
    """Deprecated: an ordinary event loop, as zmq needs none of its own.

    :param selector: the selector to use.
    """

    def __init__(self, selector: Any = None) -> None:
        _deprecated()
        super().__init__(selector)


def install() -> None:
    """Do nothing; deprecated, as zmq needs no event loop of its own."""
    _deprecated()


def _deprecated() -> None:
    _warn(
        "ZMQEventLoop and zmq.asyncio.install are deprecated: zmq needs no event loop"
        " of its own",
        DeprecationWarning,
        stacklevel=3,
    )
