"""The engine of asynchronous sockets; ``zmq.asyncio`` and others are its public face.

Layers: _answer -> _eager -> _serializing, _closing, _readiness -> _socket, which has
all that needs no waiting; _loops -> _waiting -> _waiters come with the first socket,
_poller, _events, _flushing, _readying and _selector_thread when they are used. _typed
is for type checkers.
"""

from __future__ import annotations

from zmq._engine._answer import Answer as Answer
from zmq._engine._socket import AsyncSocket as AsyncSocket

__all__ = ["Answer", "AsyncSocket"]
