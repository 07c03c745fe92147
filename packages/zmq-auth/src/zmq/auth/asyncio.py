"""An authenticator that runs in an asyncio event loop."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

import zmq

from .server import ConcurrentAuthenticator

__all__ = ["AsyncioAuthenticator"]


class AsyncioAuthenticator(ConcurrentAuthenticator):
    """Decide which clients may connect, in a task of the program's event loop.

    It can be configured from any thread, at any time; `start` and `stop` are to be
    called in the thread of the loop.

    :param context: the context of the server sockets, synchronous or asynchronous; by
        default the global one, ``zmq.Context.instance()``.
    :param loop: the event loop to run in; by default the one in which `start` is
        called.
    :param encoding: of domains, user names, passwords and user ids.
    :param log: gets refusals as warnings; by default the logger ``zmq.auth``.
    """

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        loop: Any = None,
        encoding: str = "utf-8",
        log: Any = None,
    ) -> None:
        super().__init__(context, encoding, log)
        self._loop: asyncio.AbstractEventLoop | None = loop
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start to answer. What connects from now on is authenticated.

        :raises zmq.ZMQError: when the context has an authenticator already
            (``EADDRINUSE``).
        :raises RuntimeError: when there is no event loop to run in.
        """
        loop = self._loop or _current_loop()
        super().start()
        self._task = loop.create_task(self._serve())

    def stop(self) -> None:
        """Stop to answer, and close the socket.

        Close the server sockets first, see `Authenticator.stop`.
        """
        if self._task is not None and not self._task.get_loop().is_closed():
            self._task.cancel()
            self._abandon()
        self._task = None
        super().stop()


def _current_loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        # a program may start it first and run the loop then; Python 3.12 and 3.13
        # warn of a loop made for this call, which nobody would ever run
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            try:
                return asyncio.get_event_loop()
            except (DeprecationWarning, RuntimeError):
                raise RuntimeError(
                    "AsyncioAuthenticator.start() needs an event loop: call it from a "
                    "coroutine, or give the authenticator a loop"
                ) from None
