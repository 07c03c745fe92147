"""The context of coroutine sockets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable

import zmq
from zmq.backend.hints import without_hints
from zmq.sugar.timeouts import seconds_argument
from zmq.trio._background import run_in_thread
from zmq.trio._loops import current_loop
from zmq.trio._socket import Socket

if TYPE_CHECKING:
    from typing_extensions import Self


@without_hints
class Context(zmq.Context[Socket]):
    """A context that makes coroutine sockets; see :class:`zmq.Context`.

    ::

        async with zmq.trio.Context() as ctx: ...

    closes the sockets at the end, and lets other tasks run until what they have sent
    has left. ``instance()`` is another one than that of :class:`zmq.Context`.

    :param io_threads: number of I/O threads, or a context to shadow.
    :param shadow: a context to shadow, or the address of one.
    """

    __module__ = "zmq.trio"

    _socket_class: Callable[..., Socket] = Socket

    # An instance of its own: see zmq.Context.instance.
    _instance: Any = None

    async def aclose(
        self, linger: int | None = None, timeout: float | None = None
    ) -> None:
        """Close all sockets and terminate the context; other tasks run meanwhile.

        Cancelled, it leaves the context to end by itself, in a thread.

        :param linger: milliseconds to keep unsent messages: sets the option ``LINGER``
            of each socket first. None leaves it as it is.
        :param timeout: seconds after which to give up; None waits for ever.
        :raises TimedOut: when it has not ended by then: lists what may still have
            messages to send. The sockets are closed.
        """
        if self.closed:
            await current_loop().checkpoint()
            return
        if timeout is not None:
            seconds_argument("timeout", timeout)  # before anything is closed
        for sock in self._sockets_to_destroy(linger):
            if not sock.closed:
                sock.close(linger=linger)
        await run_in_thread(partial(self.term, timeout))

    async def __aenter__(self) -> Self:
        """Close the context at the end of an ``async with`` block."""
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()
