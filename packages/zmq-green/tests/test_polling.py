"""Pollers, select, and polls of one socket, beside other greenlets."""

from __future__ import annotations

import os
import select
import socket
import struct
import tempfile
import time
from typing import Any

import gevent
import pytest

import zmq as sync
import zmq.green as zmq


def poll_once(poller: Any, timeout: float | None = None) -> dict[Any, int]:
    return dict(poller.poll(timeout))


@pytest.fixture
def poller() -> Any:
    return zmq.Poller()


def test_a_poller_waits_for_several(
    socket_pair: Any, poller: Any, spawn: Any, until_waiting: Any
) -> None:
    pairs = [socket_pair(zmq.PUSH, zmq.PULL) for _ in range(5)]
    for _, pull in pairs:
        poller.register(pull, zmq.POLLIN)
    for push, pull in pairs:
        waiting = spawn(poll_once, poller)
        until_waiting(pull)
        push.send(b"")
        assert waiting.get(timeout=5) == {pull: zmq.POLLIN}
        pull.recv()
        assert poller.poll(0) == []


@pytest.mark.parametrize("timeout", [1, 30.5])
def test_a_poller_times_out(make_socket: Any, poller: Any, timeout: float) -> None:
    poller.register(make_socket(zmq.PULL), zmq.POLLIN)
    started = time.monotonic()
    assert poller.poll(timeout) == []
    assert time.monotonic() - started >= timeout / 1000


def test_an_empty_poller(poller: Any) -> None:
    assert poller.poll() == []


