"""Processes of devices: how they start, and when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from typing import Any

import pytest
from tests.fixtures.processes import is_alive

PROGRAM = """
import multiprocessing, os, sys, time
import zmq
from zmq import devices

class Mine(devices.ProcessMonitoredQueue):
    def run_device(self):
        super().run_device()

if __name__ == "__main__":
    method, out = sys.argv[1:]
    multiprocessing.set_start_method(method)
    device = Mine(zmq.PULL, zmq.PUSH)
    device.setsockopt_out(zmq.LINGER, 0)
    port = device.bind_in_to_random_port("tcp://127.0.0.1")
    device.connect_out(out)
    device.pause()
    device.start()
    with zmq.Context() as context, context.socket(zmq.PUSH) as sender:
        sender.connect(f"tcp://127.0.0.1:{port}")
        sender.send(b"%d" % device.launcher.pid)
        device.resume()
        while not device.statistics()["frontend_messages"]:
            time.sleep(0.01)
"""


@pytest.fixture
def receiver(make_socket: Any) -> Any:
    import zmq

    receiver = make_socket(zmq.PULL, rcvtimeo=20_000)
    receiver.bind("tcp://127.0.0.1:0")
    return receiver


def start(code: str, tmp_path: Any, *arguments: str) -> subprocess.Popen[str]:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM + textwrap.indent(textwrap.dedent(code), "    "))
    return subprocess.Popen(
        [sys.executable, str(path), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_start_methods(method: str, tmp_path: Any, receiver: Any) -> None:
    code = """
    device.stop()
    device.join(20)
    assert device.done
    """
    program = start(code, tmp_path, method, receiver.last_endpoint.decode())
    assert int(receiver.recv()) > 0
    _, errors = program.communicate(timeout=20)
    assert (program.returncode, errors) == (0, "")


@pytest.mark.parametrize("end", ["returns", "is killed"])
def test_a_daemon_ends_with_its_parent(
    end: str, tmp_path: Any, receiver: Any, wait_for: Any
) -> None:
    code = "" if end == "returns" else "time.sleep(60)"
    program = start(code, tmp_path, "fork", receiver.last_endpoint.decode())
    pid = int(receiver.recv())
    if code:
        assert is_alive(pid)
        program.kill()
    program.communicate(timeout=20)
    wait_for(lambda: not is_alive(pid))


def test_a_daemon_outlives_the_last_reference(
    tmp_path: Any, receiver: Any, wait_for: Any
) -> None:
    code = """
    process = device.launcher
    del device
    with zmq.Context() as context, context.socket(zmq.PUSH) as sender:
        sender.connect(f"tcp://127.0.0.1:{port}")
        sender.send(b"still there")
        time.sleep(60)
    """
    program = start(code, tmp_path, "fork", receiver.last_endpoint.decode())
    receiver.recv()
    assert receiver.recv() == b"still there"
    program.kill()
    program.communicate(timeout=20)


def test_others_than_daemons_keep_the_program_running(
    tmp_path: Any, receiver: Any
) -> None:
    code = """
    device.stop()
    device.join(20)
    device.daemon = False
    device.start()
    print(device.launcher.pid, flush=True)
    """
    program = start(code, tmp_path, "fork", receiver.last_endpoint.decode())
    receiver.recv()
    pid = int(program.stdout.readline())
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(timeout=0.5)
    assert is_alive(pid)
    os.kill(pid, signal.SIGTERM)
    program.communicate(timeout=20)
    assert not is_alive(pid)


def test_ctrl_c_is_the_parents_to_handle(tmp_path: Any, receiver: Any) -> None:
    code = """
    import signal
    os.kill(device.launcher.pid, signal.SIGINT)
    device.join(0.2)
    assert not device.done
    device.stop()
    device.join(20)
    """
    program = start(code, tmp_path, "fork", receiver.last_endpoint.decode())
    receiver.recv()
    _, errors = program.communicate(timeout=20)
    assert (program.returncode, errors) == (0, "")


def test_a_program_ends_with_its_thread_devices(run_python: Any) -> None:
    """Also with messages that nobody takes."""
    run_python(
        """
        import zmq, zmq.devices
        device = zmq.devices.ThreadProxy(zmq.PULL, zmq.PUSH)
        device.setsockopt_out(zmq.LINGER, 0)
        port = device.bind_in_to_random_port("tcp://127.0.0.1")
        device.connect_out("tcp://127.0.0.1:1")
        device.start()
        with zmq.Context() as context, context.socket(zmq.PUSH) as sender:
            sender.connect(f"tcp://127.0.0.1:{port}")
            sender.send(b"1")
        """
    )
