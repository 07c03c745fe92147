"""Waiting in asyncio's loop until a socket has peers, and subscribers."""

from __future__ import annotations

from zmq.sugar.readiness.awaited import AwaitedReadiness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.sugar.readiness.awaited import News
    from zmq.sugar.readiness.connecting import Connecting


class Readiness(AwaitedReadiness):
    """The methods of a socket that wait for peers."""

    def _make_connecting(self, n: int, timeout: float | None) -> Connecting:
        from zmq._engine._readying import Connecting

        return Connecting(self, n, timeout)

    def _make_news(self) -> News:
        from zmq._engine._readying import News

        return News(self)
