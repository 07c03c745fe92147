"""Deprecated: tornado's event loop is asyncio's, use zmq.auth.asyncio."""

from __future__ import annotations

import warnings
from typing import Any

import zmq

from .asyncio import AsyncioAuthenticator

__all__ = ["IOLoopAuthenticator"]

warnings.warn(
    "zmq.auth.ioloop.IOLoopAuthenticator is deprecated, "
    "use zmq.auth.asyncio.AsyncioAuthenticator",
    DeprecationWarning,
    stacklevel=2,
)


class IOLoopAuthenticator(AsyncioAuthenticator):
    """An `AsyncioAuthenticator` with the parameters of old programs.

    :param context: the context of the server sockets; by default
        ``zmq.Context.instance()``.
    :param encoding: of domains, user names, passwords and user ids.
    :param log: gets refusals as warnings; by default the logger ``zmq.auth``.
    :param io_loop: deprecated: a tornado ``IOLoop``; by default the loop in which
        `start` is called.
    """

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        encoding: str = "utf-8",
        log: Any = None,
        io_loop: Any = None,
    ) -> None:
        loop = None
        if io_loop is not None:
            warnings.warn(
                "IOLoopAuthenticator(io_loop) is deprecated: start() uses the loop that"
                " it is called in",
                DeprecationWarning,
                stacklevel=2,
            )
            loop = io_loop.asyncio_loop
        super().__init__(context, loop, encoding, log)