@pytest.mark.parametrize("timeout", [None, -1])
def test_polling_for_ever(
    socket_pair: Any, poller: Any, spawn: Any, until_waiting: Any, timeout: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller.register(pull)
    waiting = spawn(poll_once, poller, timeout)
    until_waiting(pull)
    push.send(b"")
    assert waiting.get(timeout=5) == {pull: zmq.POLLIN}


def test_polling_to_send(
    make_socket: Any, poller: Any, spawn: Any, endpoint: Any
) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    poller.register(push, zmq.POLLOUT)
    waiting = spawn(poll_once, poller)
    assert not waiting.ready()
    push.bind(endpoint())
    pull.connect(push.last_endpoint.decode())
    assert waiting.get(timeout=5) == {push: zmq.POLLOUT}


def test_who_polls_and_who_receives(
    socket_pair: Any, poller: Any, spawn: Any, until_waiting: Any
) -> None:
    """Those who only look are told, too, and take nothing from the others."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller.register(pull, zmq.POLLIN)
    lookers = [spawn(poller.poll), spawn(pull.poll), spawn(pull.poll)]
    until_waiting(pull, 3)
    receivers = [spawn(pull.recv), spawn(pull.recv)]
    until_waiting(pull, 5)
    push.send(b"1")
    push.send(b"2")
    assert sorted(g.get(timeout=5) for g in receivers) == [b"1", b"2"]
    push.send(b"3")
    gevent.joinall(lookers, timeout=5, raise_error=True)
    assert all(looker.value for looker in lookers)
    assert pull.recv() == b"3"


def test_a_synchronous_socket_in_a_green_poller(
    context: Any, endpoint: Any, poller: Any, spawn: Any, until_waiting: Any
) -> None:
    with sync.Context() as ctx, ctx.socket(sync.PULL) as pull:
        push = ctx.socket(sync.PUSH)
        pull.bind(endpoint())
        push.connect(pull.last_endpoint)
        poller.register(pull, zmq.POLLIN)
        waiting = spawn(poll_once, poller)
        until_waiting(pull)
        push.send(b"")
        push.close()
        assert waiting.get(timeout=5) == {pull: zmq.POLLIN}


def test_descriptors(poller: Any, spawn: Any, pipe: Any) -> None:
    reading, writing = pipe
    poller.register(reading, zmq.POLLIN)
    waiting = spawn(poll_once, poller)
    assert not waiting.ready()
    os.write(writing, b"x")
    assert waiting.get(timeout=5) == {reading: zmq.POLLIN}
    poller.register(writing, zmq.POLLOUT)
    assert poll_once(poller) == {reading: zmq.POLLIN, writing: zmq.POLLOUT}


def test_objects_with_a_descriptor(
    poller: Any, spawn: Any, tcp_streams: tuple[socket.socket, socket.socket]
) -> None:
    here, there = tcp_streams
    poller.register(here, zmq.POLLIN)
    waiting = spawn(poll_once, poller)
    there.send(b"x")
    assert waiting.get(timeout=5) == {here.fileno(): zmq.POLLIN}
    numbers = ([here.fileno()], [there.fileno()], [])
    assert zmq.select([here], [there], [here, there], 5) == numbers
    assert zmq.select(numbers[0], numbers[1], [], 5) == numbers


def test_only_errors_of_a_descriptor(poller: Any, spawn: Any) -> None:
    reading, writing = os.pipe()
    poller.register(writing, zmq.POLLERR)
    waiting = spawn(poll_once, poller)
    assert not waiting.ready()
    os.close(reading)
    assert waiting.get(timeout=5) == {writing: zmq.POLLERR}
    os.close(writing)


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="needs epoll")
def test_data_that_nobody_asked_for(
    poller: Any,
    spawn: Any,
    rests: Any,
    tcp_streams: tuple[socket.socket, socket.socket],
) -> None:
    """It does not wake who waits for errors, again and again."""
    here, there = tcp_streams
    there.send(b"x")
    poller.register(here, zmq.POLLERR)
    waiting = spawn(poll_once, poller)
    assert rests()
    assert not waiting.ready()
    # to close it without a farewell resets the connection
    there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    there.close()
    assert waiting.get(timeout=5) == {here.fileno(): zmq.POLLERR}


def test_errors_of_a_file_never_come() -> None:
    with tempfile.TemporaryFile() as file:
        assert zmq.zmq_poll([(file, zmq.POLLERR)], 5) == []


def test_what_cannot_be_polled(poller: Any) -> None:
    poller.register("nothing", zmq.POLLIN)
    with pytest.raises(TypeError):
        poller.poll()


def test_select(socket_pair: Any, spawn: Any, until_waiting: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    assert zmq.select([pull], [push], [push]) == ([], [push], [])
    started = time.monotonic()
    assert zmq.select([pull], [], [], 0.02) == ([], [], [])
    assert time.monotonic() - started >= 0.02
    waiting = spawn(zmq.select, [pull], [], [pull], None)
    until_waiting(pull)
    push.send(b"")
    assert waiting.get(timeout=5) == ([pull], [], [])


def test_closing_wakes_pollers(
    make_socket: Any, poller: Any, spawn: Any, until_waiting: Any
) -> None:
    pull, other = make_socket(zmq.PULL), make_socket(zmq.PULL)
    poller.register(other, zmq.POLLIN)
    poller.register(pull, zmq.POLLIN)
    waiting = [spawn(poller.poll), spawn(pull.poll, None, zmq.POLLERR)]
    until_waiting(pull, 2)
    pull.close()
    for greenlet in waiting:
        with pytest.raises(zmq.ZMQError) as caught:
            greenlet.get(timeout=5)
        assert caught.value.errno == zmq.ENOTSOCK
    until_waiting(other, 0)


def test_a_closed_socket_in_a_poller(make_socket: Any, poller: Any) -> None:
    pull = make_socket(zmq.PULL)
    poller.register(pull, zmq.POLLIN)
    pull.close()
    with pytest.raises(zmq.ZMQError):
        poller.poll()


def test_monitor_sockets(
    make_socket: Any, endpoint: Any, spawn: Any, until_waiting: Any
) -> None:
    from zmq.utils.monitor import recv_monitor_message

    server, client = make_socket(zmq.REP), make_socket(zmq.REQ)
    monitor = client.get_monitor_socket(zmq.EVENT_CONNECTED)
    assert type(monitor) is zmq.Socket
    waiting = spawn(recv_monitor_message, monitor)
    until_waiting(monitor)
    server.bind(endpoint("tcp"))
    client.connect(server.last_endpoint.decode())
    assert waiting.get(timeout=5)["event"] == zmq.EVENT_CONNECTED
    client.disable_monitor()
    monitor.close()
