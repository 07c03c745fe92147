"""A socket that is always ready does not keep other greenlets from running."""

from __future__ import annotations

import time
from typing import Any, Callable

import gevent
import pytest

import zmq.green as zmq

FLOODS: dict[str, Callable[[Any, Any], Any]] = {
    "frames": lambda push, pull: (push.send(b""), pull.recv()),
    "messages": lambda push, pull: (push.send_multipart([b""]), pull.recv_multipart()),
    "into": lambda push, pull: (push.send(b""), pull.recv_into(bytearray(1))),
}


@pytest.mark.parametrize("name", FLOODS)
def test_others_get_their_turn(socket_pair: Any, spawn: Any, name: str) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    ticks: list[float] = []

    def tick() -> None:
        while True:
            gevent.sleep(0.001)
            ticks.append(time.monotonic())

    spawn(tick)
    gevent.sleep(0.01)
    ticks.clear()
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        FLOODS[name](push, pull)
    # 50 when the machine is idle
    assert len(ticks) >= 15


def test_no_turn_without_blocking(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    gevent.sleep(0.02)
    other = gevent.spawn(lambda: None)
    end = time.monotonic() + 0.05
    while time.monotonic() < end:
        push.send(b"", zmq.NOBLOCK)
        pull.recv(zmq.NOBLOCK)
    assert not other.ready()
    other.join()


def test_no_turn_within_a_message(socket_pair: Any, spawn: Any) -> None:
    """Else others could put theirs between its frames, or take some of them."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)

    def send(name: bytes) -> None:
        for _ in range(5):
            push.send(name, zmq.SNDMORE)
            for _ in range(4):
                time.sleep(0.004)
                push.send(name, zmq.SNDMORE)
            time.sleep(0.004)
            push.send(name)

    def receive() -> list[bytes]:
        frames = [pull.recv()]
        while pull.rcvmore:
            time.sleep(0.004)
            frames.append(pull.recv())
        return frames

    senders = [spawn(send, name) for name in (b"a", b"b")]
    received = []
    receivers = [
        spawn(lambda: received.extend(receive() for _ in range(5))) for _ in range(2)
    ]
    gevent.joinall(senders + receivers, timeout=30, raise_error=True)
    assert sorted(received) == [[b"a"] * 6] * 5 + [[b"b"] * 6] * 5


def test_a_timeout_in_the_turn_loses_nothing(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    sent = received = 0
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        try:
            with gevent.Timeout(0.002):
                while True:
                    push.send(b"%d" % sent)
                    sent += 1
        except gevent.Timeout:
            pass
        try:
            with gevent.Timeout(0.002):
                while True:
                    assert pull.recv() == b"%d" % received
                    received += 1
        except gevent.Timeout:
            pass
    while pull.poll(0):
        assert pull.recv() == b"%d" % received
        received += 1
    assert sent == received


def test_the_hub_may_send(socket_pair: Any) -> None:
    """A callback of the hub can do what need not wait; it cannot give turns."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)

    def send() -> None:
        end = time.monotonic() + 0.03
        while time.monotonic() < end:
            push.send(b"x")
            pull.recv()
        push.send(b"end")

    gevent.get_hub().loop.run_callback(send)
    assert pull.recv() == b"end"
