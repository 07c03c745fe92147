"""The examples of the README and of the guide, with a server that exists."""

from __future__ import annotations

import builtins
import re
import socket as socketlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import zmq
from zmq import ssh
from zmq.ssh import Tunnel

README = Path(__file__).parents[1] / "README.md"
GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "ssh.md"  # not in archives
BLOCK = re.compile(r"(?ms)^```py\n(.*?)^```")
with_guide = pytest.mark.skipif(not GUIDE.exists(), reason="the guide is not here")


@pytest.mark.parametrize("page", [README, pytest.param(GUIDE, marks=with_guide)])
def test_examples(
    home: Any, sshd: Any, keys: Any, make_socket: Any, page: Path
) -> None:
    home.use_key(keys.plain)
    code = BLOCK.findall(page.read_text())[0]
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


@with_guide
def test_failure(
    home: Any, sshd: Any, keys: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the guide does about a service that is not there."""
    home.use_key(keys.plain)
    code = BLOCK.findall(GUIDE.read_text())[1].replace('"lab"', repr(sshd.address))
    with socketlib.socket() as nobody, zmq.Context() as context:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        code = code.replace("tcp://10.0.1.2:5555", f"tcp://127.0.0.1:{port}")
        with context.socket(zmq.REQ) as socket:
            exec(code, {"socket": socket, "ssh": ssh})
    assert capsys.readouterr().out.startswith("the lab is up, but the service is not:")


@with_guide
def test_following(home: Any, sshd: Any, keys: Any, make_socket: Any) -> None:
    """The guide's loop gets what is published at the other end."""
    home.use_key(keys.plain)
    names: dict[str, Any] = {"ssh": ssh, "zmq": zmq, "time": time}
    exec(BLOCK.findall(GUIDE.read_text())[2], names)
    publisher = make_socket(zmq.XPUB, rcvtimeo=10_000)
    port = publisher.bind_to_random_port("tcp://127.0.0.1")
    with zmq.Context() as context, ThreadPoolExecutor(1) as pool:
        news = names["follow"](context, f"tcp://127.0.0.1:{port}", sshd.address)
        first = pool.submit(next, news)
        assert publisher.recv() == b"\x01"
        publisher.send_multipart([b"topic", b"news"])
        assert first.result(10) == [b"topic", b"news"]
        news.close()


@pytest.mark.parametrize("page", [README, pytest.param(GUIDE, marks=with_guide)])
def test_names(page: Path) -> None:
    """Every function and error that the page names exists."""
    text = page.read_text()
    names = re.findall(r"`(\w+)\(", text) + re.findall(r"`(\w+Error)`", text)
    known = {*vars(ssh), *vars(builtins)}
    assert not [name for name in names if name not in known | set(dir(Tunnel))]
