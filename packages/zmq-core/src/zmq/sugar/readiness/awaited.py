"""Waiting, as a coroutine, until a socket has peers, and subscribers."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from typing_extensions import Self

    from zmq.sugar.readiness.connecting import Connecting
    from zmq.sugar.readiness.subscriptions import Subscribing
    from zmq.sugar.socket import Socket

    _Base = Socket[Any]

    class News(Protocol):
        """Wakes a task when a socket has something to receive, and when it is rung."""

        def __enter__(self) -> Self:
            """Begin to listen."""
            ...

        def __exit__(self, *exc_info: object) -> None:
            """End it."""

        def ring(self) -> None:
            """Have :meth:`wait` return; from any thread."""

        async def wait(self, timeout: float | None) -> None:
            """Wait for either, or until the time, in seconds, is over.

            :raises ZMQError: when the socket is closed meanwhile, or its context ends.
            """
else:
    _Base = object


class AwaitedReadiness(_Base):
    """The methods of a socket that wait for peers, for event loops of any kind."""

    def _make_connecting(self, n: int, timeout: float | None) -> Connecting:
        """Return a call of ``wait_connected`` that this kind of loop can wake."""
        raise NotImplementedError

    def _make_news(self) -> News:
        """Return what wakes who waits for subscriptions."""
        raise NotImplementedError

    def _clock_of_timeouts(self) -> Callable[[], float]:
        """Return the clock that timeouts go by."""
        return monotonic

    async def _before_wait(self) -> None:
        """Do what such a call begins with; nothing, where there is no rule for it."""

    async def wait_connected(  # type: ignore[override]
        self, n: int = 1, timeout: float | None = None
    ) -> list[str]:
        """Wait until peers are connected; see :meth:`zmq.Socket.wait_connected`.

        :param n: how many peers.
        :param timeout: seconds; None waits for ever.
        """
        waiting = self._make_connecting(n, timeout)
        await self._before_wait()
        with waiting:
            return await waiting.wait_in_loop()

    async def wait_subscribed(  # type: ignore[override]
        self, topic: bytes | str = b"", n: int = 1, timeout: float | None = None
    ) -> None:
        """Wait until there are subscribers; see :meth:`zmq.Socket.wait_subscribed`.

        :param topic: the topic.
        :param n: how many subscriptions.
        :param timeout: seconds; None waits for ever.
        """
        from zmq.sugar.readiness.subscriptions import Subscribing

        news = self._make_news()
        clock = self._clock_of_timeouts()
        waiting = Subscribing(self, topic, n, timeout, clock, news.ring)
        await self._before_wait()
        with waiting, news:
            await _until_subscribed(waiting, news)


async def _until_subscribed(waiting: Subscribing, news: News) -> None:
    # Not in the "with", whose end CPython 3.12 to 3.14 skip when a signal handler
    # raises as a loop in it jumps back on a condition.
    while not waiting.look():
        await news.wait(waiting.left)
