"""Waiting, as a coroutine, until a socket has peers, and subscribers."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from zmq.trio._typed import TypedSocket
else:
    TypedSocket = object


class Readiness(TypedSocket):
    """The methods of a socket that wait for peers."""

    async def wait_connected(  # type: ignore[override]
        self, n: int = 1, timeout: float | None = None
    ) -> list[str]:
        """Wait until peers are connected; see :meth:`zmq.Socket.wait_connected`.

        :param n: how many peers.
        :param timeout: seconds; None waits for ever.
        """
        from zmq.trio._readying import Connecting

        waiting = Connecting(self, n, timeout)
        await current_loop().checkpoint()
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
        from zmq.sugar.subscriptions import Subscribing

        waiting = Subscribing(self, topic, n, timeout)
        await current_loop().checkpoint()
        with waiting:
            while not waiting.look():
                await self.poll(waiting.pause * 1000)
