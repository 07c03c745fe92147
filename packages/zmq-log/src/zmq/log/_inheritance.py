"""What a forked child inherits of its parent's bound socket, and must let go of.

The child gets copies of the listening socket and of all accepted connections. While it
has them, the address stays taken and subscribers do not notice that the parent has
gone, although nobody serves them. Closing the copies changes nothing for the parent.
"""

from __future__ import annotations

import os
import socket
import stat

_ANY = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


def close_inherited(endpoint: str) -> None:
    """Close this process's copies of the sockets that libzmq has at an endpoint.

    :param endpoint: what the parent's socket gave as `last_endpoint`, tcp or ipc.
    """
    for fd in _sockets():
        try:
            handle = socket.socket(fileno=fd)
        except OSError:
            # closed meanwhile
            continue
        try:
            # another service's datagrams may have the same number of a port
            ours = handle.type == socket.SOCK_STREAM and _is_at(handle, endpoint)
        except OSError:
            ours = False
        if ours:
            handle.close()
        else:
            handle.detach()


def is_served(address: str) -> bool:
    """Whether somebody listens on an ipc path, which a bind would take from them."""
    transport, _, path = address.partition("://")
    if transport != "ipc" or path == "*":
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        # it would wait for a stopped process in which nobody accepts any more
        probe.setblocking(False)
        try:
            probe.connect(_unix_name(path))
        except BlockingIOError:
            return True
        except OSError:
            return False
    return True


def _sockets() -> list[int]:
    found: list[int] = []
    for name in os.listdir("/dev/fd") if os.path.isdir("/dev/fd") else ():
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                found.append(int(name))
        except OSError:
            # the descriptor of the listing itself
            continue
    return found


def _is_at(handle: socket.socket, endpoint: str) -> bool:
    transport, _, address = endpoint.partition("://")
    if transport == "ipc":
        name = handle.getsockname() if handle.family == socket.AF_UNIX else ""
        # abstract names come as bytes, paths as str
        return os.fsdecode(name) == _unix_name(address)
    if transport != "tcp" or handle.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    host, _, port = address.rpartition(":")
    local_host, local_port = handle.getsockname()[:2]
    host = host.strip("[]")
    return local_port == int(port) and (host in _ANY or host == local_host)


def _unix_name(path: str) -> str:
    return "\0" + path[1:] if path.startswith("@") else path
