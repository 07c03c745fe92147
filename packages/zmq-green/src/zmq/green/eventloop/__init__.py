"""``zmq.eventloop`` for programs that use gevent, too.

tornado's loop blocks only the greenlet that runs it when gevent has patched the
standard library (``gevent.monkey.patch_all()``).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.green.eventloop import ioloop as ioloop

    IOLoop: type[Any]
else:
    try:
        from zmq.eventloop._tornado import IOLoop as IOLoop
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("zmq."):
            raise
        raise ImportError(
            'zmq.green.eventloop needs zmq-tornado: pip install "zmq-tornado[tornado]"',
            name=error.name,
        ) from error

    def __getattr__(name: str) -> object:
        """Import ``ioloop``, which is deprecated, only when it is asked for."""
        if name == "ioloop":
            import zmq.green.eventloop.ioloop as ioloop

            return ioloop
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["IOLoop"]
