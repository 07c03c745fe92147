"""Peers that run PyPI's pyzmq talk through our devices."""

from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest

import zmq
from zmq import devices

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(
        "ZMQ_TEST_PEER" not in os.environ,
        reason="ZMQ_TEST_PEER names no Python with PyPI's pyzmq",
    ),
]
WORKER = """
import sys, zmq
worker = zmq.Context().socket(zmq.REP)
worker.connect(sys.argv[1])
while True:
    worker.send_multipart([b"done", *worker.recv_multipart()])
"""
STEER = """
import sys, zmq
control = zmq.Context().socket(zmq.PAIR)
control.connect(sys.argv[1])
control.send(b"TERMINATE")
control.close()
control.context.term()
"""


def peer(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([os.environ["ZMQ_TEST_PEER"], "-c", code, *arguments])


@pytest.mark.parametrize("kind", ["ThreadProxy", "ThreadMonitoredQueue"])
def test_their_worker(around: Any, kind: str) -> None:
    made = around(getattr(devices, kind), zmq.ROUTER, zmq.DEALER)
    client = made.connect("in", zmq.REQ)
    with peer(WORKER, f"tcp://127.0.0.1:{made.ports['out']}") as worker:
        try:
            client.send_multipart([b"1", b""])
            assert client.recv_multipart() == [b"done", b"1", b""]
        finally:
            worker.kill()


def test_their_controller() -> None:
    device = devices.ThreadProxySteerable(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PAIR)
    port = device.bind_ctrl_to_random_port("tcp://127.0.0.1")
    device.start()
    with peer(STEER, f"tcp://127.0.0.1:{port}") as controller:
        device.join(10)
        assert device.done
        assert controller.wait(10) == 0
