"""Python bindings of ZeroMQ.

Layers, each of which imports only what stands before it: ``constants``, ``error``,
``backend`` and ``utils.monitor``, ``sugar``, this module; then ``decorators``,
``utils.events`` and ``curve_keygen``. What else there is below ``zmq`` comes from other
distributions (``zmq-asyncio``, ``zmq-auth`` ...), and nothing of it is imported here.
"""

from __future__ import annotations

try:
    from zmq._portions import explain_absent_parts as _explain_absent_parts
    from zmq._portions import portions as _portions
except ModuleNotFoundError as _error:
    # An installer was interrupted, and of zmq-core there is hardly more than this file.
    import os as _os
    import sys as _sys
    from importlib.util import find_spec as _find_spec

    _package = _os.path.dirname(__file__)
    _old = _os.path.exists(_os.path.join(_package, "_future.py"))
    _pip = f'"{_sys.executable}" -m pip install'
    if _find_spec("pip") is None:
        _pip = f'uv pip install --python "{_sys.executable}"'
    _what = '"pyzmq>=28"' if _old else "zmq-core"
    raise ImportError(
        f"files of zmq-core are missing in {_package}: was its installation "
        "interrupted? To install it again, run\n\n"
        f"    {_pip} --force-reinstall {_what}\n",
        name=__name__,
    ) from _error

# Editable installs, and installs spread over several directories, have parts of this
# package elsewhere.
__path__ = _portions(__path__, __name__)

try:
    __import__("zmq.sugar")
except ImportError:
    # The installer may be deleting files at this moment: see zmq._mending.
    from zmq._mending import mend_all

    if not mend_all(__path__):
        raise

from zmq import backend as backend
from zmq import constants as constants
from zmq import error as error
from zmq import sugar as sugar
from zmq.backend import (
    IPC_PATH_MAX_LEN,
    PYZMQ_DRAFT_API,
    curve_keypair,
    curve_public,
    has,
    proxy,
    proxy_steerable,
    strerror,
    zmq_errno,
    zmq_poll,
)
from zmq.constants import *
from zmq.sugar import (
    Again,
    Context,
    ContextTerminated,
    DraftFDWarning,
    Frame,
    HandshakeFailed,
    InterruptedSystemCall,
    Message,
    MessageTracker,
    NotDone,
    Poller,
    Socket,
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
    describe,
    device,
    pyzmq_version,
    pyzmq_version_info,
    select,
    zmq_version,
    zmq_version_info,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq import utils as utils
else:
    # Type checkers would take it for a promise that every name is here.
    def __getattr__(name: str) -> object:
        """Import ``zmq.utils`` at its first use, so that ``import zmq`` need not.

        By a whole statement, since programs that freeze others look for those.
        """
        if name == "utils":
            import zmq.utils as utils

            return utils
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


DRAFT_API = PYZMQ_DRAFT_API

#: Bytes from which ``send(copy=False)`` does not copy: the default of sockets made
#: after it is assigned to.
COPY_THRESHOLD = 65536

_explain_absent_parts()


def get_includes() -> list[str]:
    """Return the directories to search for headers when compiling against zmq.

    They hold ``zmq.h``, and what Cython modules with ``cimport zmq`` include.
    """
    from os.path import isdir, join

    found = [
        join(directory, *parts)
        for directory in __path__
        for parts in (("include",), ("backend",), ("backend", "cython"))
    ]
    return [directory for directory in found if isdir(directory)]


def get_library_dirs() -> list[str]:
    """Return the directories to search for libzmq when linking against it.

    There are none when libzmq is a part of zmq itself: then it cannot be linked to.
    """
    from os.path import dirname

    from zmq._build_info import LIBRARY

    return [dirname(LIBRARY)] if LIBRARY else []


__all__ = [
    # of this module
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
    "proxy",
    "proxy_steerable",
    "strerror",
    "zmq_errno",
    "zmq_poll",
    # of zmq.sugar
    "Again",
    "Context",
    "ContextTerminated",
    "DraftFDWarning",
    "Frame",
    "HandshakeFailed",
    "InterruptedSystemCall",
    "Message",
    "MessageTracker",
    "NotDone",
    "Poller",
    "Socket",
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
    "device",
    "pyzmq_version",
    "pyzmq_version_info",
    "select",
    "zmq_version",
    "zmq_version_info",
]
__all__ += constants.__all__
