"""ZeroMQ connections through SSH tunnels; see `zmq.ssh.tunnel`."""

from __future__ import annotations

from . import errors as errors
from . import forward as forward
from . import tunnel as tunnel
from .errors import AuthenticationError as AuthenticationError
from .errors import ForwardError as ForwardError
from .errors import HostKeyError as HostKeyError
from .errors import MaxRetryExceeded as MaxRetryExceeded
from .errors import PortTakenError as PortTakenError
from .errors import TunnelError as TunnelError
from .errors import TunnelTimeoutError as TunnelTimeoutError
from .tunnel import Tunnel as Tunnel
from .tunnel import open_tunnel as open_tunnel
from .tunnel import openssh_tunnel as openssh_tunnel
from .tunnel import paramiko_tunnel as paramiko_tunnel
from .tunnel import select_random_ports as select_random_ports
from .tunnel import ssh_tunnel as ssh_tunnel
from .tunnel import try_passwordless_ssh as try_passwordless_ssh
from .tunnel import tunnel_connection as tunnel_connection

__all__ = [
    # modules
    "errors",
    "forward",
    "tunnel",
    # errors
    "AuthenticationError",
    "ForwardError",
    "HostKeyError",
    "MaxRetryExceeded",
    "PortTakenError",
    "TunnelError",
    "TunnelTimeoutError",
    # tunnel
    "Tunnel",
    "open_tunnel",
    "openssh_tunnel",
    "paramiko_tunnel",
    "select_random_ports",
    "ssh_tunnel",
    "try_passwordless_ssh",
    "tunnel_connection",
]
