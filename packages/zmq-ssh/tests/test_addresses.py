"""Taking servers and addresses apart, and the command that ssh gets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from zmq.ssh import TunnelError, select_random_ports
from zmq.ssh._address import Target, parse_address, parse_server
from zmq.ssh._command import ssh_command
from zmq.ssh._deadline import Deadline


@pytest.mark.parametrize(
    ("server", "parts"),
    [
        ("host", (None, "host", None)),
        ("me@host", ("me", "host", None)),
        ("host:22", (None, "host", 22)),
        ("me@host:2222", ("me", "host", 2222)),
        ("ssh://me@host:2222", ("me", "host", 2222)),
        ("me@work@host", ("me@work", "host", None)),
        ("me@[::1]:22", ("me", "::1", 22)),
        ("[fe80::1%eth0]", (None, "fe80::1%eth0", None)),
        ("me@::1", ("me", "::1", None)),
    ],
)
def test_servers(server: str, parts: tuple[Any, ...]) -> None:
    assert parse_server(server) == parts


@pytest.mark.parametrize(
    "server",
    [
        "",
        "me@",
        "@host",
        "host:",
        "host:x",
        "host:0",
        "host:65536",
        "host:-1",
        "[::1",
        "[::1]x",
        "-oProxyCommand=touch /tmp/x",
        "me@-oProxyCommand=x",
        "-l@host",
        "two words",
        "host\n-oX=y",
        "host\0",
    ],
)
def test_no_servers(server: str) -> None:
    with pytest.raises(ValueError, match=r"server|host|port|bracket"):
        parse_server(server)


@pytest.mark.parametrize(
    ("addr", "target"),
    [
        ("tcp://127.0.0.1:5555", ("127.0.0.1", 5555)),
        ("tcp://name.of.host:1", ("name.of.host", 1)),
        ("tcp://[::1]:5555", ("::1", 5555)),
    ],
)
def test_targets(addr: str, target: tuple[str, int]) -> None:
    assert parse_address(addr) == target


@pytest.mark.parametrize(
    "addr",
    [
        "ipc:///tmp/x",
        "inproc://x",
        "127.0.0.1:5555",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:*",
        "tcp://*:5555",
        "tcp://127.0.0.1:0",
        "tcp://:5555",
        "tcp://1.2.3.4:5;5.6.7.8:9",
        "",
    ],
)
def test_no_targets(addr: str) -> None:
    with pytest.raises(ValueError, match=r"port|host|goes through"):
        parse_address(addr)


def test_a_target_is_written_with_brackets_where_needed() -> None:
    assert str(Target("::1", 5)) == "[::1]:5"
    assert str(Target("host", 5)) == "host:5"


def test_random_ports_differ() -> None:
    ports = select_random_ports(20)
    assert len(set(ports)) == 20
    assert all(1024 < port < 65536 for port in ports)


def test_no_ports() -> None:
    assert select_random_ports(0) == []


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_timeout_must_leave_time(seconds: float) -> None:
    with pytest.raises(ValueError, match="timeout must be above 0"):
        Deadline(seconds)


def test_a_timeout_is_a_number() -> None:
    with pytest.raises(TypeError, match="timeout must be a number of seconds, not '5'"):
        Deadline("5")  # type: ignore[arg-type]


def test_the_command_asks_for_no_shell_and_ends_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "ssh"
    command.write_text("")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    built = ssh_command(
        "me@[::1]:22", "word", 1.5, None, (1111, Target("::2", 2222)), ask=False
    )
    assert built[:2] == [str(command), "-N"]
    assert built[-2:] == ["--", "::1"]
    assert built[-4:-2] == ["-L", "127.0.0.1:1111:[::2]:2222"]
    for option in ("BatchMode=yes", "ConnectTimeout=2", "ExitOnForwardFailure=yes"):
        assert option in built
    assert not any("StrictHostKeyChecking" in argument for argument in built)


def test_without_an_ssh_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TunnelError, match="install the OpenSSH client"):
        ssh_command("host", "word", 1, ask=True)


def test_a_key_file_that_is_not_there() -> None:
    with pytest.raises(TunnelError, match="no key file"):
        ssh_command("host", "word", 1, os.devnull + "x", ask=True)


@pytest.mark.parametrize("name", ["${HOME}", 'a"%', "a\\%"])
def test_a_key_file_that_ssh_cannot_be_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(ValueError, match=r"ssh (would|cannot)"):
        ssh_command("host", "word", 1, str(tmp_path / name), ask=True)


def test_what_is_no_text() -> None:
    nothing: Any = None
    with pytest.raises(TypeError, match="server must be a str, not NoneType"):
        parse_server(nothing)
    with pytest.raises(TypeError, match="addr must be a str, not NoneType"):
        parse_address(nothing)
