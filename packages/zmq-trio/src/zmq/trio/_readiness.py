"""Waiting by trio's rules until a socket has peers, and subscribers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq.sugar.awaited_readiness import AwaitedReadiness
from zmq.trio._loops import current_loop

if TYPE_CHECKING:
    from zmq.sugar.readying import Connecting


class Readiness(AwaitedReadiness):
    """The methods of a socket that wait for peers."""

    def _make_connecting(self, n: int, timeout: float | None) -> Connecting:
        from zmq.trio._readying import Connecting

        return Connecting(self, n, timeout)

    async def _before_wait(self) -> None:
        await current_loop().checkpoint()
