"""Commands whose standard input, output or error the shell has closed."""

from __future__ import annotations

import os
import subprocess
import sys
from errno import EBADF, ENOSPC

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell closes them")

CLOSED = os.strerror(EBADF)


def run(redirections: str, *arguments: str) -> tuple[int, str, str]:
    """Run ``python -m ARGUMENTS`` with redirections of the shell."""
    shell = ["sh", "-c", f'exec "$@" {redirections}', "sh"]
    done = subprocess.run(
        [*shell, sys.executable, "-m", *arguments],
        input="",
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout, done.stderr


PRINTING = [["zmq"], ["zmq", "keygen"], ["zmq", "completion", "bash"]]


@pytest.mark.parametrize("command", PRINTING, ids=" ".join)
@pytest.mark.capability("curve")
def test_the_output_is_closed(command: list[str]) -> None:
    status, _, errors = run(">&-", *command)
    assert status == 1
    assert errors.endswith(f": {CLOSED}\n")
    assert errors.count("\n") == 1


@pytest.mark.capability("curve")
def test_keys_for_a_closed_output() -> None:
    name = "python -m zmq.curve_keygen"
    assert run(">&-", "zmq.curve_keygen") == (1, "", f"{name}: {CLOSED}\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.capability("curve")
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_keys_for_a_full_disk(form: list[str]) -> None:
    status, _, errors = run(">/dev/full", "zmq.curve_keygen", *form)
    assert status == 1
    assert errors == f"python -m zmq.curve_keygen: {os.strerror(ENOSPC)}\n"


def test_messages_from_a_closed_input() -> None:
    address = "tcp://127.0.0.1:0"
    status, _, errors = run("<&-", "zmq", "send", "--bind", address)
    assert status == 1
    assert errors.endswith(f": {CLOSED}\n")
    assert "Traceback" not in errors


def test_an_output_that_is_not_needed() -> None:
    # nobody is there to get it, so it waits until the time is over
    command = ["zmq", "send", "--bind", "tcp://127.0.0.1:0", "--timeout", "0", "x"]
    status, _, errors = run(">&- <&-", *command)
    assert status == 3, errors


@pytest.mark.parametrize("command", [["zmq"], ["zmq.curve_keygen"]], ids=" ".join)
@pytest.mark.capability("curve")
def test_all_are_closed(command: list[str]) -> None:
    assert run("<&- >&- 2>&-", *command) == (1, "", "")


def test_errors_that_nobody_sees() -> None:
    assert run("2>&-", "zmq", "recv", "--connect", "nonsense") == (2, "", "")
