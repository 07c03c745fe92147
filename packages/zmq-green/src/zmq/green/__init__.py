"""ZeroMQ for gevent: ``import zmq.green as zmq`` is a whole ``zmq``.

Whatever blocks the thread there blocks only the greenlet here: sending, receiving,
polling, proxies, and the end of contexts. It makes no difference whether gevent has
patched the standard library.
"""

from __future__ import annotations

from zmq import (
    COPY_THRESHOLD,
    DRAFT_API,
    IPC_PATH_MAX_LEN,
    PYZMQ_DRAFT_API,
    Again,
    ContextTerminated,
    DraftFDWarning,
    Frame,
    HandshakeFailed,
    InterruptedSystemCall,
    Message,
    NotDone,
    Stopwatch,
    SyncContext,
    SyncSocket,
    TimedOut,
    ZMQBaseError,
    ZMQBindError,
    ZMQError,
    ZMQVersionError,
    __revision__,
    __version__,
    curve_keypair,
    curve_public,
    describe,
    get_includes,
    get_library_dirs,
    has,
    pyzmq_version,
    pyzmq_version_info,
    strerror,
    zmq_errno,
    zmq_version,
    zmq_version_info,
)
from zmq import backend as backend
from zmq import constants as constants
from zmq import error as error
from zmq import sugar as sugar
from zmq import utils as utils
from zmq.constants import *
from zmq.green.core import Context, Socket
from zmq.green.device import device, proxy, proxy_steerable
from zmq.green.poll import Poller, select, zmq_poll
from zmq.green.tracker import MessageTracker

__all__ = [
    # of this package
    "Context",
    "Socket",
    "MessageTracker",
    "Poller",
    "select",
    "zmq_poll",
    "device",
    "proxy",
    "proxy_steerable",
    # of zmq
    "COPY_THRESHOLD",
    "DRAFT_API",
    "get_includes",
    "get_library_dirs",
    # of zmq.backend
    "IPC_PATH_MAX_LEN",
    "PYZMQ_DRAFT_API",
    "curve_keypair",
    "curve_public",
    "has",
    "strerror",
    "zmq_errno",
    # of zmq.sugar
    "Again",
    "ContextTerminated",
    "DraftFDWarning",
    "Frame",
    "HandshakeFailed",
    "InterruptedSystemCall",
    "Message",
    "NotDone",
    "Stopwatch",
    "SyncContext",
    "SyncSocket",
    "TimedOut",
    "ZMQBaseError",
    "ZMQBindError",
    "ZMQError",
    "ZMQVersionError",
    "__revision__",
    "__version__",
    "describe",
    "pyzmq_version",
    "pyzmq_version_info",
    "zmq_version",
    "zmq_version_info",
]
__all__ += constants.__all__
