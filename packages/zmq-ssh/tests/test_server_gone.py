"""Servers that are killed or stopped while a tunnel stands, or is made."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.waiting import wait_for

from zmq import ssh
from zmq.ssh import _command, _keepalive

pytestmark = pytest.mark.usefixtures("nothing_is_left")


def test_a_killed_server_is_noticed(
    make_sshd: Any, login: Any, echo: Any, client: Any, ask: Any, listens: Any
) -> None:
    server = make_sshd()
    with ssh.tunnel_connection(
        client, echo(), **login(server=server.address)
    ) as tunnel:
        assert ask() == b"hello"
        # in the middle of a message
        client.send(bytes(10_000_000))
        server.stop()
        tunnel.join(10)
        assert not tunnel.is_alive()
        with pytest.raises(ssh.TunnelError):
            tunnel.check()
        assert not listens(tunnel.local_port)
        assert "ended" in repr(tunnel)


def has_connected(port: int) -> bool:
    """Whether there is a connection to a local port, accepted or not."""
    there, established = f":{port:04X}", "01"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[2].endswith(there) and row[3] == established for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc/net/tcp")
def test_a_server_killed_during_login(
    make_sshd: Any, login: Any, echo: Any, in_thread: Any
) -> None:
    server = make_sshd()
    server.signal(signal.SIGSTOP)

    def open_it() -> None:
        with pytest.raises(ssh.TunnelError):
            ssh.open_tunnel(echo(), **login(server=server.address))

    opening = in_thread(open_it)
    wait_for(lambda: has_connected(server.port))
    assert opening.alive
    server.stop()
    opening.result(10)


@pytest.mark.parametrize("paramiko", [True], indirect=True)
def test_a_connection_ends_whose_server_can_be_told_nothing(
    make_sshd: Any, login: Any, echo: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server = make_sshd()
    address, tunnel = ssh.open_tunnel(echo(), **login(server=server.address))
    port = int(address.rpartition(":")[2])
    with tunnel, socket.create_connection(("127.0.0.1", port), 10) as connection:
        assert connection.recv(1)  # the relay runs
        server.signal(signal.SIGSTOP)
        # Before paramiko knows of the end, which it reads.
        tunnel._forward.transport.sock.shutdown(socket.SHUT_WR)
        connection.sendall(b"x")
        while connection.recv(1000):
            pass
    server.signal(signal.SIGCONT)
    assert not [r for r in caplog.records if "connection from" in r.getMessage()]


@pytest.mark.parametrize("paramiko", [True], indirect=True)
def test_a_stopped_server_is_noticed_by_paramiko(
    make_sshd: Any, login: Any, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_keepalive, "INTERVAL_S", 0.1)
    monkeypatch.setattr(_keepalive, "PATIENCE_S", 0.3)
    server = make_sshd()
    _, tunnel = ssh.open_tunnel(echo(), **login(server=server.address))
    with tunnel:
        # by then the first answer would be overdue
        tunnel.join(_keepalive.INTERVAL_S + _keepalive.PATIENCE_S + 0.2)
        assert tunnel.is_alive()
        server.signal(signal.SIGSTOP)
        tunnel.join(10)
        with pytest.raises(ssh.TunnelError, match="no answer"):
            tunnel.check()
    server.signal(signal.SIGCONT)


@pytest.mark.parametrize("paramiko", [False], indirect=True)
def test_a_stopped_server_is_noticed_by_openssh(
    make_sshd: Any, login: Any, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = {"ServerAliveInterval=15": "ServerAliveInterval=2"}
    options = tuple(hasty.get(option, option) for option in _command._OPTIONS)
    monkeypatch.setattr(_command, "_OPTIONS", options)
    server = make_sshd()
    _, tunnel = ssh.open_tunnel(echo(), **login(server=server.address))
    with tunnel:
        server.signal(signal.SIGSTOP)
        # instead of the 45 seconds of the README 6 s, and some for ssh to end
        tunnel.join(6.8)
        with pytest.raises(ssh.TunnelError, match="not responding"):
            tunnel.check()
    server.signal(signal.SIGCONT)
