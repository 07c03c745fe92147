"""The seam between libzmq and the rest of zmq.

The environment variable ``PYZMQ_BACKEND`` selects the implementation: ``cython``,
``cffi``, or the name of a module of somebody else's. Without it, the compiled one is
taken on CPython, and the CFFI one where that cannot be imported. What a backend must
do is written in :mod:`zmq.backend.abc`.
"""

from __future__ import annotations

import os
import sys

from zmq.backend.select import CONTRACT as CONTRACT
from zmq.backend.select import require_contract as require_contract
from zmq.backend.select import select_backend as select_backend
from zmq.backend.select import select_first

TYPE_CHECKING = False

first: str = "zmq.backend.cython"
second: str = "zmq.backend.cffi"
if sys.implementation.name == "pypy":
    first, second = second, first


def _candidates() -> list[str]:
    chosen = os.environ.get("PYZMQ_BACKEND")
    if not chosen:
        return [first, second]
    return [f"zmq.backend.{chosen}" if chosen in ("cython", "cffi") else chosen]


if TYPE_CHECKING:
    from zmq.backend import select as select
    from zmq.backend.cython import IPC_PATH_MAX_LEN as IPC_PATH_MAX_LEN
    from zmq.backend.cython import PYZMQ_DRAFT_API as PYZMQ_DRAFT_API
    from zmq.backend.cython import Context as Context
    from zmq.backend.cython import EagerSocket as EagerSocket
    from zmq.backend.cython import Frame as Frame
    from zmq.backend.cython import Message as Message
    from zmq.backend.cython import OptionAttribute as OptionAttribute
    from zmq.backend.cython import ProxyLoop as ProxyLoop
    from zmq.backend.cython import Socket as Socket
    from zmq.backend.cython import TurnClock as TurnClock
    from zmq.backend.cython import buffers_lent as buffers_lent
    from zmq.backend.cython import curve_keypair as curve_keypair
    from zmq.backend.cython import curve_public as curve_public
    from zmq.backend.cython import has as has
    from zmq.backend.cython import monitored_queue as monitored_queue
    from zmq.backend.cython import proxy as proxy
    from zmq.backend.cython import proxy_steerable as proxy_steerable
    from zmq.backend.cython import ready_type as ready_type
    from zmq.backend.cython import strerror as strerror
    from zmq.backend.cython import zmq_errno as zmq_errno
    from zmq.backend.cython import zmq_poll as zmq_poll
    from zmq.backend.cython import zmq_version_info as zmq_version_info

    selected: str
else:
    selected, _seam = select_first(_candidates())
    IPC_PATH_MAX_LEN = _seam["IPC_PATH_MAX_LEN"]
    PYZMQ_DRAFT_API = _seam["PYZMQ_DRAFT_API"]
    Context = _seam["Context"]
    Frame = _seam["Frame"]
    Message = _seam["Message"]
    OptionAttribute = _seam["OptionAttribute"]
    ProxyLoop = _seam["ProxyLoop"]
    Socket = _seam["Socket"]
    buffers_lent = _seam["buffers_lent"]
    curve_keypair = _seam["curve_keypair"]
    curve_public = _seam["curve_public"]
    has = _seam["has"]
    monitored_queue = _seam["monitored_queue"]
    proxy = _seam["proxy"]
    proxy_steerable = _seam["proxy_steerable"]
    strerror = _seam["strerror"]
    zmq_errno = _seam["zmq_errno"]
    zmq_poll = _seam["zmq_poll"]
    zmq_version_info = _seam["zmq_version_info"]
    # None where the backend leaves them out.
    EagerSocket = _seam.get("EagerSocket")
    TurnClock = _seam.get("TurnClock")
    ready_type = _seam.get("ready_type")
    del _seam

__all__ = [
    "CONTRACT",
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
    "first",
    "has",
    "monitored_queue",
    "proxy",
    "proxy_steerable",
    "require_contract",
    "second",
    "select_backend",
    "selected",
    "strerror",
    "zmq_errno",
    "zmq_poll",
    "zmq_version_info",
]
