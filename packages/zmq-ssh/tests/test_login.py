"""Logging in to a real sshd: keys, passphrases, agents, passwords; and its own key."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.waiting import wait_for

from zmq import ssh

pytestmark = pytest.mark.usefixtures("nothing_is_left")


def test_the_default_key(
    home: Any, sshd: Any, keys: Any, echo: Any, client: Any, ask: Any, paramiko: bool
) -> None:
    home.use_key(keys.plain)
    assert ssh.try_passwordless_ssh(sshd.address, None, paramiko)
    with ssh.tunnel_connection(client, echo(), sshd.address, paramiko=paramiko):
        assert ask() == b"hello"


def test_a_key_with_a_passphrase(
    login: Any, sshd: Any, keys: Any, echo: Any, client: Any, ask: Any, paramiko: bool
) -> None:
    key = str(keys.locked)
    assert not ssh.try_passwordless_ssh(sshd.address, key, paramiko)
    arguments = login(keyfile=key, password=keys.passphrase)
    with ssh.tunnel_connection(client, echo(), **arguments):
        assert ask() == b"hello"


@pytest.mark.parametrize("secret", [None, False, "wrong"])
def test_a_wrong_passphrase(login: Any, keys: Any, echo: Any, secret: Any) -> None:
    arguments = login(keyfile=str(keys.locked), password=secret)
    with pytest.raises(ssh.AuthenticationError):
        ssh.open_tunnel(echo(), **arguments)


def test_an_agent(
    login: Any,
    sshd: Any,
    keys: Any,
    echo: Any,
    client: Any,
    ask: Any,
    paramiko: bool,
    ipc_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = str(ipc_dir / "agent")
    with subprocess.Popen(
        ["ssh-agent", "-D", "-a", path], stdout=subprocess.DEVNULL
    ) as agent:
        try:
            wait_for(lambda: os.path.exists(path))
            monkeypatch.setenv("SSH_AUTH_SOCK", path)
            subprocess.run(["ssh-add", "-q", str(keys.unlocked)], check=True)
            for key in (None, str(keys.locked)):
                assert ssh.try_passwordless_ssh(sshd.address, key, paramiko)
            with ssh.tunnel_connection(client, echo(), **login(keyfile=None)):
                assert ask() == b"hello"
        finally:
            agent.kill()


def test_a_password(
    login: Any,
    sshd: Any,
    password: str,
    echo: Any,
    client: Any,
    ask: Any,
    paramiko: bool,
) -> None:
    assert not ssh.try_passwordless_ssh(sshd.address, None, paramiko)
    arguments = login(keyfile=None, password=password)
    with ssh.tunnel_connection(client, echo(), **arguments):
        assert ask() == b"hello"


@pytest.mark.parametrize("secret", ["wrong", None, False])
def test_a_wrong_password(login: Any, password: str, echo: Any, secret: Any) -> None:
    with pytest.raises(ssh.AuthenticationError) as caught:
        ssh.open_tunnel(echo(), **login(keyfile=None, password=secret))
    assert caught.value.output


def test_a_key_that_is_not_let_in(
    login: Any, home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    if paramiko:
        # would be, but was not asked for; ssh's is in its configuration, so it counts
        home.use_key(keys.plain)
    key = str(keys.stranger)
    assert not ssh.try_passwordless_ssh(sshd.address, key, paramiko)
    with pytest.raises(ssh.AuthenticationError):
        ssh.open_tunnel(echo(), **login(keyfile=key))


def test_an_unknown_host_is_never_accepted(
    login: Any, home: Any, sshd: Any, keys: Any, echo: Any, paramiko: bool
) -> None:
    home.known_hosts.write_text("")
    for secret in (None, False, "secret"):
        with pytest.raises(ssh.HostKeyError, match="is not known"):
            ssh.open_tunnel(echo(), **login(password=secret))
    with pytest.raises(ssh.HostKeyError):
        ssh.try_passwordless_ssh(sshd.address, str(keys.plain), paramiko)
    assert home.known_hosts.read_text() == ""


def test_a_changed_host_key(
    login: Any, home: Any, sshd: Any, keys: Any, echo: Any
) -> None:
    home.known_hosts.write_text("")
    home.know(sshd, keys.stranger)
    with pytest.raises(ssh.HostKeyError):
        ssh.open_tunnel(echo(), **login())


@pytest.mark.parametrize("name", ["100% mine", "%d", "none", "~x", "-v"])
def test_a_key_file_with_an_odd_name(
    login: Any,
    keys: Any,
    echo: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """ssh gives some names, and parts of them, a meaning."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(keys.plain, name)
    ssh.open_tunnel(echo(), **login(keyfile=name))[1].close()


def test_a_timeout_without_end(login: Any, echo: Any) -> None:
    ssh.open_tunnel(echo(), **login(timeout=float("inf")))[1].close()
