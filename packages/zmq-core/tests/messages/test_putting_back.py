"""Messages put back into their socket."""

from __future__ import annotations

from typing import Any

import pytest

import zmq


@pytest.fixture
def pull(socket_pair: Any) -> Any:
    """A socket without messages of its own."""
    return socket_pair(zmq.PUSH, zmq.PULL)[1]


def test_order_goes_with_the_message(pull: Any) -> None:
    """Not with the list that it was in, which may come back with another one."""
    message = [b"a"]
    pull._unrecv_in_order(message, 5)
    assert pull.recv_multipart() == [b"a"]
    pull._unrecv(message)
    pull._unrecv_in_order([b"b"], 7)
    assert [pull.recv(), pull.recv()] == [b"b", b"a"]


def test_one_list_twice(pull: Any) -> None:
    message = [b"same"]
    pull._unrecv_in_order(message, 3)
    pull._unrecv_in_order([b"between"], 2)
    pull._unrecv_in_order(message, 1)
    assert [pull.recv() for _ in range(3)] == [b"same", b"between", b"same"]


def test_order_is_common_to_all_shadows(pull: Any) -> None:
    shadow = zmq.Socket(pull)
    pull._unrecv_in_order([b"2"], 2)
    shadow._unrecv_in_order([b"3"], 3)
    pull._unrecv_in_order([b"4"], 4)
    shadow._unrecv_in_order([b"1"], 1)
    assert [pull.recv() for _ in range(4)] == [b"1", b"2", b"3", b"4"]


def test_list_that_changes_afterwards(pull: Any) -> None:
    message = [b"a", b"b"]
    pull._unrecv(message)
    message.clear()
    assert pull.recv_multipart() == [b"a", b"b"]


def test_watcher_that_receives(pull: Any) -> None:
    """All is in its place when those are told who may take it."""
    received = []

    def take() -> None:
        while (frames := pull._try_recv_multipart()) is not None:
            received.append(frames)

    pull._unrecv_in_order([b"1"], 1)
    pull._watch(take, zmq.POLLIN)
    try:
        pull._unrecv_in_order([b"2"], 2)
    finally:
        pull._unwatch(take)
    assert received == [[b"1"], [b"2"]]
    assert not pull.poll(0)


@pytest.mark.parametrize("message", [[], [1], [b"a", None], ["a"], None, (b"a",)])
def test_what_is_no_message(pull: Any, message: Any) -> None:
    for put_back in (pull._unrecv, lambda m: pull._unrecv_in_order(m, 1)):
        with pytest.raises(IndexError if message == [] else TypeError):
            put_back(message)
    assert not pull.poll(0)


@pytest.mark.parametrize("order", [None, "1", 1.5, 2**64])
def test_what_is_no_order(pull: Any, order: Any) -> None:
    with pytest.raises((TypeError, OverflowError)):
        pull._unrecv_in_order([b"a"], order)
    assert not pull.poll(0)


def test_each_of_a_burst_keeps_its_number(socket_pair: Any) -> None:
    """Another one, received in between, gets back to its place among them."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    first, second, third = (pull._order_received() for _ in range(3))
    pull._unrecv_in_order([b"1"], first)
    pull._unrecv_in_order([b"3"], third)
    push.send(b"later")
    burst = pull._try_recv_many(5)
    assert burst == [[b"1"], [b"3"], [b"later"]]
    orders = pull._order_received()
    assert orders[:2] == [first, third]
    assert orders[2] > third
    for message, order in zip(burst, orders):
        pull._unrecv_in_order(message, order)
    pull._unrecv_in_order([b"2"], second)
    assert pull.recv_many(5) == [[b"1"], [b"2"], [b"3"], [b"later"]]
    push.send(b"one")
    assert pull._try_recv() == b"one"
    assert isinstance(pull._order_received(), int)


def test_new_messages_have_one_number(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    push.send_many([[b"1"], [b"2"]])
    pull._unrecv([b"0"])
    assert pull._try_recv_many(1) == [[b"0"]]
    assert isinstance(pull._order_received(), int)
    assert pull.recv_many(5)[0] == [b"1"]
    assert isinstance(pull._order_received(), int)
