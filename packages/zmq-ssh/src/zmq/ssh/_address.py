"""Taking servers and zmq addresses apart."""

from __future__ import annotations

import re
from typing import NamedTuple

_PORT = re.compile(r"[0-9]{1,5}")
_UNSAFE = re.compile(r"[\s\x00-\x1f]")


class Server(NamedTuple):
    """An ssh server; what was not given is left to ssh's own configuration."""

    user: str | None
    host: str
    port: int | None


class Target(NamedTuple):
    """A host and port as seen from the server."""

    host: str
    port: int

    def __str__(self) -> str:
        return join_host_port(self.host, self.port)


def parse_server(server: str) -> Server:
    """Take ``[ssh://][user@]host[:port]`` apart.

    :raises ValueError: when there is no host, the port is no port, or when ssh would
        take a part for one of its options.
    """
    if not isinstance(server, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"server must be a str, not {type(server).__name__}")
    rest = server[len("ssh://") :] if server.startswith("ssh://") else server
    user, at, address = rest.rpartition("@")
    host, port = _split_host_port(address, server)
    if not host or (at and not user):
        raise ValueError(f"no [user@]host[:port]: {server!r}")
    if host.startswith("-") or user.startswith("-") or _UNSAFE.search(rest):
        raise ValueError(f"not the name of a server: {server!r}")
    return Server(user or None, host, port)


def parse_address(addr: str) -> Target:
    """Take ``tcp://host:port`` apart.

    :raises ValueError: when the transport is not tcp, or host or port is missing.
    """
    if not isinstance(addr, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"addr must be a str, not {type(addr).__name__}")
    transport, found, rest = addr.partition("://")
    if not found or transport != "tcp":
        raise ValueError(f"only tcp://host:port goes through a tunnel, not {addr!r}")
    host, port = _split_host_port(rest, addr)
    if port is None:
        raise ValueError(f"no port in {addr!r}")
    return checked_target(host, port)


def checked_target(host: str, port: int) -> Target:
    """Return a target that can stand in ssh's ``-L``, or raise ValueError."""
    if not host or host == "*" or ";" in host or _UNSAFE.search(host):
        raise ValueError(f"not a host to connect to: {host!r}")
    return Target(host, checked_port(port))


def checked_port(port: int) -> int:
    """Return a port that can be connected to, or raise ValueError."""
    if not 0 < port < 65536:
        raise ValueError(f"not a port: {port!r}")
    return port


def join_host_port(host: str, port: int) -> str:
    """Write ``host:port``, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _split_host_port(address: str, whole: str) -> tuple[str, int | None]:
    if address.startswith("["):
        host, bracket, rest = address[1:].partition("]")
        if not bracket or rest[:1] not in ("", ":"):
            raise ValueError(f"unclosed bracket in {whole!r}")
        return host, _port(rest[1:], whole) if rest else None
    if address.count(":") > 1:
        # an IPv6 address without brackets has no port
        return address, None
    host, colon, port = address.partition(":")
    return host, _port(port, whole) if colon else None


def _port(text: str, whole: str) -> int:
    if not _PORT.fullmatch(text):
        raise ValueError(f"not a port: {text!r} in {whole!r}")
    return checked_port(int(text))
