"""The demo shows what it should, fails aloud, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fixtures.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
MODULE = ["-m", "examples.demo"]
LIMIT = 30

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="finds processes through /proc"
)


@pytest.fixture
def scratch():
    """A directory that takes all temporary files; short, for the ipc addresses."""
    path = Path(tempfile.mkdtemp(prefix="zd"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def environment(scratch):
    """What the demo's processes inherit, and what they are known by."""
    return {**os.environ, "TMPDIR": str(scratch), "PYTHONWARNINGS": "error"}


def processes(scratch, role=""):
    """Return the ids of the demo's processes that play the role, or of all."""
    mark = f"TMPDIR={scratch}".encode()
    wanted = f"examples.demo\0{role}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark not in (entry / "environ").read_bytes().split(b"\0"):
                continue
            if wanted in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:  # it ended while it was looked at, or is not ours to look at
            continue
    return found


@contextmanager
def running(environment):
    """The demo in the background."""
    process = subprocess.Popen(
        [sys.executable, *MODULE],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def check_nothing_is_left(scratch):
    if Path("/proc/self/environ").exists():
        wait_for(lambda: not processes(scratch), timeout=5)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [MODULE, [str(ROOT / "examples" / "demo")]],
    ids=["as a module", "by its path"],
)
def test_demo(arguments, environment, scratch, tmp_path):
    by_path = arguments is not MODULE
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tmp_path if by_path else ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    for transport in ("tcp", "ipc", "inproc"):
        assert f"--{transport}--" in done.stdout
    for name in ("worker-3", "client-3", "forecaster", "archive", "stranger"):
        assert name in done.stdout
    requests = re.search(r"([\d,]+) requests answered and checked", done.stdout)
    assert requests
    passed = re.search(r"([\d,]+) messages went through the broker", done.stdout)
    assert passed
    count = int(requests[1].replace(",", ""))
    assert int(passed[1].replace(",", "")) == 2 * count > 0
    assert "in order and without a gap" in done.stdout
    assert "Everything sent has arrived." in done.stdout
    check_nothing_is_left(scratch)


def test_colours_are_for_terminals(environment):
    pty = pytest.importorskip("pty")
    reading, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *MODULE], cwd=ROOT, env=environment, stdout=terminal
    )
    os.close(terminal)
    shown = bytearray()
    with process, open(reading, "rb", buffering=0) as screen:
        try:
            while chunk := screen.read(4096):
                shown += chunk
        except OSError:  # Linux's way to say that the other end was closed
            pass
    assert process.returncode == 0, shown.decode()
    assert b"\x1b[1m" in shown


@needs_proc
@pytest.mark.parametrize("role", ["broker", "worker", "client"])
def test_the_loss_of_a_process_ends_the_demo_with_the_reason(
    role, environment, scratch
):
    with running(environment) as demo:
        victim = wait_for(lambda: processes(scratch, role))[0]
        os.kill(victim, signal.SIGKILL)
        shown, errors = demo.communicate(timeout=LIMIT)
    assert demo.returncode == 1, shown
    assert errors == ""
    assert re.search(rf"The demo failed: (the )?{role}\S* ended with status -9", shown)
    assert "Everything sent has arrived." not in shown
    check_nothing_is_left(scratch)


@needs_proc
@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, 128 + signal.SIGINT)],
)
def test_a_signal_ends_everything(number, status, environment, scratch):
    with running(environment) as demo:
        wait_for(lambda: processes(scratch, "client"))
        demo.send_signal(number)
        _, errors = demo.communicate(timeout=LIMIT)
    assert demo.returncode == status
    assert errors == ""
    check_nothing_is_left(scratch)


@needs_proc
def test_no_process_outlives_a_demo_that_was_killed(environment, scratch):
    with running(environment) as demo:
        wait_for(lambda: processes(scratch, "client"))
        demo.kill()
        demo.wait()
    wait_for(lambda: not processes(scratch), timeout=LIMIT)


def test_an_unknown_role_is_refused():
    done = subprocess.run(
        [sys.executable, *MODULE, "juggler"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "python -m examples.demo" in done.stderr
