"""What goes wrong in the background is raised by `join`."""

from __future__ import annotations

import os
import signal
import socket
from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = [
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
    # They are printed too, for programs that never join.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for addresses that stay in use."""
    monkeypatch.setattr("zmq.devices._side.PATIENCE", 0.05)


@pytest.fixture(params=["Thread", "Process"])
def proxy(request: pytest.FixtureRequest) -> Any:
    return getattr(devices, f"{request.param}Proxy")(zmq.PULL, zmq.PUSH)


def test_an_address_that_is_wrong(proxy: Any) -> None:
    proxy.bind_in("tcp://nowhere")
    proxy.start()
    for _ in range(2):  # whoever joins
        with pytest.raises(zmq.ZMQError, match="tcp://nowhere") as caught:
            proxy.join(10)
        assert caught.value.errno == zmq.EINVAL
    assert proxy.done


@pytest.mark.usefixtures("impatient")
def test_an_address_in_use(proxy: Any, make_socket: Any) -> None:
    holder = make_socket(zmq.PULL)
    holder.bind("tcp://127.0.0.1:0")
    proxy.bind_out(holder.last_endpoint.decode())
    proxy.start()
    with pytest.raises(zmq.ZMQError) as caught:
        proxy.join(10)
    assert caught.value.errno == zmq.EADDRINUSE


def test_an_option_that_is_wrong(proxy: Any) -> None:
    proxy.setsockopt_in(zmq.RCVHWM, -5)
    proxy.start()
    with pytest.raises(zmq.ZMQError, match="Invalid argument"):
        proxy.join(10)


@pytest.mark.usefixtures("impatient")
def test_it_may_start_again_after_a_failure(proxy: Any, make_socket: Any) -> None:
    # Sockets of ZeroMQ leave their port in the background, this one at once.
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    holder.listen()
    address = f"tcp://127.0.0.1:{holder.getsockname()[1]}"
    proxy.bind_in(address)
    proxy.setsockopt_out(zmq.LINGER, 0)
    port = proxy.bind_out_to_random_port("tcp://127.0.0.1")
    proxy.start()
    with pytest.raises(zmq.ZMQError):
        proxy.join(10)
    holder.close()
    proxy.start()
    sender, receiver = make_socket(zmq.PUSH, linger=0), make_socket(zmq.PULL)
    sender.connect(address)
    receiver.connect(f"tcp://127.0.0.1:{port}")
    sender.send(b"now")
    receiver.rcvtimeo = 10_000
    assert receiver.recv() == b"now"
    proxy.stop()
    proxy.join(10)


class UnpicklableError(Exception):
    def __reduce__(self) -> Any:
        raise TypeError("no")


class FailsOddly(devices.ProcessDevice):
    def run_device(self) -> None:
        raise UnpicklableError("x" * 100_000)


def test_a_failure_that_cannot_travel() -> None:
    device = FailsOddly(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    device.start()
    with pytest.raises(RuntimeError, match="UnpicklableError: xxx") as caught:
        device.join(10)
    assert len(str(caught.value)) <= 10_000


def test_a_process_that_is_killed() -> None:
    device = devices.ProcessProxy(zmq.PULL, zmq.PUSH)
    device.start()
    device.statistics()
    os.kill(device.launcher.pid, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="was killed by signal 9"):
            device.join(10)
    assert device.done
    assert device.statistics()["frontend_messages"] == 0
    device.stop()


class Leaves(devices.ProcessDevice):
    def run_device(self) -> None:
        os._exit(7)


def test_a_process_that_leaves() -> None:
    device = Leaves(zmq.QUEUE, zmq.PULL, zmq.PUSH)
    device.start()
    with pytest.raises(RuntimeError, match="exited with 7"):
        device.join(10)


def test_terminating_the_process_is_no_failure() -> None:
    device = devices.ProcessProxy(zmq.PULL, zmq.PUSH)
    device.start()
    device.statistics()
    device.launcher.terminate()
    device.join(10)
    assert device.done


def test_joining_what_was_not_started(proxy: Any) -> None:
    with pytest.raises(RuntimeError, match="Proxy was not started"):
        proxy.join()
    assert not proxy.done


def test_starting_what_runs(proxy: Any) -> None:
    proxy.start()
    with pytest.raises(RuntimeError, match="Proxy runs already"):
        proxy.start()
    proxy.stop()
    proxy.join(10)


@pytest.mark.parametrize("end", ["term", "destroy"])
def test_ending_the_context_ends_the_thread(end: str) -> None:
    context = zmq.Context()
    device = devices.ThreadProxy(zmq.PULL, zmq.PUSH)
    device.context_factory = lambda: context
    device.bind_in("inproc://in")
    device.start()
    sender = context.socket(zmq.PUSH)
    sender.connect("inproc://in")
    device.join(0.01)
    sender.close()
    getattr(context, end)()
    device.join(10)
    assert device.done


def test_join_waits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is over when the time is, also where that is a process."""
    waits: list[float | None] = []
    monkeypatch.setattr(
        "zmq.devices._remote.wait", lambda _, timeout=None: waits.append(timeout)
    )
    device = devices.ProcessProxy(zmq.PULL, zmq.PUSH)
    device.start()
    device.join(10)
    assert not device.done
    monkeypatch.undo()
    device.stop()
    device.join(10)
    # for what it says, and for its end; then there is no time left
    assert len(waits) == 4
    assert waits[0] == 10
    assert waits[2:] == [0, 0]


def test_types_are_needed() -> None:
    with pytest.raises(TypeError, match="in_type must be specified"):
        devices.Device()
    with pytest.raises(TypeError, match="out_type must be specified"):
        devices.ThreadDevice(zmq.QUEUE, zmq.PULL)
