"""How tunnels end with the program that made them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any, Callable

import pytest
from tests.fixtures.interrupting import wait_until_asleep
from tests.fixtures.processes import Result, is_alive
from tests.fixtures.waiting import wait_for

Run = Callable[..., Result]

# Opens a tunnel to sshd itself, which greets whoever connects.
PROGRAM = """
import logging, os, signal, sys, time
from zmq import ssh
if os.name == "posix":  # which nohup may have had ignored, and ssh then ignores, too
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
logging.basicConfig()
server, port, key, paramiko = sys.argv[1:]
url, tunnel = ssh.open_tunnel(
    f"tcp://127.0.0.1:{port}", server, key, None, paramiko == "True", 10
)
print(tunnel.local_port, getattr(tunnel, "pid", 0), flush=True)
"""

# In short steps: a signal that comes just before a long wait does not end it.
WAIT = """
while True:
    time.sleep(0.05)
"""


@pytest.fixture
def arguments(home: Any, sshd: Any, keys: Any, paramiko: bool) -> list[str]:
    return [sshd.address, str(sshd.port), str(keys.plain), str(paramiko)]


def test_exit(run_python: Run, arguments: list[str], listens: Any) -> None:
    end = "del tunnel; raise LookupError('of the program')"
    done = run_python(PROGRAM + end, *arguments, check=False)
    port, pid = map(int, done.stdout.split())
    assert not listens(port)
    assert pid == 0 or not is_alive(pid)
    assert "Tunnel" not in done.stderr


def test_an_interrupted_program(arguments: list[str], listens: Any) -> None:
    wait = PROGRAM + WAIT
    with subprocess.Popen(
        [sys.executable, "-c", wait, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        port, pid = map(int, program.stdout.readline().split())
        assert listens(port)
        program.send_signal(signal.SIGINT)
        program.wait(10)
    if sys.implementation.name == "pypy":
        # It ends itself without a call of what is registered for its exit. Then the
        # terminal hangs up, and ssh ends, a moment later.
        wait_for(lambda: pid == 0 or not is_alive(pid))
    assert not listens(port)
    assert pid == 0 or not is_alive(pid)


def test_a_killed_program_leaves_nothing_behind(
    arguments: list[str], listens: Any
) -> None:
    wait = PROGRAM + WAIT
    with subprocess.Popen(
        [sys.executable, "-c", wait, *arguments], stdout=subprocess.PIPE, text=True
    ) as program:
        port, pid = map(int, program.stdout.readline().split())
        if pid:
            # As it begins its loop, ssh ignores a hang-up of its terminal for a moment.
            wait_until_asleep(pid)
        program.kill()
        program.wait()
    # Nobody connects meanwhile: that keeps it, and the server, busy.
    wait_for(lambda: pid == 0 or not is_alive(pid), timeout=20)
    wait_for(lambda: not listens(port))


def _undoes_what_is_ignored() -> bool:
    done = subprocess.run(
        ["env", "--default-signal=HUP,TERM", "true"],
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


DEAF = {
    "ignored": "signal.signal(signal.SIGHUP, signal.SIG_IGN)",
    "blocked": "signal.pthread_sigmask(0, [signal.SIGHUP, signal.SIGTERM])",
}


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs SIGHUP")
@pytest.mark.parametrize("deaf", DEAF)
@pytest.mark.parametrize("paramiko", [False], ids=["openssh"])
def test_a_killed_program_that_hears_no_hang_up(
    arguments: list[str], deaf: str
) -> None:
    """What it ignores or blocks, as under nohup, still ends its ssh."""
    if not _undoes_what_is_ignored():
        pytest.skip("needs the env of GNU coreutils 8.31")
    wait = PROGRAM.replace("logging.basicConfig()", DEAF[deaf]) + WAIT
    with subprocess.Popen(
        [sys.executable, "-c", wait, *arguments], stdout=subprocess.PIPE, text=True
    ) as program:
        _, pid = map(int, program.stdout.readline().split())
        wait_until_asleep(pid)
        program.kill()
        program.wait()
    try:
        wait_for(lambda: not is_alive(pid), timeout=20)
    except TimeoutError:
        os.kill(pid, signal.SIGKILL)
        raise


FORKED_AT_LOGIN = """
import warnings
from zmq.ssh import _openssh
warnings.filterwarnings("ignore", "This process .* is multi-threaded")
converse = _openssh._converse

def fork(process, *others):
    child = os.fork()
    if child == 0:
        os._exit(1 if os.path.exists(f"/dev/fd/{process.output.fd}") else 0)
    assert os.waitpid(child, 0)[1] == 0, "the child has a terminal of ssh"
    converse(process, *others)

_openssh._converse = fork
ssh.open_tunnel(f"tcp://127.0.0.1:{port}", server, key, None, False, 10)[1].close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
@pytest.mark.parametrize("paramiko", [False], ids=["openssh"])
def test_a_child_forked_during_the_login_has_no_terminal(
    run_python: Run, arguments: list[str]
) -> None:
    """With it, ssh would stay for as long as the child does."""
    assert run_python(PROGRAM + FORKED_AT_LOGIN, *arguments).stderr == ""


FORK = """
import warnings
warnings.filterwarnings("ignore", "This process .* is multi-threaded")
reading, writing = os.pipe()
child = os.fork()
if child == 0:
    tunnel.close()
    with tunnel:
        pass
    assert not tunnel.is_alive()
    os.close(writing)
    os.read(reading, 1)  # stays until the parent has ended
    sys.exit(0)
os.close(reading)
import socket
for _ in range(3):
    with socket.create_connection(("127.0.0.1", tunnel.local_port)) as one:
        assert one.recv(3) == b"SSH"
assert tunnel.is_alive()
tunnel.close()
with socket.socket() as probe:
    assert probe.connect_ex(("127.0.0.1", tunnel.local_port)) != 0
os.close(writing)
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_a_forked_child_does_not_own_it(run_python: Run, arguments: list[str]) -> None:
    assert run_python(PROGRAM + FORK, *arguments).stderr == ""


def test_the_end_of_a_tunnel_is_logged(
    run_python: Run, home: Any, sshd: Any, keys: Any
) -> None:
    done = run_python(
        PROGRAM
        + """
os.kill(tunnel.pid, 15)
tunnel.join(10)
""",
        sshd.address,
        str(sshd.port),
        str(keys.plain),
        "False",
    )
    assert "ERROR:zmq.ssh:tunnel through" in done.stderr
