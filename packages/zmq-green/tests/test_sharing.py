"""Greenlets that share a socket: each gets what is for it, and no wake-up is lost."""

from __future__ import annotations

import time
from typing import Any

import gevent
import pytest

import zmq.green as zmq


def test_those_who_wait_are_served_in_order(
    socket_pair: Any, spawn: Any, until_waiting: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    greenlets = []
    for i in range(20):
        greenlets.append(spawn(pull.recv))
        until_waiting(pull, i + 1)
    greenlets.pop(7).kill()
    for i in range(19):
        push.send(b"%d" % i)
    assert [g.get(timeout=5) for g in greenlets] == [b"%d" % i for i in range(19)]


def test_one_message_wakes_one_greenlet(
    socket_pair: Any, spawn: Any, until_waiting: Any, monkeypatch: Any
) -> None:
    from zmq.green._waiter import Waiter

    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    greenlets = [spawn(pull.recv) for _ in range(100)]
    until_waiting(pull, 100)
    woken = []
    wake = Waiter.wake
    monkeypatch.setattr(Waiter, "wake", lambda w: (woken.append(w), wake(w)))
    push.send(b"")
    until_waiting(pull, 99)
    assert len(set(woken)) <= 2
    gevent.killall(greenlets)


def test_greenlets_send_and_receive_at_once(socket_pair: Any, spawn: Any) -> None:
    a, b = socket_pair(zmq.DEALER, zmq.DEALER, sndhwm=2, rcvhwm=2, transport="tcp")

    def send(socket: Any, first: int) -> None:
        for i in range(first, first + 100):
            socket.send_multipart([b"%d" % i, b"x"])

    def receive(socket: Any) -> list[int]:
        return [int(socket.recv_multipart()[0]) for _ in range(100)]

    senders = [spawn(send, s, i * 100) for s in (a, b) for i in range(3)]
    receivers = [spawn(receive, s) for s in (a, b) for _ in range(3)]
    gevent.joinall(senders, timeout=10, raise_error=True)
    for each in (receivers[:3], receivers[3:]):
        got = [i for greenlet in each for i in greenlet.get(timeout=5)]
        assert sorted(got) == list(range(300))


def test_a_shadow_of_a_synchronous_socket(endpoint: Any, spawn: Any) -> None:
    import zmq as sync

    with sync.Context() as ctx, ctx.socket(sync.PULL) as pull:
        address = endpoint()
        pull.bind(address)
        green = zmq.Socket(pull)
        also = zmq.Socket.shadow(pull)
        assert isinstance(also, zmq.Socket)
        waiting = [spawn(green.recv), spawn(also.recv)]
        with ctx.socket(sync.PUSH) as push:
            push.connect(address)
            push.send(b"1")
            push.send(b"2")
            assert sorted(g.get(timeout=5) for g in waiting) == [b"1", b"2"]
            monitor = zmq.Socket(push).get_monitor_socket()
            assert type(monitor) is zmq.Socket
            monitor.close()


def test_a_peek_at_events_swallows_nothing(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport="tcp")
    for i in range(50):
        waiting = spawn(pull.recv)
        push.send(b"%d" % i)
        while not pull.get(zmq.EVENTS) & zmq.POLLIN and not waiting.ready():
            time.sleep(0.0005)
        assert waiting.get(timeout=2) == b"%d" % i


@pytest.fixture
def full_and_free(make_socket: Any, endpoint: Any, fill: Any) -> Any:
    """A ROUTER that refuses what its peer "full" has no space for; and its peers."""
    address = endpoint()
    router = make_socket(zmq.ROUTER, router_mandatory=1, sndhwm=1)
    router.bind(address)
    peers = {}
    for name in (b"full", b"free"):
        peers[name] = make_socket(zmq.DEALER, identity=name, rcvhwm=1)
        peers[name].connect(address)
        peers[name].send(b"")
        router.recv_multipart()
    sent = fill(router, b"full")
    assert router.events & zmq.POLLOUT, "there is space for the other peer"
    return router, peers, sent


@pytest.mark.parametrize("others", [0, 2])
def test_events_that_promise_too_much(
    full_and_free: Any, spawn: Any, until_waiting: Any, rests: Any, others: int
) -> None:
    """Other greenlets run while POLLOUT stands for a peer that is not sent to."""
    router, peers, sent = full_and_free
    waiting = [spawn(router.recv) for _ in range(others)]
    waiting.append(spawn(router.send_multipart, [b"full", b"last"]))
    until_waiting(router, others + 1)
    assert rests()
    for i in range(sent):
        assert peers[b"full"].recv() == b"%d" % i
    waiting.pop().get(timeout=5)
    assert peers[b"full"].recv() == b"last"


def test_who_cannot_send_lets_others(full_and_free: Any, spawn: Any, fill: Any) -> None:
    router, peers, sent = full_and_free
    fill(router, b"free")
    first = spawn(router.send_multipart, [b"full", b"first"])
    second = spawn(router.send_multipart, [b"free", b"second"])
    while not second.ready():
        peers[b"free"].recv()
        gevent.sleep(0.001)
    assert not first.ready()
    for i in range(sent):
        assert peers[b"full"].recv() == b"%d" % i
    assert peers[b"full"].recv() == b"first"
