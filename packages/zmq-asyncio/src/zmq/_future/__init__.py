"""The engine of asynchronous sockets; ``zmq.asyncio`` and others are its public face.

Layers: _answer -> _waiting, _loops -> _socket -> _poller, _events.
"""

from __future__ import annotations

from zmq._future._answer import Answer as Answer
from zmq._future._poller import AsyncPoller as AsyncPoller
from zmq._future._socket import AsyncSocket as AsyncSocket

__all__ = ["Answer", "AsyncPoller", "AsyncSocket"]
