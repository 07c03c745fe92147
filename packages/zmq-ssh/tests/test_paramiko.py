"""What belongs to paramiko: host keys, the forwarding server, and doing without."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any, Callable

import pytest
from tests.fixtures.waiting import wait_for

from zmq import ssh
from zmq.ssh.forward import ForwardServer, Handler, forward_tunnel

paramiko = pytest.importorskip("paramiko")


@pytest.fixture(name="paramiko")
def only_paramiko() -> bool:
    """Not each implementation in turn, as elsewhere."""
    return True


@pytest.fixture
def client(home: Any, sshd: Any, keys: Any) -> Iterator[Any]:
    """A client of paramiko that the program itself has connected."""
    with paramiko.SSHClient() as client:
        client.load_system_host_keys()
        client.connect(
            "127.0.0.1", sshd.port, sshd.user.name, key_filename=str(keys.plain)
        )
        yield client


@pytest.fixture
def shouting() -> Iterator[int]:
    """A service that answers in capitals; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    while data := connection.recv(65536):
                        connection.sendall(data.upper())

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def handler(port: int, client: Any) -> type[Handler]:
    class Bound(Handler):
        chain_host = "127.0.0.1"
        chain_port = port
        ssh_transport = client.get_transport()

    return Bound


def test_the_forwarding_server(client: Any, shouting: int) -> None:
    with ForwardServer(("127.0.0.1", 0), handler(shouting, client)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        with socket.create_connection(server.server_address) as one:
            one.sendall(b"word" * 100_000)
            received = b""
            while len(received) < 400_000:
                received += one.recv(65536)
            assert received == b"WORD" * 100_000
            one.shutdown(socket.SHUT_WR)
            assert one.recv(1) == b""
        server.shutdown()


def test_closing_the_server_ends_its_connections(client: Any, shouting: int) -> None:
    server = ForwardServer(("127.0.0.1", 0), handler(shouting, client))
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    with socket.create_connection(server.server_address) as one:
        one.sendall(b"word")
        assert one.recv(4) == b"WORD"
        before = threading.active_count()
        server.shutdown()
        server.server_close()
        assert threading.active_count() < before
        assert one.recv(1) == b""


def test_an_unreachable_target_is_logged(
    client: Any, closed_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "zmq.ssh")
    with ForwardServer(("127.0.0.1", 0), handler(closed_port, client)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        with socket.create_connection(server.server_address) as one:
            assert one.recv(1) == b""
        server.shutdown()
    # closed now, so the log has been written
    assert f"no connection to 127.0.0.1:{closed_port}" in caplog.text


def test_forward_tunnel_runs_until_it_is_interrupted(
    client: Any, shouting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (port,) = ssh.select_random_ports(1)
    servers = []
    serve = ForwardServer.serve_forever

    def interruptible(self: ForwardServer, poll_interval: float = 0.01) -> None:
        servers.append(self)
        serve(self, 0.01)

    monkeypatch.setattr(ForwardServer, "serve_forever", interruptible)
    thread = threading.Thread(
        target=forward_tunnel,
        args=(port, "127.0.0.1", shouting, client.get_transport()),
    )
    thread.start()
    wait_for(lambda: servers)
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(b"word")
        assert one.recv(4) == b"WORD"
    servers[0].shutdown()
    thread.join()


@pytest.fixture
def open_it(sshd: Any, login: Any) -> Callable[[], None]:
    """Open a tunnel to sshd itself, and close it."""

    def open_it() -> None:
        ssh.open_tunnel(f"tcp://127.0.0.1:{sshd.port}", **login())[1].close()

    return open_it


@pytest.mark.parametrize("policy", ["AutoAdd", "AutoAddPolicy"])
def test_a_policy_of_the_environment(
    home: Any, open_it: Any, monkeypatch: pytest.MonkeyPatch, policy: str
) -> None:
    home.known_hosts.write_text("")
    monkeypatch.setenv("PYZMQ_PARAMIKO_HOST_KEY_POLICY", policy)
    open_it()


def test_the_policy_that_warns(
    home: Any, open_it: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.known_hosts.write_text("")
    monkeypatch.setenv("PYZMQ_PARAMIKO_HOST_KEY_POLICY", "Warning")
    with pytest.warns(UserWarning, match="Unknown"):
        open_it()


@pytest.mark.parametrize("policy", ["", "Reject", "RejectPolicy"])
def test_policies_that_refuse(
    home: Any, open_it: Any, monkeypatch: pytest.MonkeyPatch, policy: str
) -> None:
    home.known_hosts.write_text("")
    monkeypatch.setenv("PYZMQ_PARAMIKO_HOST_KEY_POLICY", policy)
    with pytest.raises(ssh.HostKeyError, match="ssh-ed25519 AAAA"):
        open_it()


@pytest.mark.parametrize("policy", ["Yes", "SSHClient", "MissingHostKey_"])
def test_a_policy_that_does_not_exist(
    open_it: Any, monkeypatch: pytest.MonkeyPatch, policy: str
) -> None:
    monkeypatch.setenv("PYZMQ_PARAMIKO_HOST_KEY_POLICY", policy)
    with pytest.raises(ValueError, match="must be AutoAdd, Warning or Reject"):
        open_it()


def test_a_file_that_is_no_key(home: Any, login: Any) -> None:
    arguments = login(keyfile=str(home.known_hosts))
    with pytest.raises(ssh.AuthenticationError, match="cannot be opened"):
        ssh.open_tunnel("tcp://127.0.0.1:1", **arguments)


def test_without_paramiko(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "paramiko", None)
    for call in (
        lambda: ssh.paramiko_tunnel(1, 1, "host"),
        lambda: ssh.open_tunnel("tcp://127.0.0.1:1", "host", paramiko=True),
        lambda: ssh.try_passwordless_ssh("host", None, True),
    ):
        with pytest.raises(ImportError, match=r"pip install 'zmq-ssh\[paramiko\]'"):
            call()
