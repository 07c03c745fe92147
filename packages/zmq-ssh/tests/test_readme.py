"""The examples of the README, with a server that exists."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import zmq

README = Path(__file__).parents[1] / "README.md"


def test_examples(home: Any, sshd: Any, keys: Any, make_socket: Any) -> None:
    home.use_key(keys.plain)
    (code,) = re.findall(r"(?ms)^```py\n(.*?)^```", README.read_text())
    service = make_socket(zmq.REP, rcvtimeo=10_000)
    service.bind("tcp://127.0.0.1:0")
    code = code.replace("user@server", sshd.address)
    code = code.replace("tcp://10.0.1.2:5555", service.last_endpoint.decode())
    with subprocess.Popen(
        [sys.executable, "-Werror", "-c", code], stdout=subprocess.PIPE
    ) as program:
        assert service.recv() == b"hello"
        service.send(b"world")
        assert program.communicate(timeout=10)[0] == b"b'world'\n"
    assert program.returncode == 0


def test_names() -> None:
    """Every function and error that the README names exists."""
    text = README.read_text()
    names = re.findall(r"`(\w+)\(", text) + re.findall(r"`(\w+Error)`", text)
    from zmq import ssh
    from zmq.ssh import Tunnel

    known = {*vars(ssh), *vars(builtins)}
    assert not [name for name in names if name not in known | set(dir(Tunnel))]
