"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib.metadata
import inspect
from typing import Callable

import pytest
from tests.fixtures.processes import Result
from tests.packaging.environments import Environment

from zmq import ssh
from zmq.ssh import errors, forward, tunnel


def test_what_it_needs(distribution: importlib.metadata.Distribution) -> None:
    needs = [need for need in distribution.requires or () if "extra ==" not in need]
    assert needs == ["zmq-core<29,>=28"]
    assert distribution.metadata.get_all("Provides-Extra") == ["paramiko", "pexpect"]


def test_imports_are_left_to_those_who_need_them(
    run_python: Callable[..., Result],
) -> None:
    run_python("import sys, zmq; assert 'zmq.ssh' not in sys.modules")
    run_python("import sys, zmq.ssh; assert 'paramiko' not in sys.modules")


@pytest.mark.parametrize("module", [ssh, errors, forward, tunnel])
def test_exported_names_exist(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    assert not [name for name in names if not hasattr(module, name)]


LOGIN = ["keyfile", "password", "paramiko", "timeout"]
FORWARD = ["lport", "rport", "server", "remoteip", "keyfile", "password", "timeout"]


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        (ssh, "tunnel_connection", ["socket", "addr", "server", *LOGIN]),
        (tunnel, "tunnel_connection", ["socket", "addr", "server", *LOGIN]),
        (tunnel, "open_tunnel", ["addr", "server", *LOGIN]),
        (ssh, "openssh_tunnel", FORWARD),
        (ssh, "ssh_tunnel", FORWARD),
        (ssh, "paramiko_tunnel", FORWARD),
        (ssh, "try_passwordless_ssh", ["server", "keyfile", "paramiko"]),
        (tunnel, "select_random_ports", ["n"]),
        (
            forward,
            "forward_tunnel",
            ["local_port", "remote_host", "remote_port", "transport"],
        ),
        (
            forward,
            "ForwardServer",
            ["server_address", "RequestHandlerClass", "bind_and_activate"],
        ),
        (forward, "Handler", ["request", "client_address", "server"]),
    ],
)
def test_the_interface_of_pyzmq_27(
    module: object, name: str, expected: list[str]
) -> None:
    """What programs pass by position or by name."""
    parameters = inspect.signature(getattr(module, name)).parameters.values()
    ours = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert ours == expected


def test_it_installs_alone(alone: Environment) -> None:
    code = "import zmq.ssh; zmq.ssh.paramiko_tunnel(1, 1, 'host')"
    assert alone.import_error(code) == [
        "tunnels with paramiko need paramiko: pip install 'zmq-ssh[paramiko]'",
        "zmq-core zmq-ssh",
    ]
