"""`Socket.poll`, and events of one socket."""

from __future__ import annotations

import select
import time

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def test_readable(pair):
    a, b = pair
    assert a.poll(0) == 0
    b.send(b"x")
    assert a.poll(0) == a.poll(1000) == zmq.POLLIN
    a.recv()
    assert a.poll(0) == 0


def test_flags(pair):
    a, b = pair
    both = zmq.POLLIN | zmq.POLLOUT
    assert a.poll(0, zmq.POLLOUT) == zmq.POLLOUT
    assert a.poll(timeout=0, flags=both) == zmq.POLLOUT
    b.send(b"x")
    assert a.poll(0, both) == both
    assert a.poll(0, 0) == 0
    assert a.poll(0, zmq.POLLERR) == 0


def test_result_is_an_integer(pair):
    a, b = pair
    assert isinstance(a.poll(0), int)
    b.send(b"x")
    assert isinstance(a.poll(0), int)


@pytest.mark.parametrize("arguments", [(), (None,), (-1,)])
def test_waiting_for_ever(pair, in_thread, arguments):
    a, b = pair
    waiting = in_thread(a.poll, *arguments)
    b.send(b"x")
    assert waiting.result() == zmq.POLLIN


def test_timeout(pair):
    a, _ = pair
    for timeout in (30, 30.5):
        before = time.monotonic()
        assert a.poll(timeout) == 0
        assert 0.028 <= time.monotonic() - before < 5


@pytest.mark.parametrize("arguments", [("x",), (0, "x"), ([1],)], ids=repr)
def test_wrong_arguments(pair, arguments):
    with pytest.raises(TypeError):
        pair[0].poll(*arguments)


def test_writable_again(socket_pair):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)
    while push.poll(0, zmq.POLLOUT):
        push.send(b"x")
    pull.recv()
    pull.recv()
    assert push.poll(10_000, zmq.POLLOUT) == zmq.POLLOUT


def test_not_writable_without_a_peer(make_socket):
    push = make_socket(zmq.PUSH)
    assert push.poll(0, zmq.POLLOUT) == 0
    assert push.events == 0


def test_events_option(pair):
    a, b = pair
    assert a.events == a.get(zmq.EVENTS) == zmq.POLLOUT
    b.send(b"x")
    assert a.events == zmq.POLLIN | zmq.POLLOUT


def test_descriptor_as_the_manual_says(pair, in_thread):
    """Edge-triggered: wait for the descriptor, then look at EVENTS until done."""
    a, b = pair

    def serve(count):
        received = []
        while len(received) < count:
            while a.events & zmq.POLLIN:
                received.append(a.recv(zmq.DONTWAIT))
            if len(received) < count:
                select.select([a.fileno()], [], [], 10)
        return received

    serving = in_thread(serve, 50)
    for i in range(50):
        b.send(b"%d" % i)
    assert serving.result() == [b"%d" % i for i in range(50)]
