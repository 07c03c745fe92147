"""Tunnels for zmq sockets through ssh servers.

``tunnel_connection(socket, "tcp://10.0.1.2:5555", "user@server")`` does all of it.
Layering: `errors`, ``_deadline``, ``_address``, ``_ports`` -> ``_tunnel``,
``_command``;
``_output`` -> ``_process``, ``_answers``, ``_reasons``, ``_verify`` -> ``_openssh``;
``_relay`` -> `forward`, ``_policy``, ``_dial`` -> ``_paramiko``; and all of them ->
`tunnel`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from . import _openssh, _paramiko
from ._address import checked_port, checked_target, parse_address
from ._deadline import Deadline
from ._openssh import OpenSSHTunnel as OpenSSHTunnel
from ._paramiko import ParamikoTunnel as ParamikoTunnel
from ._ports import select_random_ports as select_random_ports
from ._tunnel import Tunnel as Tunnel
from .errors import MaxRetryExceeded as MaxRetryExceeded
from .errors import PortTakenError
from .forward import forward_tunnel as forward_tunnel

if TYPE_CHECKING:
    import zmq

__all__ = [
    "MaxRetryExceeded",
    "OpenSSHTunnel",
    "ParamikoTunnel",
    "Tunnel",
    "forward_tunnel",
    "open_tunnel",
    "openssh_tunnel",
    "paramiko_tunnel",
    "select_random_ports",
    "ssh_tunnel",
    "try_passwordless_ssh",
    "tunnel_connection",
]

for _class in (Tunnel, OpenSSHTunnel, ParamikoTunnel):
    _class.__module__ = __name__

_PORTS_TRIED = 5
_LOGIN_TIMEOUT_S = 60


def tunnel_connection(
    socket: zmq.Socket[Any],
    addr: str,
    server: str,
    keyfile: str | None = None,
    password: str | None = None,
    paramiko: bool | None = None,
    timeout: float = 60,
    *,
    verify: bool = True,
) -> Tunnel:
    """Connect a socket to an address that only an ssh server can reach.

    Parameters
    ----------
    socket
        The zmq socket to connect, of any flavour.
    addr
        ``tcp://host:port`` as seen from the server; 127.0.0.1 is the server itself.
    server, keyfile, password, paramiko, timeout, verify
        As in `open_tunnel`.

    Returns
    -------
    Tunnel
        It stands until it is closed or the program exits; closing the socket does
        not close it.

    Raises
    ------
    TunnelError, ValueError, ImportError
        As in `open_tunnel`; then nothing is left behind, and the socket unconnected.
    """
    url, tunnel = open_tunnel(
        addr, server, keyfile, password, paramiko, timeout, verify=verify
    )
    try:
        socket.connect(url)
    except BaseException:
        tunnel.close()
        raise
    return tunnel


def open_tunnel(
    addr: str,
    server: str,
    keyfile: str | None = None,
    password: str | None = None,
    paramiko: bool | None = None,
    timeout: float = 60,
    *,
    verify: bool = True,
) -> tuple[str, Tunnel]:
    """Open a tunnel from a free local port to an address.

    Parameters
    ----------
    addr
        ``tcp://host:port`` as seen from the server.
    server
        ``[user@]host[:port]``; with OpenSSH also an alias of your ssh configuration.
    keyfile
        The private key to log in with, and no other but those that your ssh
        configuration names. By default all that ssh finds, and those of the agent.
    password
        The password, or the passphrase of the key. None asks at the terminal when it
        must, and fails where there is none; False never asks.
    paramiko
        True for paramiko, False for the ssh command; None for the default of the
        platform: the command, and on Windows paramiko.
    timeout
        Seconds until it must stand, not counting the time that a person types. Once
        it stands, it has no limit.
    verify
        Whether somebody must answer at the address already. Without, only the server
        and the login are checked, and zmq goes on trying to connect.

    Returns
    -------
    tuple
        The address to connect to, and the `Tunnel`.

    Raises
    ------
    TunnelError
        In one of its kinds (see `zmq.ssh.errors`), with what ssh said, when the
        server, its key, the login or the address fails.
    ValueError
        When `addr`, `server` or `timeout` make no sense.
    ImportError
        When paramiko is wanted and not installed.
    """
    remote = parse_address(addr)
    if paramiko is None:
        paramiko = _default()
    make = _paramiko.make_tunnel if paramiko else _openssh.make_tunnel
    deadline = Deadline(timeout)
    for _ in range(_PORTS_TRIED):
        (port,) = select_random_ports(1)
        try:
            tunnel = make(
                port, remote, server, keyfile, password, deadline, verify=verify
            )
        except PortTakenError:
            # somebody was faster
            continue
        return tunnel.url, tunnel
    raise MaxRetryExceeded(server, f"{_PORTS_TRIED} local ports were taken")


def openssh_tunnel(
    lport: int,
    rport: int,
    server: str,
    remoteip: str = "127.0.0.1",
    keyfile: str | None = None,
    password: str | None = None,
    timeout: float = 60,
    *,
    verify: bool = True,
) -> OpenSSHTunnel:
    """Forward a local port with the ssh command.

    Parameters
    ----------
    lport
        The port of 127.0.0.1 where the tunnel begins.
    rport, remoteip
        Where it ends, as seen from the server.
    server, keyfile, password, timeout, verify
        As in `open_tunnel`.

    Returns
    -------
    OpenSSHTunnel
        A `Tunnel`, and as a number the id of the ssh process.

    Raises
    ------
    TunnelError, ValueError
        As in `open_tunnel`; a `ForwardError` also when `lport` is taken.
    """
    local, remote = checked_port(lport), checked_target(remoteip, rport)
    deadline = Deadline(timeout)
    return _openssh.make_tunnel(
        local, remote, server, keyfile, password, deadline, verify=verify
    )


ssh_tunnel = openssh_tunnel


def paramiko_tunnel(
    lport: int,
    rport: int,
    server: str,
    remoteip: str = "127.0.0.1",
    keyfile: str | None = None,
    password: str | None = None,
    timeout: float = 60,
    *,
    verify: bool = True,
) -> ParamikoTunnel:
    """Forward a local port with paramiko, which needs no ssh command.

    The key of the server must be in ``~/.ssh/known_hosts``, unless the environment
    variable ``PYZMQ_PARAMIKO_HOST_KEY_POLICY`` names another policy of paramiko:
    ``AutoAdd`` or ``Warning``. The configuration of the ssh command is not read.

    Parameters
    ----------
    lport
        The port of 127.0.0.1 where the tunnel begins.
    rport, remoteip
        Where it ends, as seen from the server.
    server, keyfile, password, timeout, verify
        As in `open_tunnel`.

    Returns
    -------
    ParamikoTunnel
        A `Tunnel`; threads of this process keep it up.

    Raises
    ------
    TunnelError, ValueError, ImportError
        As in `open_tunnel`; a `ForwardError` also when `lport` is taken.
    """
    local, remote = checked_port(lport), checked_target(remoteip, rport)
    deadline = Deadline(timeout)
    return _paramiko.make_tunnel(
        local, remote, server, keyfile, password, deadline, verify=verify
    )


def try_passwordless_ssh(
    server: str, keyfile: str | None, paramiko: bool | None = None
) -> bool:
    """Whether one can log in without typing anything.

    So that a program can ask for a password once, and make many tunnels with it.

    Parameters
    ----------
    server, keyfile, paramiko
        As in `open_tunnel`.

    Returns
    -------
    bool
        False when the server refuses the keys that need no passphrase.

    Raises
    ------
    TunnelError
        When no password would help: the server cannot be reached, or is not known.
    """
    if paramiko is None:
        paramiko = _default()
    login = _paramiko.try_login if paramiko else _openssh.try_login
    return login(server, keyfile, _LOGIN_TIMEOUT_S)


def _default() -> bool:
    """Whether paramiko is the default here."""
    return sys.platform == "win32"
