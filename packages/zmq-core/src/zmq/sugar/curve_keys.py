"""Warning of CURVE sockets that nobody can talk to: loaded for CURVE sockets only."""

from __future__ import annotations

from warnings import warn

from zmq.backend import Socket
from zmq.constants import SocketOption


def warn_of_missing_keys(socket: Socket, method: str) -> None:
    """Warn, at the line that calls `method`, when a key is missing.

    libzmq accepts such a socket: its handshakes just fail, and nothing says why.
    """
    lacks = socket._lacks_key
    if Socket.get(socket, SocketOption.CURVE_SERVER):
        if lacks(SocketOption.CURVE_SECRETKEY):
            _warn(
                f"{method}() of a CURVE server without a secret key: no client will get"
                " in. Set curve_secretkey before."
            )
    elif lacks(SocketOption.CURVE_SERVERKEY):
        _warn(
            f"{method}() of a CURVE client without the key of its server: no connection"
            " will come about. Set curve_serverkey before, to the server's public key."
        )
    elif lacks(SocketOption.CURVE_SECRETKEY) or lacks(SocketOption.CURVE_PUBLICKEY):
        _warn(
            f"{method}() of a CURVE client without keys of its own: no connection will"
            " come about. Set curve_publickey and curve_secretkey before, such as from"
            " zmq.curve_keypair()."
        )


def _warn(message: str) -> None:
    # Of this, the function above, and two methods of the socket.
    warn(message, RuntimeWarning, stacklevel=5)
