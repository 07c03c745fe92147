"""Waiting by trio's rules until a socket has peers, and subscribers."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq.error import ZMQError
from zmq.sugar.readiness.awaited import AwaitedReadiness
from zmq.trio._closing import error_of
from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from zmq.sugar.readiness.awaited import News
    from zmq.sugar.readiness.connecting import Connecting


class Readiness(AwaitedReadiness):
    """The methods of a socket that wait for peers."""

    async def wait_connected(  # type: ignore[override]
        self, n: int = 1, timeout: float | None = None
    ) -> list[str]:
        """Wait until peers are connected; see :meth:`zmq.Socket.wait_connected`.

        :param n: how many peers.
        :param timeout: seconds; None waits for ever.
        """
        loop = current_loop()
        try:
            return await loop.undisturbed(super().wait_connected, n, timeout)
        except ZMQError as error:
            raise error_of(self, loop, error) from None

    async def wait_subscribed(  # type: ignore[override]
        self, topic: bytes | str = b"", n: int = 1, timeout: float | None = None
    ) -> None:
        """Wait until there are subscribers; see :meth:`zmq.Socket.wait_subscribed`.

        :param topic: the topic.
        :param n: how many subscriptions.
        :param timeout: seconds; None waits for ever.
        """
        loop = current_loop()
        try:
            await loop.undisturbed(super().wait_subscribed, topic, n, timeout)
        except ZMQError as error:
            raise error_of(self, loop, error) from None

    def _make_connecting(self, n: int, timeout: float | None) -> Connecting:
        from zmq.trio._readying import Connecting

        return Connecting(self, n, timeout, self._clock_of_timeouts())

    def _make_news(self) -> News:
        from zmq.trio._readying import News

        return News(self)

    def _clock_of_timeouts(self) -> Callable[[], float]:
        return current_loop().time

    async def _before_wait(self) -> None:
        await current_loop().checkpoint()
