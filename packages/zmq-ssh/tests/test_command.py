"""`zmq tunnel` through a real sshd."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.fixtures.commands import Start
from tests.fixtures.interrupting import interrupt

pytestmark = pytest.mark.usefixtures("nothing_is_left")


def arguments(login: Any, address: str) -> list[str]:
    options = login()
    args = ["tunnel", options["server"], address, "--keyfile", options["keyfile"]]
    return [*args, "--paramiko"] if options["paramiko"] else args


def test_a_tunnel(
    start_zmq: Start, login: Any, echo: Any, client: Any, ask: Any
) -> None:
    process = start_zmq(*arguments(login, echo()), text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert re.fullmatch(r"tcp://127\.0\.0\.1:\d+", url)
    client.connect(url)
    assert ask() == b"hello"
    interrupt(process)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "")


def test_nobody_answers(start_zmq: Start, login: Any, closed_port: int) -> None:
    address = f"tcp://127.0.0.1:{closed_port}"
    out, err = (
        process := start_zmq(*arguments(login, address), text=True)
    ).communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert "the remote address cannot be reached" in err
    assert "Traceback" not in err


def test_mistakes(start_zmq: Start) -> None:
    process = start_zmq("tunnel", "server", "ipc://somewhere", text=True)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, "")
    assert "ipc://somewhere" in err
