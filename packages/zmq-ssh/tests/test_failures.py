"""Servers, addresses and arguments that do not do: an error, in time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from zmq import ssh

# never reached: the server or the login fails before
NOWHERE = "tcp://127.0.0.1:1"
pytestmark = pytest.mark.usefixtures("nothing_is_left")


def test_a_server_that_is_not_there(
    home: Any, closed_port: int, paramiko: bool
) -> None:
    server = f"127.0.0.1:{closed_port}"
    with pytest.raises(ssh.TunnelError, match=r"(?i)refused|unable to connect"):
        ssh.open_tunnel(NOWHERE, server, paramiko=paramiko, timeout=10)
    with pytest.raises(ssh.TunnelError):
        ssh.try_passwordless_ssh(server, None, paramiko)


def test_a_name_that_does_not_resolve(home: Any, paramiko: bool) -> None:
    with pytest.raises(ssh.TunnelError):
        ssh.open_tunnel(NOWHERE, "nobody.invalid", paramiko=paramiko, timeout=10)


def test_a_server_that_says_nothing(home: Any, paramiko: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = f"127.0.0.1:{silent.getsockname()[1]}"
        begin = time.monotonic()
        with pytest.raises(ssh.TunnelTimeoutError) as caught:
            ssh.open_tunnel(NOWHERE, server, paramiko=paramiko, timeout=1)
        assert time.monotonic() - begin < 5
        assert isinstance(caught.value, TimeoutError)


@pytest.fixture
def slow_server(home: Any, keys: Any, in_thread: Any) -> Iterator[str]:
    """A server that is known, and takes 0.8 seconds for each step; its address."""
    library = pytest.importorskip("paramiko")
    leaving = threading.Event()

    class Slow(library.ServerInterface):  # type: ignore[misc, name-defined]
        def get_allowed_auths(self, username: str) -> str:
            return "password,publickey"

        def check_auth_publickey(self, username: str, key: Any) -> int:
            leaving.wait(0.8)
            return int(library.AUTH_FAILED)

        def check_auth_password(self, username: str, password: str) -> int:
            return self.check_auth_publickey(username, None)

    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        key = library.PKey.from_path(keys.host)
        port = listener.getsockname()[1]
        name = f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}"
        home.known_hosts.write_text(name)

        def serve() -> None:
            connection, _ = listener.accept()
            leaving.wait(0.8)
            transport = library.Transport(connection)
            stack.callback(transport.close)
            transport.add_server_key(key)
            transport.start_server(server=Slow())

        serving = in_thread(serve)
        yield f"127.0.0.1:{port}"
        leaving.set()
        serving.result(10)


def test_a_server_that_is_slow_in_all_it_does(
    home: Any, keys: Any, slow_server: str, paramiko: bool
) -> None:
    """The time-out is one for all the steps."""
    home.use_key(keys.stranger)
    begin = time.monotonic()
    with pytest.raises(ssh.TunnelTimeoutError):
        ssh.open_tunnel(NOWHERE, slow_server, None, "x", paramiko, 1)
    assert time.monotonic() - begin < 1.5


def test_a_server_that_is_no_ssh_server(home: Any, echo: Any, paramiko: bool) -> None:
    server = echo().partition("://")[2]
    with pytest.raises(ssh.TunnelError):
        ssh.open_tunnel(NOWHERE, server, paramiko=paramiko, timeout=1)


def test_nobody_at_the_remote_port(login: Any, closed_port: int, client: Any) -> None:
    address = f"tcp://127.0.0.1:{closed_port}"
    with pytest.raises(ssh.ForwardError, match=r"(?i)refused|connect failed"):
        ssh.tunnel_connection(client, address, **login())
    assert not client.last_endpoint.strip(b"\0")


def test_a_server_that_forbids_forwarding(
    make_sshd: Any, login: Any, echo: Any
) -> None:
    server = make_sshd("AllowTcpForwarding no")
    with pytest.raises(ssh.ForwardError, match=r"(?i)prohibited"):
        ssh.open_tunnel(echo(), **login(server=server.address))


def test_a_local_port_that_is_taken(
    home: Any, sshd: Any, keys: Any, echo: Any, make_tunnel: Any
) -> None:
    port = int(echo().rpartition(":")[2])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        local = taken.getsockname()[1]
        with pytest.raises(ssh.PortTakenError):
            make_tunnel(local, port, sshd.address, keyfile=str(keys.plain))


def test_nonsense_is_refused_at_once(paramiko: bool, make_tunnel: Any) -> None:
    for addr, server, timeout in (
        ("ipc:///x", "host", 1),
        (NOWHERE, "", 1),
        (NOWHERE, "-oProxyCommand=x", 1),
        (NOWHERE, "host", 0),
    ):
        with pytest.raises(ValueError, match=r"."):
            ssh.open_tunnel(addr, server, paramiko=paramiko, timeout=timeout)
    for lport, rport, remote in ((0, 1, "host"), (1, 0, "host"), (1, 1, "*")):
        with pytest.raises(ValueError, match="not a"):
            make_tunnel(lport, rport, "host", remote)
