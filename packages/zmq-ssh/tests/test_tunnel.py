"""Tunnels through a real sshd, by both implementations."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from tests.fixtures.sockets import SocketFactory
from tests.fixtures.threads import Running

import zmq
from zmq import ssh
from zmq.ssh import _command, _keepalive

PASSPHRASE = "open the key"
TIMEOUT = 10

IMPLEMENTATIONS = {"openssh": False, "paramiko": True}


@pytest.fixture(params=list(IMPLEMENTATIONS))
def paramiko(request: pytest.FixtureRequest) -> bool:
    """Each implementation in turn."""
    if request.param == "paramiko":
        pytest.importorskip("paramiko")
    return IMPLEMENTATIONS[request.param]


@pytest.fixture
def echo(
    make_socket: SocketFactory, in_thread: Callable[..., Running[None]]
) -> Iterator[Callable[..., str]]:
    """Start a zmq service that sends everything back; returns its address."""
    stopping = threading.Event()

    def serve(service: zmq.Socket[bytes]) -> None:
        while not stopping.is_set():
            if service.poll(20):
                service.send_multipart(service.recv_multipart())

    def start(host: str = "127.0.0.1") -> str:
        service = make_socket(zmq.REP)
        service.bind(f"tcp://{host}:0")
        in_thread(serve, service)
        return service.last_endpoint.decode()

    yield start
    stopping.set()


@pytest.fixture
def client(make_socket: SocketFactory) -> zmq.Socket[bytes]:
    return make_socket(zmq.REQ, rcvtimeo=20_000, sndtimeo=20_000, linger=0)


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """No thread and no process of a tunnel is there after a test."""
    yield
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if "zmq.ssh" in name or "paramiko" in name]
    processes = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
    )
    assert "LocalCommand" not in processes.stdout


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(client: zmq.Socket[bytes], message: bytes = b"hello") -> bytes:
    client.send(message)
    return client.recv()


def test_a_connection_through_a_tunnel(
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    tunnel = ssh.tunnel_connection(
        client,
        echo(),
        sshd.address,
        str(keys.plain),
        paramiko=paramiko,
        timeout=TIMEOUT,
    )
    with tunnel:
        assert ask(client) == b"hello"
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
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    message = os.urandom(10_000_000)
    with ssh.tunnel_connection(
        client,
        echo(),
        sshd.address,
        str(keys.plain),
        paramiko=paramiko,
        timeout=TIMEOUT,
    ):
        for _ in range(2):
            assert ask(client, message) == message


@pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.2")
def test_a_remote_ip_behind_the_server(
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    address = echo("127.0.0.2")
    port = int(address.rpartition(":")[2])
    (local,) = ssh.select_random_ports(1)
    make = ssh.paramiko_tunnel if paramiko else ssh.openssh_tunnel
    with make(local, port, sshd.address, "127.0.0.2", str(keys.plain), None, TIMEOUT):
        client.connect(f"tcp://127.0.0.1:{local}")
        assert ask(client) == b"hello"


def test_several_sockets_at_once(
    home: Any, sshd: Any, keys: Any, echo: Any, make_socket: Any, paramiko: bool
) -> None:
    url, tunnel = ssh.open_tunnel(
        echo(), sshd.address, str(keys.plain), paramiko=paramiko, timeout=TIMEOUT
    )
    with tunnel:
        clients = [make_socket(zmq.REQ, rcvtimeo=10_000, linger=0) for _ in range(10)]
        for number, one in enumerate(clients):
            one.connect(url)
            one.send(b"%d" % number)
        assert [int(one.recv()) for one in clients] == list(range(10))


def test_tunnels_made_at_the_same_time(
    home: Any, sshd: Any, keys: Any, echo: Any, in_thread: Any, paramiko: bool
) -> None:
    address = echo()

    def open_one() -> ssh.Tunnel:
        key = str(keys.plain)
        return ssh.open_tunnel(address, sshd.address, key, None, paramiko, 30)[1]

    opening = [in_thread(open_one) for _ in range(5)]
    tunnels = [one.result(30) for one in opening]
    try:
        assert all(tunnel.is_alive() for tunnel in tunnels)
        assert len({tunnel.local_port for tunnel in tunnels}) == 5
    finally:
        for tunnel in tunnels:
            tunnel.close()


def test_the_default_key(
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    home.use_key(keys.plain)
    assert ssh.try_passwordless_ssh(sshd.address, None, paramiko)
    with ssh.tunnel_connection(
        client, echo(), sshd.address, paramiko=paramiko, timeout=TIMEOUT
    ):
        assert ask(client) == b"hello"


def test_a_key_with_a_passphrase(
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    key = str(keys.locked)
    assert not ssh.try_passwordless_ssh(sshd.address, key, paramiko)
    with ssh.tunnel_connection(
        client, echo(), sshd.address, key, PASSPHRASE, paramiko, TIMEOUT
    ):
        assert ask(client) == b"hello"


@pytest.mark.parametrize("secret", [None, False, "wrong"])
def test_a_wrong_passphrase(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool, secret: Any
) -> None:
    with pytest.raises(ssh.AuthenticationError):
        ssh.open_tunnel(
            echo(), sshd.address, str(keys.locked), secret, paramiko, TIMEOUT
        )


def test_an_agent(
    home: Any,
    sshd: Any,
    keys: Any,
    echo: Any,
    client: Any,
    paramiko: bool,
    ipc_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = str(ipc_dir / "agent")
    with subprocess.Popen(
        ["ssh-agent", "-D", "-a", path], stdout=subprocess.DEVNULL
    ) as agent:
        try:
            while not os.path.exists(path):
                time.sleep(0.01)
            monkeypatch.setenv("SSH_AUTH_SOCK", path)
            subprocess.run(["ssh-add", "-q", str(keys.unlocked)], check=True)
            for key in (None, str(keys.locked)):
                assert ssh.try_passwordless_ssh(sshd.address, key, paramiko)
            with ssh.tunnel_connection(
                client, echo(), sshd.address, None, None, paramiko, TIMEOUT
            ):
                assert ask(client) == b"hello"
        finally:
            agent.kill()


def test_a_password(
    home: Any, sshd: Any, password: str, echo: Any, client: Any, paramiko: bool
) -> None:
    assert not ssh.try_passwordless_ssh(sshd.address, None, paramiko)
    with ssh.tunnel_connection(
        client, echo(), sshd.address, None, password, paramiko, TIMEOUT
    ):
        assert ask(client) == b"hello"


@pytest.mark.parametrize("secret", ["wrong", None, False])
def test_a_wrong_password(
    home: Any, sshd: Any, password: str, echo: Any, paramiko: bool, secret: Any
) -> None:
    with pytest.raises(ssh.AuthenticationError) as caught:
        ssh.open_tunnel(echo(), sshd.address, None, secret, paramiko, TIMEOUT)
    assert caught.value.output


def test_a_key_that_is_not_let_in(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    if paramiko:
        # would be, but was not asked for; ssh's is in its configuration, so it counts
        home.use_key(keys.plain)
    key = str(keys.stranger)
    assert not ssh.try_passwordless_ssh(sshd.address, key, paramiko)
    with pytest.raises(ssh.AuthenticationError):
        ssh.open_tunnel(echo(), sshd.address, key, None, paramiko, TIMEOUT)


def test_an_unknown_host_is_never_accepted(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    home.known_hosts.write_text("")
    for secret in (None, False, "secret"):
        with pytest.raises(ssh.HostKeyError, match="is not known"):
            ssh.open_tunnel(
                echo(), sshd.address, str(keys.plain), secret, paramiko, TIMEOUT
            )
    with pytest.raises(ssh.HostKeyError):
        ssh.try_passwordless_ssh(sshd.address, str(keys.plain), paramiko)
    assert home.known_hosts.read_text() == ""


def test_a_changed_host_key(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    home.known_hosts.write_text("")
    home.know(sshd, keys.stranger)
    with pytest.raises(ssh.HostKeyError):
        ssh.open_tunnel(echo(), sshd.address, str(keys.plain), None, paramiko, TIMEOUT)


def test_a_server_that_is_not_there(
    home: Any, closed_port: int, paramiko: bool
) -> None:
    server = f"127.0.0.1:{closed_port}"
    with pytest.raises(ssh.TunnelError, match=r"(?i)refused|unable to connect"):
        ssh.open_tunnel("tcp://127.0.0.1:1", server, None, None, paramiko, TIMEOUT)
    with pytest.raises(ssh.TunnelError):
        ssh.try_passwordless_ssh(server, None, paramiko)


def test_a_name_that_does_not_resolve(home: Any, paramiko: bool) -> None:
    with pytest.raises(ssh.TunnelError):
        ssh.open_tunnel(
            "tcp://127.0.0.1:1", "nobody.invalid", None, None, paramiko, TIMEOUT
        )


def test_a_server_that_says_nothing(home: Any, paramiko: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = f"127.0.0.1:{silent.getsockname()[1]}"
        begin = time.monotonic()
        with pytest.raises(ssh.TunnelTimeoutError) as caught:
            ssh.open_tunnel("tcp://127.0.0.1:1", server, None, None, paramiko, 1)
        assert time.monotonic() - begin < 5
        assert isinstance(caught.value, TimeoutError)


def test_a_server_that_is_no_ssh_server(home: Any, echo: Any, paramiko: bool) -> None:
    server = echo().partition("://")[2]
    with pytest.raises(ssh.TunnelError):
        ssh.open_tunnel("tcp://127.0.0.1:1", server, None, None, paramiko, 1)


def test_nobody_at_the_remote_port(
    home: Any, sshd: Any, keys: Any, closed_port: int, client: Any, paramiko: bool
) -> None:
    address = f"tcp://127.0.0.1:{closed_port}"
    with pytest.raises(ssh.ForwardError, match=r"(?i)refused|connect failed"):
        ssh.tunnel_connection(
            client, address, sshd.address, str(keys.plain), None, paramiko, TIMEOUT
        )
    assert not client.last_endpoint.strip(b"\0")


def test_verification_can_be_left_out(
    home: Any, sshd: Any, keys: Any, make_socket: Any, client: Any, paramiko: bool
) -> None:
    (port,) = ssh.select_random_ports(1)
    address = f"tcp://127.0.0.1:{port}"
    with ssh.tunnel_connection(
        client,
        address,
        sshd.address,
        str(keys.plain),
        None,
        paramiko,
        TIMEOUT,
        verify=False,
    ) as tunnel:
        client.send(b"early")
        service = make_socket(zmq.REP, rcvtimeo=10_000)
        service.bind(address)
        assert service.recv() == b"early"
        assert tunnel.is_alive()


def test_a_service_that_waits_for_the_first_word(
    home: Any, sshd: Any, keys: Any, in_thread: Any, paramiko: bool
) -> None:
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
        _, tunnel = ssh.open_tunnel(
            address, sshd.address, str(keys.plain), None, paramiko, TIMEOUT
        )
        with tunnel, socket.create_connection(("127.0.0.1", tunnel.local_port)) as one:
            one.sendall(b"word")
            one.shutdown(socket.SHUT_WR)
            assert one.recv(100) == b"WORD"
            assert one.recv(100) == b""


def test_a_server_that_forbids_forwarding(
    home: Any, make_sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    server = make_sshd("AllowTcpForwarding no")
    home.know(server)
    with pytest.raises(ssh.ForwardError, match=r"(?i)prohibited"):
        ssh.open_tunnel(
            echo(), server.address, str(keys.plain), None, paramiko, TIMEOUT
        )


def test_a_local_port_that_is_taken(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    port = int(echo().rpartition(":")[2])
    make = ssh.paramiko_tunnel if paramiko else ssh.openssh_tunnel
    with socket.create_server(("127.0.0.1", 0)) as taken:
        local = taken.getsockname()[1]
        with pytest.raises(ssh.PortTakenError):
            make(local, port, sshd.address, keyfile=str(keys.plain), timeout=TIMEOUT)


def test_a_killed_server_is_noticed(
    home: Any, make_sshd: Any, keys: Any, echo: Any, client: Any, paramiko: bool
) -> None:
    server = make_sshd()
    home.know(server)
    tunnel = ssh.tunnel_connection(
        client, echo(), server.address, str(keys.plain), None, paramiko, TIMEOUT
    )
    with tunnel:
        assert ask(client) == b"hello"
        # in the middle of a message
        client.send(bytes(10_000_000))
        server.stop()
        tunnel.join(10)
        assert not tunnel.is_alive()
        with pytest.raises(ssh.TunnelError):
            tunnel.check()
        assert not listens(tunnel.local_port)
        assert "ended" in repr(tunnel)


def test_a_server_killed_during_login(
    home: Any, make_sshd: Any, keys: Any, echo: Any, in_thread: Any, paramiko: bool
) -> None:
    server = make_sshd()
    home.know(server)
    server.signal(signal.SIGSTOP)

    def open_it() -> None:
        with pytest.raises(ssh.TunnelError):
            ssh.open_tunnel(
                echo(), server.address, str(keys.plain), None, paramiko, TIMEOUT
            )

    opening = in_thread(open_it)
    # it has connected, and waits
    time.sleep(0.2)
    assert opening.alive
    server.stop()
    opening.result(10)


def test_a_stopped_server_is_noticed_by_paramiko(
    home: Any, make_sshd: Any, keys: Any, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("paramiko")
    monkeypatch.setattr(_keepalive, "INTERVAL_S", 0.1)
    monkeypatch.setattr(_keepalive, "PATIENCE_S", 0.3)
    server = make_sshd()
    home.know(server)
    _, tunnel = ssh.open_tunnel(
        echo(), server.address, str(keys.plain), None, True, TIMEOUT
    )
    with tunnel:
        time.sleep(0.7)
        assert tunnel.is_alive()
        server.signal(signal.SIGSTOP)
        tunnel.join(10)
        with pytest.raises(ssh.TunnelError, match="no answer"):
            tunnel.check()
    server.signal(signal.SIGCONT)


def test_a_stopped_server_is_noticed_by_openssh(
    home: Any, make_sshd: Any, keys: Any, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = {"ServerAliveInterval=15": "ServerAliveInterval=1"}
    options = tuple(hasty.get(option, option) for option in _command._OPTIONS)
    monkeypatch.setattr(_command, "_OPTIONS", ("ServerAliveCountMax=1", *options))
    server = make_sshd()
    home.know(server)
    _, tunnel = ssh.open_tunnel(
        echo(), server.address, str(keys.plain), None, False, TIMEOUT
    )
    with tunnel:
        server.signal(signal.SIGSTOP)
        tunnel.join(20)
        with pytest.raises(ssh.TunnelError, match="not responding"):
            tunnel.check()
    server.signal(signal.SIGCONT)


def test_the_tunnel_of_openssh_is_its_process_id(
    home: Any, sshd: Any, keys: Any, echo: Any
) -> None:
    port = int(echo().rpartition(":")[2])
    (local,) = ssh.select_random_ports(1)
    tunnel = ssh.openssh_tunnel(
        local, port, sshd.address, keyfile=str(keys.plain), timeout=TIMEOUT
    )
    assert isinstance(tunnel, int)
    assert tunnel.pid == tunnel
    os.kill(tunnel, signal.SIGTERM)
    tunnel.join(10)
    assert not tunnel.is_alive()
    with pytest.raises(ssh.TunnelError):
        tunnel.check()
    tunnel.close()


@pytest.mark.parametrize("name", ["close", "terminate", "kill"])
def test_ways_to_close(
    home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool, name: str
) -> None:
    _, tunnel = ssh.open_tunnel(
        echo(), sshd.address, str(keys.plain), None, paramiko, TIMEOUT
    )
    getattr(tunnel, name)()
    assert not tunnel.is_alive()
    assert not listens(tunnel.local_port)


def test_nonsense_is_refused_at_once(paramiko: bool) -> None:
    for addr, server, timeout in (
        ("ipc:///x", "host", 1),
        ("tcp://127.0.0.1:1", "", 1),
        ("tcp://127.0.0.1:1", "-oProxyCommand=x", 1),
        ("tcp://127.0.0.1:1", "host", 0),
    ):
        with pytest.raises(ValueError, match=r"."):
            ssh.open_tunnel(addr, server, None, None, paramiko, timeout)
    make = ssh.paramiko_tunnel if paramiko else ssh.openssh_tunnel
    for lport, rport, remote in ((0, 1, "host"), (1, 0, "host"), (1, 1, "*")):
        with pytest.raises(ValueError, match="not a"):
            make(lport, rport, "host", remote)
