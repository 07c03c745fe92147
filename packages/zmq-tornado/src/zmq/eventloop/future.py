"""Sockets for tornado: every blocking method returns a future.

::

    from zmq.eventloop.future import Context

    async def answer():
        sock = Context.instance().socket(zmq.REP)
        sock.bind("tcp://127.0.0.1:5555")
        while True:
            await sock.send_multipart(await sock.recv_multipart())

Tornado's loop is asyncio's, and so are its futures: these are the sockets of
``zmq.asyncio`` under another name.
"""

from __future__ import annotations

from asyncio import CancelledError as CancelledError
from typing import Any, Callable
from warnings import warn as _warn

import zmq as _zmq
from zmq._engine import AsyncSocket as _AsyncSocket
from zmq._engine._poller import AsyncPoller as _AsyncPoller
from zmq.backend.hints import without_hints as _without_hints
from zmq.eventloop._tornado import IOLoop as _IOLoop

__all__ = ["CancelledError", "Context", "Poller", "Socket"]


@_without_hints
class Socket(_AsyncSocket):
    """A socket whose blocking methods return futures.

    See :class:`zmq.Socket` for all else.
    """


Socket._monitor_socket_class = Socket  # pyright: ignore[reportPrivateUsage]


class Poller(_AsyncPoller):
    """A poller whose method ``poll`` returns a future."""


class Context(_zmq.Context[Socket]):
    """A context that makes sockets with futures; see :class:`zmq.Context`.

    :param io_threads: number of I/O threads, or a context to shadow.
    :param shadow: a context to shadow, or the address of one.
    :param io_loop: deprecated, and without effect: the loop that runs is used.
    """

    #: Deprecated, and without effect.
    io_loop: _IOLoop | None = None

    _socket_class: Callable[..., Socket] = Socket

    # An instance of its own: see zmq.Context.instance.
    _instance: Any = None

    def __init__(
        self,
        io_threads: int | _zmq.Context[Any] = 1,
        shadow: _zmq.Context[Any] | int = 0,
        *,
        io_loop: _IOLoop | None = None,
    ) -> None:
        if io_loop is not None:
            _warn(
                "the argument io_loop of Context has no effect: the loop that runs is"
                " used",
                DeprecationWarning,
                stacklevel=2,
            )
        super().__init__(io_threads, shadow)
