"""The one place where tornado is imported."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger

try:
    from tornado.ioloop import IOLoop as IOLoop
    from tornado.ioloop import PeriodicCallback as PeriodicCallback
    from tornado.log import gen_log as _gen_log
except ImportError as error:
    raise ImportError(
        "zmq.eventloop needs tornado: pip install 'zmq-tornado[tornado]'"
    ) from error

#: The logger of tornado that streams used to write to.
gen_log: Logger = _gen_log

__all__ = ["IOLoop", "PeriodicCallback", "gen_log"]
