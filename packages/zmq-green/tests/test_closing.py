"""What happens to those who wait when a socket is closed, and what is left then."""

from __future__ import annotations

import gc
from typing import Any

import gevent
import pytest

import zmq.green as zmq


def test_closing_wakes_all(make_socket: Any, spawn: Any, until_waiting: Any) -> None:
    dealer = make_socket(zmq.DEALER)
    waiting = [spawn(dealer.recv) for _ in range(3)]
    waiting += [spawn(dealer.send, b"") for _ in range(3)]
    waiting += [spawn(dealer.poll)]
    until_waiting(dealer, 7)
    dealer.close()
    purposes = ["to receive"] * 3 + ["to send"] * 3 + ["polled"]
    for waiter, purpose in zip(waiting, purposes):
        with pytest.raises(zmq.ZMQError, match=purpose) as caught:
            waiter.get(timeout=5)
        assert caught.value.errno == zmq.ENOTSOCK


def test_a_closed_socket(make_socket: Any) -> None:
    dealer = make_socket(zmq.DEALER)
    dealer.close()
    for call in (dealer.recv, dealer.poll, lambda: dealer.send(b"")):
        with pytest.raises(zmq.ZMQError) as caught:
            call()
        assert caught.value.errno == zmq.ENOTSOCK


def test_the_descriptor_is_forgotten_before_it_is_closed(
    context: Any, socket_pair: Any, spawn: Any, until_waiting: Any
) -> None:
    """The next socket often gets the same one."""
    for _ in range(20):
        old = context.socket(zmq.PULL)
        waiting = spawn(old.recv)
        until_waiting(old)
        old.close()
        push, pull = socket_pair(zmq.PUSH, zmq.PULL)
        receiving = spawn(pull.recv)
        push.send(b"new")
        assert receiving.get(timeout=2) == b"new"
        with pytest.raises(zmq.ZMQError):
            waiting.get()
        push.close()
        pull.close()


def test_nothing_is_left_behind(socket_pair: Any, spawn: Any, rests: Any) -> None:
    """No watcher spins on a readable socket that nobody waits for."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    spawn(pull.recv).kill()
    spawn(pull.poll).kill()
    push.send(b"")
    hub = gevent.get_hub()
    assert [channel.waiting for channel in pull._channels.values()] == [0]
    # before anything looks into the socket, after which its descriptor rests
    assert rests()
    before = hub.loop.activecnt
    spawn(pull.poll).get()
    assert hub.loop.activecnt == before


def test_a_socket_is_garbage_like_any_other(context: Any) -> None:
    sockets = [context.socket(zmq.PULL)]
    sockets[0].poll(1)

    def drop() -> None:
        sockets.clear()
        gc.collect()

    with pytest.warns(ResourceWarning, match="Unclosed socket <zmq.green.Socket"):
        drop()
