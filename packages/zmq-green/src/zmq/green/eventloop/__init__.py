"""``zmq.eventloop`` for programs that use gevent, too.

tornado's loop blocks only the greenlet that runs it when gevent has patched the
standard library (``gevent.monkey.patch_all()``).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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

__all__ = ["IOLoop"]
