"""Who times out, or is killed, has neither sent nor received."""

from __future__ import annotations

import time
from typing import Any

import gevent
import pytest

import zmq.green as zmq


@pytest.mark.parametrize("timeout", [0, 1, 40])
def test_rcvtimeo(make_socket: Any, spawn: Any, timeout: int) -> None:
    pull = make_socket(zmq.PULL, rcvtimeo=timeout)
    ticks = []
    spawn(lambda: [ticks.append(gevent.sleep(0.004)) for _ in range(1000)])
    for receive in (
        pull.recv,
        pull.recv_multipart,
        lambda: pull.recv_into(bytearray(1)),
    ):
        started = time.monotonic()
        with pytest.raises(zmq.Again):
            receive()
        assert time.monotonic() - started >= timeout / 1000
    assert timeout < 40 or ticks


@pytest.mark.parametrize("timeout", [0, 1, 40])
def test_sndtimeo(make_socket: Any, timeout: int) -> None:
    push = make_socket(zmq.PUSH, sndtimeo=timeout)
    for send in (push.send, lambda x: push.send_multipart([x])):
        started = time.monotonic()
        with pytest.raises(zmq.Again):
            send(b"x")
        assert time.monotonic() - started >= timeout / 1000


def test_a_message_in_time(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, rcvtimeo=5000)
    waiting = spawn(pull.recv)
    push.send(b"in time")
    assert waiting.get() == b"in time"


@pytest.mark.parametrize("timeout", [1, 40.5])
def test_poll_times_out(make_socket: Any, timeout: float) -> None:
    pull = make_socket(zmq.PULL)
    started = time.monotonic()
    assert pull.poll(timeout) == 0
    assert time.monotonic() - started >= timeout / 1000


def test_a_timeout_of_gevent_loses_nothing(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    for i in range(300):
        if i % 3:
            gevent.spawn_later(0.0005 * (i % 4), push.send, b"%d" % i)
        received = None
        with gevent.Timeout(0.001, False):
            received = pull.recv()
        if i % 3 and received is None:
            received = pull.recv()
        assert received == (b"%d" % i if i % 3 else None)


def test_killing_loses_nothing(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    received = []
    for i in range(200):
        victims = [spawn(lambda: received.append(pull.recv())) for _ in range(3)]
        gevent.sleep(0)
        push.send(b"%d" % i)
        if i % 2:
            gevent.sleep(0)
        gevent.killall(victims)
        if len(received) <= i:
            received.append(pull.recv())
    assert received == [b"%d" % i for i in range(200)]


def test_a_killed_sender_has_sent_nothing(
    socket_pair: Any, spawn: Any, fill: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)
    sent = fill(push)
    victims = [spawn(push.send_multipart, [b"never", b"sent"]) for _ in range(3)]
    survivor = spawn(push.send, b"last")
    gevent.killall(victims)
    received = [pull.recv_multipart() for _ in range(sent + 1)]
    survivor.get(timeout=5)
    assert received == [[b"%d" % i] for i in range(sent)] + [[b"last"]]
    assert not pull.poll(5)
