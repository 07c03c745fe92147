"""The ssh command that makes a tunnel."""

from __future__ import annotations

import math
import os
import shutil
from typing import TYPE_CHECKING

from ._address import join_host_port, parse_server
from .errors import TunnelError

if TYPE_CHECKING:
    from ._address import Target

# What the user's configuration may set for interactive use, but breaks a tunnel that a
# program waits for. IgnoreUnknown: some of these are newer than some ssh.
_OPTIONS = (
    "IgnoreUnknown=ForkAfterAuthentication,SessionType,StdinNull",
    "ForkAfterAuthentication=no",
    "SessionType=none",
    "StdinNull=no",
    "RemoteCommand=none",
    "RequestTTY=no",
    "ControlMaster=no",
    "ControlPath=none",
    "ClearAllForwardings=no",
    "ExitOnForwardFailure=yes",
    "ForwardAgent=no",
    "ForwardX11=no",
    "LogLevel=INFO",
    # a wrong passphrase is asked for again, which tells it from a right one
    "NumberOfPasswordPrompts=3",
    # Else a server that went away without a word is never missed. ssh gives up when the
    # next question is due after so many without an answer: in 45 seconds.
    "ServerAliveInterval=15",
    "ServerAliveCountMax=2",
    "PermitLocalCommand=yes",
)


def ssh_command(
    server: str,
    ready: str,
    timeout: float,
    keyfile: str | None = None,
    forward: tuple[int, Target] | None = None,
    *,
    ask: bool,
) -> list[str]:
    """Return the command that logs in, forwards and stays, running nothing remotely.

    :param server: ``[user@]host[:port]``.
    :param ready: a word that ssh prints when it has logged in and listens.
    :param timeout: seconds after which connecting is given up.
    :param keyfile: a private key to use instead of all others.
    :param forward: the local port and where it leads to.
    :param ask: whether ssh may ask questions.
    """
    user, host, port = parse_server(server)
    command = [_find(server), "-N"]
    for option in _OPTIONS:
        command += ["-o", option]
    command += ["-o", f"ConnectTimeout={math.ceil(timeout)}"]
    # runs on this side, and only after login and forwarding have worked
    command += ["-o", f"LocalCommand=echo {ready}"]
    command += ["-o", f"BatchMode={'no' if ask else 'yes'}"]
    if keyfile is not None:
        command += _identity(checked_keyfile(server, keyfile))
        command += ["-o", "IdentitiesOnly=yes"]
    if port is not None:
        command += ["-p", str(port)]
    if user is not None:
        command += ["-l", user]
    if forward is not None:
        local_port, target = forward
        there = join_host_port(target.host, target.port)
        command += ["-L", f"127.0.0.1:{local_port}:{there}"]
    return [*command, "--", host]


def checked_keyfile(server: str, keyfile: str) -> str:
    """Return the path of a key file that is there; ssh would go on without it."""
    path = os.path.expanduser(keyfile)
    if not os.path.isfile(path):
        raise TunnelError(server, f"there is no key file {keyfile}")
    # ssh takes `none` and `~name` for something else
    return os.path.abspath(path)


def _identity(path: str) -> list[str]:
    """Return the option that names a key file.

    :raises ValueError: for a path that ssh cannot be told.
    """
    if "${" in path:
        raise ValueError(f"ssh would replace what follows $ in {path!r}")
    if "%" not in path:
        return ["-i", path]
    if '"' in path or "\\" in path:
        raise ValueError(f"ssh cannot be told of a key file {path!r}")
    # With -i, ssh would look for a file that has two of them.
    escaped = path.replace("%", "%%")
    return ["-o", f'IdentityFile="{escaped}"']


def _find(server: str) -> str:
    command = shutil.which("ssh")
    if command is None:
        raise TunnelError(
            server,
            "there is no ssh command; install the OpenSSH client, or use paramiko=True",
        )
    return command
