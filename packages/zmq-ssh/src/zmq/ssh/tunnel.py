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

    :param socket: the zmq socket to connect, of any flavour.
    :param addr: ``tcp://host:port`` as seen from the server; 127.0.0.1 is the server
        itself.
    :param server: as in `open_tunnel`.
    :param keyfile: as in `open_tunnel`.
    :param password: as in `open_tunnel`.
    :param paramiko: as in `open_tunnel`.
    :param timeout: as in `open_tunnel`.
    :param verify: as in `open_tunnel`.
    :returns: the tunnel. It stands until it is closed or the program exits; closing the
        socket does not close it.
    :raises TunnelError: as in `open_tunnel`; then nothing is left behind, and the
        socket unconnected.
    :raises ValueError: as in `open_tunnel`.
    :raises ImportError: as in `open_tunnel`.
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

    :param addr: ``tcp://host:port`` as seen from the server.
    :param server: ``[user@]host[:port]``; with OpenSSH also an alias of your ssh
        configuration.
    :param keyfile: the private key to log in with, and no other but those that your ssh
        configuration names. By default all that ssh finds, and those of the agent.
    :param password: the password, or the passphrase of the key. None asks at the
        terminal when it must, and fails where there is none; False never asks.
    :param paramiko: True for paramiko, False for the ssh command; None for the default
        of the platform: the command, and on Windows paramiko.
    :param timeout: seconds until it must stand, not counting the time that a person
        types. Once it stands, it has no limit.
    :param verify: whether somebody must answer at the address already. Without, only
        the server and the login are checked, and zmq goes on trying to connect.
    :returns: the address to connect to, and the `Tunnel`.
    :raises TunnelError: in one of its kinds (see `zmq.ssh.errors`), with what ssh said,
        when the server, its key, the login or the address fails.
    :raises ValueError: when `addr`, `server` or `timeout` make no sense.
    :raises ImportError: when paramiko is wanted and not installed.
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

    :param lport: the port of 127.0.0.1 where the tunnel begins.
    :param rport: the port where it ends.
    :param remoteip: the host where it ends, as seen from the server; by default the
        server itself.
    :param server: as in `open_tunnel`.
    :param keyfile: as in `open_tunnel`.
    :param password: as in `open_tunnel`.
    :param timeout: as in `open_tunnel`.
    :param verify: as in `open_tunnel`.
    :returns: a `Tunnel`, and as a number the id of the ssh process.
    :raises TunnelError: as in `open_tunnel`; a `PortTakenError` when `lport` is taken.
    :raises ValueError: as in `open_tunnel`.
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

    :param lport: the port of 127.0.0.1 where the tunnel begins.
    :param rport: the port where it ends.
    :param remoteip: the host where it ends, as seen from the server; by default the
        server itself.
    :param server: as in `open_tunnel`.
    :param keyfile: as in `open_tunnel`.
    :param password: as in `open_tunnel`.
    :param timeout: as in `open_tunnel`.
    :param verify: as in `open_tunnel`.
    :returns: a `Tunnel`; threads of this process keep it up.
    :raises TunnelError: as in `open_tunnel`; a `PortTakenError` when `lport` is taken.
    :raises ValueError: as in `open_tunnel`.
    :raises ImportError: as in `open_tunnel`.
    """
    local, remote = checked_port(lport), checked_target(remoteip, rport)
    deadline = Deadline(timeout)
    return _paramiko.make_tunnel(
        local, remote, server, keyfile, password, deadline, verify=verify
    )


def try_passwordless_ssh(
    server: str, keyfile: str | None, paramiko: bool | None = None
) -> bool:
    """Return whether one can log in without typing anything, within 60 seconds.

    With this a program can ask for a password once, and make many tunnels with it.

    :param server: as in `open_tunnel`.
    :param keyfile: as in `open_tunnel`.
    :param paramiko: as in `open_tunnel`.
    :returns: False when the server refuses the keys that need no passphrase.
    :raises TunnelError: when no password would help: the server cannot be reached, or
        is not known.
    :raises ValueError: when `server` makes no sense.
    :raises ImportError: when paramiko is wanted and not installed.
    """
    if paramiko is None:
        paramiko = _default()
    login = _paramiko.try_login if paramiko else _openssh.try_login
    return login(server, keyfile, _LOGIN_TIMEOUT_S)


def _default() -> bool:
    """Whether paramiko is the default here."""
    return sys.platform == "win32"
