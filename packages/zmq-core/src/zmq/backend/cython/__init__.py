"""The backend compiled with Cython."""

from __future__ import annotations

try:
    __import__("zmq.backend.cython._core")
except ModuleNotFoundError as _error:
    # An error of this type makes Python 3.15 import the package, while it describes the
    # error, to look for another build of the module: that would fail in the same way.
    raise ImportError(str(_error), name=_error.name) from None

from zmq.backend.cython._core import IPC_PATH_MAX_LEN as IPC_PATH_MAX_LEN
from zmq.backend.cython._core import PYZMQ_DRAFT_API as PYZMQ_DRAFT_API
from zmq.backend.cython._core import Context as Context
from zmq.backend.cython._core import EagerSocket as EagerSocket
from zmq.backend.cython._core import Frame as Frame
from zmq.backend.cython._core import Message as Message
from zmq.backend.cython._core import OptionAttribute as OptionAttribute
from zmq.backend.cython._core import ProxyLoop as ProxyLoop
from zmq.backend.cython._core import Socket as Socket
from zmq.backend.cython._core import TurnClock as TurnClock
from zmq.backend.cython._core import buffers_lent as buffers_lent
from zmq.backend.cython._core import curve_keypair as curve_keypair
from zmq.backend.cython._core import curve_public as curve_public
from zmq.backend.cython._core import has as has
from zmq.backend.cython._core import monitored_queue as monitored_queue
from zmq.backend.cython._core import proxy as proxy
from zmq.backend.cython._core import proxy_steerable as proxy_steerable
from zmq.backend.cython._core import ready_type as ready_type
from zmq.backend.cython._core import strerror as strerror
from zmq.backend.cython._core import zmq_errno as zmq_errno
from zmq.backend.cython._core import zmq_poll as zmq_poll
from zmq.backend.cython._core import zmq_version_info as zmq_version_info

__all__ = [
    "IPC_PATH_MAX_LEN",
    "PYZMQ_DRAFT_API",
    "Context",
    "EagerSocket",
    "Frame",
    "Message",
    "OptionAttribute",
    "ProxyLoop",
    "Socket",
    "TurnClock",
    "ready_type",
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
