"""Warning of pickles that strangers may send; loaded with the first of them."""

from __future__ import annotations

import pickle
from warnings import warn

from zmq.backend import Socket
from zmq.constants import SecurityMechanism, SocketOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LOCAL = (b"inproc://", b"ipc://")
_PROVEN = (SecurityMechanism.CURVE, SecurityMechanism.GSSAPI)

loads: Any = pickle.loads
_warned = False


def warn_of_strangers(socket: Socket) -> None:
    """Warn, once in a process, at the line that calls ``recv_pyobj``.

    :param socket: is looked at: whether others than the users of this machine can send
        to its last endpoint, and need no key for it.
    """
    global _warned
    if _warned:
        return
    endpoint: Any = Socket.get(socket, SocketOption.LAST_ENDPOINT)
    if not endpoint.strip(b"\0") or endpoint.startswith(_LOCAL):
        return
    if Socket.get(socket, SocketOption.MECHANISM) in _PROVEN:
        return
    _warned = True
    where = endpoint.rstrip(b"\0").decode(errors="replace")
    warn(
        f"recv_pyobj() from {where} without CURVE: whoever can send to this socket can"
        " run any code in this process. Use zmq.utils.serialize, which runs nothing, or"
        " CURVE with a list of clients.",
        RuntimeWarning,
        stacklevel=3,
    )
