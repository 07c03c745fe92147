"""Stopping, pausing, resuming and counting, without a control socket."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
FORMS = ["Thread", "Process"]


@pytest.fixture(params=FORMS)
def streamer(request: pytest.FixtureRequest) -> Any:
    return getattr(devices, f"{request.param}Proxy")


def test_statistics(around: Any, streamer: Any, wait_for: Any) -> None:
    made = around(streamer, zmq.PAIR, zmq.PAIR)
    a, b = made.connect("in", zmq.PAIR), made.connect("out", zmq.PAIR)
    for _ in range(10):
        a.send_multipart([b"12345", b"678"])
        b.recv_multipart()
    b.send(b"9")
    a.recv()
    passed = {
        "frontend_messages": 10,
        "frontend_bytes": 80,
        "backend_messages": 1,
        "backend_bytes": 1,
    }
    wait_for(lambda: made.device.statistics() == passed)
    made.device.stop()
    made.device.join(10)
    assert made.device.statistics() == passed  # the last ones stay


def test_pause_and_resume(around: Any, streamer: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH)
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
    sender.send(b"1")
    assert receiver.recv() == b"1"
    made.device.pause()
    # What the loop is at when it is told, it still passes on.
    for i in range(100):
        sender.send(b"%d" % i)
        if not receiver.poll(200):
            break
        assert receiver.recv() == b"%d" % i
    made.device.resume()
    assert receiver.recv() == b"%d" % i


def test_paused_before_it_starts(around: Any, streamer: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH, start=False)
    made.device.pause()
    made.device.start()
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
    sender.send(b"1")
    assert not receiver.poll(100)
    made.device.resume()
    assert receiver.recv() == b"1"
    made.device.stop()
    made.device.join(10)


def test_stopped_before_it_starts(around: Any, streamer: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH, start=False)
    made.device.stop()
    assert made.device.statistics()["frontend_messages"] == 0
    made.device.start()
    made.device.join(10)
    assert made.device.done


def test_stopping_twice_and_too_late(around: Any, streamer: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH)
    for _ in range(2):
        made.device.stop()
    made.device.join(10)
    for steer in ("stop", "pause", "resume"):
        getattr(made.device, steer)()
    made.device.join(10)
    made.device.start()  # nothing of it is left over for the next run
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
    sender.send(b"again")
    assert receiver.recv() == b"again"


def test_stop_wakes_who_joins(around: Any, streamer: Any, in_thread: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH)
    joining = [in_thread(made.device.join) for _ in range(3)]
    made.device.statistics()
    assert all(running.alive for running in joining)
    made.device.stop()
    for running in joining:
        assert running.result() is None


def test_stop_while_the_receiver_is_full(around: Any, streamer: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH, start=False)
    made.device.setsockopt_in(zmq.RCVHWM, 1)
    made.device.setsockopt_out(zmq.SNDHWM, 1)
    made.device.start()
    sender = made.connect("in", zmq.PUSH, sndhwm=1)
    for _ in range(3):
        sender.send(b"nobody takes it")
    made.device.stop()
    made.device.join(10)
    assert made.device.done


def test_join_with_a_timeout(around: Any, streamer: Any, deadline: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH)
    limit = deadline(5)
    made.device.join(0.05)
    made.device.join(timeout=0)
    assert not limit.passed
    assert not made.device.done
    assert made.device.launcher.is_alive()


def test_steering_from_many_threads(around: Any, streamer: Any, in_thread: Any) -> None:
    made = around(streamer, zmq.PULL, zmq.PUSH)
    sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)

    def steer() -> None:
        for _ in range(30):
            made.device.pause()
            assert set(made.device.statistics()) == {
                "frontend_messages",
                "frontend_bytes",
                "backend_messages",
                "backend_bytes",
            }
            made.device.resume()

    steering = [in_thread(steer) for _ in range(4)]
    for i in range(300):
        sender.send(b"%d" % i)
    for running in steering:
        running.result(20)
    assert [receiver.recv() for _ in range(300)] == [b"%d" % i for i in range(300)]


def test_what_was_passed_on_leaves(make_socket: Any, streamer: Any) -> None:
    """`stop` lets messages go to a receiver that is slow to connect."""
    device = streamer(zmq.PULL, zmq.PUSH)
    port = device.bind_in_to_random_port("tcp://127.0.0.1")
    receiver = make_socket(zmq.PULL, rcvtimeo=10_000)
    receiver.bind("tcp://127.0.0.1:0")
    device.connect_out(receiver.last_endpoint.decode())
    device.start()
    sender = make_socket(zmq.PUSH)
    sender.connect(f"tcp://127.0.0.1:{port}")
    for i in range(200):
        sender.send(b"%d" % i)
    while device.statistics()["frontend_messages"] < 200:
        pass
    device.stop()
    device.join(10)
    assert [receiver.recv() for i in range(200)] == [b"%d" % i for i in range(200)]


class TestForeground:
    """A device that runs in the thread that starts it."""

    @pytest.mark.parametrize("kind", ["Device", "Proxy", "MonitoredQueue"])
    def test_it_runs_until_stopped(
        self, around: Any, kind: str, in_thread: Any
    ) -> None:
        made = around(getattr(devices, kind), zmq.PULL, zmq.PUSH, start=False)
        running = in_thread(made.device.start)
        sender, receiver = made.connect("in", zmq.PUSH), made.connect("out", zmq.PULL)
        sender.send(b"1")
        assert receiver.recv() == b"1"
        made.device.join(0.01)
        assert not made.device.done
        made.device.stop()
        made.device.join(10)
        assert made.device.done
        running.result()

    def test_its_failure_is_raised(self) -> None:
        device = devices.Device(zmq.QUEUE, zmq.PULL, zmq.PUSH)
        device.connect_in("tcp://nowhere")
        for attempt in (device.start, device.join):
            with pytest.raises(zmq.ZMQError, match="tcp://nowhere"):
                attempt()
        assert device.done

    def test_it_can_be_interrupted(self, run_python: Any) -> None:
        run_python(
            """
            import os, signal, threading, zmq, zmq.devices
            device = zmq.devices.Proxy(zmq.PULL, zmq.PUSH)
            device.bind_in("inproc://in")
            interrupt = lambda: os.kill(os.getpid(), signal.SIGINT)
            threading.Timer(0.1, interrupt).start()
            try:
                device.start()
            except KeyboardInterrupt:
                assert device.done
                os._exit(0)
            os._exit(1)
            """
        )


def test_signal_handlers_may_steer(run_python: Any) -> None:
    """Also when they interrupt the thread that steers."""
    run_python(
        """
        import signal, zmq, zmq.devices
        device = zmq.devices.ThreadProxy(zmq.PULL, zmq.PUSH)
        device.bind_in("inproc://in")
        device.start()
        signal.signal(signal.SIGALRM, lambda *_: (device.pause(), device.resume()))
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.0005)
        for _ in range(2000):
            device.statistics(), device.pause(), device.resume()
        signal.setitimer(signal.ITIMER_REAL, 0)
        device.stop()
        device.join(10)
        assert device.done
        """
    )


def test_the_thread_has_a_name() -> None:
    device = devices.ThreadMonitoredQueue(zmq.PULL, zmq.PUSH)
    device.daemon = False
    device.start()
    assert device.launcher in threading.enumerate()
    assert device.launcher.name == "ThreadMonitoredQueue"
    assert not device.launcher.daemon
    device.stop()
    device.join(10)
