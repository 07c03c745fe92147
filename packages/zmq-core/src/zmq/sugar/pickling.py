"""Warning of pickles that strangers may send; loaded with the first of them."""

from __future__ import annotations

import pickle
from warnings import warn

from zmq.backend import Socket
from zmq.constants import SecurityMechanism, SocketOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LOCAL = ("inproc://", "ipc://")
_PROVEN = (SecurityMechanism.CURVE, SecurityMechanism.GSSAPI)

loads: Any = pickle.loads
_warned = False


def warn_of_strangers(socket: Socket) -> None:
    """Warn, once in a process, at the line that calls ``recv_pyobj``.

    :param socket: is looked at: whether one of its endpoints is of a network, loopback
        included, which every user of the machine reaches, and needs no key.
    """
    global _warned
    if _warned:
        return
    endpoints = [address for _, address in socket._endpoints]
    if not endpoints:  # other code may have made it
        last: Any = Socket.get(socket, SocketOption.LAST_ENDPOINT)
        endpoints = [last.rstrip(b"\0").decode(errors="replace")]
    open_ones = [one for one in endpoints if one and not one.startswith(_LOCAL)]
    if not open_ones or Socket.get(socket, SocketOption.MECHANISM) in _PROVEN:
        return
    _warned = True
    warn(
        f"recv_pyobj() from {open_ones[0]} without CURVE: whoever can send to this"
        " socket can run any code in this process. Use zmq.utils.serialize, which runs"
        " nothing, or CURVE with a list of clients.",
        RuntimeWarning,
        stacklevel=3,
    )
