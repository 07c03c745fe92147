"""ZeroMQ in tornado's event loop.

``zmqstream`` calls back with every message, ``future`` has sockets whose methods return
futures; ``ioloop`` holds deprecated names.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.eventloop._tornado import IOLoop as IOLoop

__all__ = ["IOLoop"]


def __getattr__(name: str) -> object:
    """Import tornado when its loop is asked for here, as old programs do."""
    if name == "IOLoop":
        from zmq.eventloop._tornado import IOLoop

        return IOLoop
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
