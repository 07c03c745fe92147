"""The backend for PyPy, by CFFI; on CPython it is for testing."""

from __future__ import annotations

try:
    __import__("zmq.backend.cffi._native")
except ModuleNotFoundError as _error:
    # An error of this type makes Python 3.15 import the package, while it describes the
    # error, to look for another build of the module: that would fail in the same way.
    raise ImportError(str(_error), name=_error.name) from None

from zmq.backend.cffi.context import Context as Context
from zmq.backend.cffi.frame import Frame as Frame
from zmq.backend.cffi.frame import Message as Message
from zmq.backend.cffi.functions import IPC_PATH_MAX_LEN as IPC_PATH_MAX_LEN
from zmq.backend.cffi.functions import PYZMQ_DRAFT_API as PYZMQ_DRAFT_API
from zmq.backend.cffi.functions import curve_keypair as curve_keypair
from zmq.backend.cffi.functions import curve_public as curve_public
from zmq.backend.cffi.functions import has as has
from zmq.backend.cffi.functions import strerror as strerror
from zmq.backend.cffi.functions import zmq_errno as zmq_errno
from zmq.backend.cffi.functions import zmq_version_info as zmq_version_info
from zmq.backend.cffi.lease import buffers_lent as buffers_lent
from zmq.backend.cffi.options import OptionAttribute as OptionAttribute
from zmq.backend.cffi.poll import zmq_poll as zmq_poll
from zmq.backend.cffi.proxies import monitored_queue as monitored_queue
from zmq.backend.cffi.proxies import proxy as proxy
from zmq.backend.cffi.proxies import proxy_steerable as proxy_steerable
from zmq.backend.cffi.proxy import ProxyLoop as ProxyLoop
from zmq.backend.cffi.socket import Socket as Socket
from zmq.backend.hints import without_hints

__all__ = [
    "IPC_PATH_MAX_LEN",
    "PYZMQ_DRAFT_API",
    "Context",
    "Frame",
    "Message",
    "OptionAttribute",
    "ProxyLoop",
    "Socket",
    "buffers_lent",
    "curve_keypair",
    "curve_public",
    "has",
    "monitored_queue",
    "proxy",
    "proxy_steerable",
    "strerror",
    "zmq_errno",
    "zmq_poll",
    "zmq_version_info",
]

# Programs have subclasses of it. The other classes have subclasses in zmq.sugar, which
# do the same.
without_hints(Frame)
