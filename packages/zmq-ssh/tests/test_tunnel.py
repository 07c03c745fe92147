"""What goes through tunnels of a real sshd, made by both implementations."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import Any

import pytest

import zmq
from zmq import ssh

pytestmark = pytest.mark.usefixtures("nothing_is_left")


def test_a_connection_through_a_tunnel(
    login: Any, echo: Any, client: Any, ask: Any, listens: Any
) -> None:
    with ssh.tunnel_connection(client, echo(), **login()) as tunnel:
        assert ask() == b"hello"
        assert tunnel.is_alive()
        assert client.last_endpoint.decode() == tunnel.url
        assert "standing" in repr(tunnel)
        tunnel.check()
    assert not tunnel.is_alive()
    assert not listens(tunnel.local_port)
    assert "closed" in repr(tunnel)
    tunnel.close()
    tunnel.check()
    tunnel.join(0)


def test_messages_of_ten_megabytes(
    login: Any, echo: Any, client: Any, ask: Any
) -> None:
    message = os.urandom(10_000_000)
    with ssh.tunnel_connection(client, echo(), **login()):
        for _ in range(2):
            assert ask(message) == message


@pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.2")
def test_a_remote_ip_behind_the_server(
    home: Any,
    sshd: Any,
    keys: Any,
    echo: Any,
    client: Any,
    ask: Any,
    make_tunnel: Any,
) -> None:
    port = int(echo("127.0.0.2").rpartition(":")[2])
    (local,) = ssh.select_random_ports(1)
    with make_tunnel(local, port, sshd.address, "127.0.0.2", str(keys.plain), None, 10):
        client.connect(f"tcp://127.0.0.1:{local}")
        assert ask() == b"hello"


def test_several_sockets_at_once(login: Any, echo: Any, make_socket: Any) -> None:
    url, tunnel = ssh.open_tunnel(echo(), **login())
    with tunnel:
        clients = [make_socket(zmq.REQ, rcvtimeo=10_000, linger=0) for _ in range(10)]
        for number, one in enumerate(clients):
            one.connect(url)
            one.send(b"%d" % number)
        assert [int(one.recv()) for one in clients] == list(range(10))


def test_tunnels_made_at_the_same_time(login: Any, echo: Any, in_thread: Any) -> None:
    address, arguments = echo(), login(timeout=30)
    opening = [in_thread(ssh.open_tunnel, address, **arguments) for _ in range(5)]
    tunnels = [one.result(30)[1] for one in opening]
    try:
        assert all(tunnel.is_alive() for tunnel in tunnels)
        assert len({tunnel.local_port for tunnel in tunnels}) == 5
    finally:
        for tunnel in tunnels:
            tunnel.close()


def test_verification_can_be_left_out(
    login: Any, make_socket: Any, client: Any
) -> None:
    (port,) = ssh.select_random_ports(1)
    address = f"tcp://127.0.0.1:{port}"
    with ssh.tunnel_connection(client, address, **login(verify=False)) as tunnel:
        client.send(b"early")
        service = make_socket(zmq.REP, rcvtimeo=10_000)
        service.bind(address)
        assert service.recv() == b"early"
        assert tunnel.is_alive()


def test_a_service_that_waits_for_the_first_word(login: Any, in_thread: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                with connection:
                    data = connection.recv(100)
                    if data:
                        connection.sendall(data.upper())
                        return

        in_thread(serve)
        port = listener.getsockname()[1]
        address = f"tcp://127.0.0.1:{port}"
        _, tunnel = ssh.open_tunnel(address, **login())
        with tunnel, socket.create_connection(("127.0.0.1", tunnel.local_port)) as one:
            one.sendall(b"word")
            one.shutdown(socket.SHUT_WR)
            assert one.recv(100) == b"WORD"
            assert one.recv(100) == b""


def test_the_tunnel_of_openssh_is_its_process_id(
    home: Any, sshd: Any, keys: Any, echo: Any
) -> None:
    port = int(echo().rpartition(":")[2])
    (local,) = ssh.select_random_ports(1)
    tunnel = ssh.openssh_tunnel(local, port, sshd.address, keyfile=str(keys.plain))
    assert isinstance(tunnel, int)
    assert tunnel.pid == tunnel
    os.kill(tunnel, signal.SIGTERM)
    tunnel.join(10)
    assert not tunnel.is_alive()
    with pytest.raises(ssh.TunnelError):
        tunnel.check()
    tunnel.close()


def test_whoever_has_joined_finds_the_tunnel_ended(
    home: Any, sshd: Any, keys: Any, echo: Any
) -> None:
    port = int(echo().rpartition(":")[2])
    (local,) = ssh.select_random_ports(1)
    with ssh.openssh_tunnel(
        local, port, sshd.address, keyfile=str(keys.plain)
    ) as tunnel:
        # As if the thread that is told of the end first had not come to it yet.
        tunnel._process.on_end = lambda: None
        os.kill(tunnel, signal.SIGKILL)
        tunnel.join(20)
        assert not tunnel.is_alive()
        with pytest.raises(ssh.TunnelError):
            tunnel.check()


@pytest.mark.parametrize("name", ["close", "terminate", "kill"])
def test_ways_to_close(login: Any, echo: Any, name: str, listens: Any) -> None:
    _, tunnel = ssh.open_tunnel(echo(), **login())
    getattr(tunnel, name)()
    assert not tunnel.is_alive()
    assert not listens(tunnel.local_port)
