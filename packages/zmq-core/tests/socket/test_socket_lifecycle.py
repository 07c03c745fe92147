"""Closing sockets, and what they do afterwards."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest

import zmq


def test_close_can_be_repeated(context):
    socket = context.socket(zmq.PUSH)
    socket.close()
    assert socket.closed
    socket.close()
    socket.close(linger=0)
    assert socket.closed


def test_with_statement_closes(context):
    with context.socket(zmq.PUSH) as socket:
        assert not socket.closed
    assert socket.closed


def test_with_statement_closes_when_the_block_raises(context):
    with pytest.raises(ZeroDivisionError), context.socket(zmq.PUSH) as socket:
        1 / 0  # noqa: B018
    assert socket.closed


def test_with_statement_and_close_inside(context):
    with context.socket(zmq.PUSH) as socket:
        socket.close()
    assert socket.closed


def test_close_with_linger_discards(context):
    socket = context.socket(zmq.PUSH)
    socket.connect("tcp://127.0.0.1:1")
    socket.send(b"nobody takes this")
    socket.close(linger=0)
    # returns at once, although a message was never delivered
    context.term()


def test_close_keeps_the_linger_of_the_socket(context):
    socket = context.socket(zmq.PUSH)
    socket.linger = 0
    socket.connect("tcp://127.0.0.1:1")
    socket.send(b"nobody takes this")
    socket.close()
    context.term()


def test_messages_arrive_after_close(context, make_socket):
    pull = make_socket(zmq.PULL)
    port = pull.bind_to_random_port("tcp://127.0.0.1")
    with context.socket(zmq.PUSH) as push:
        push.connect(f"tcp://127.0.0.1:{port}")
        for i in range(100):
            push.send(b"%d" % i)
    assert [pull.recv() for _ in range(100)] == [b"%d" % i for i in range(100)]


@pytest.mark.parametrize(
    ("linger", "error"), [("a", TypeError), (b"1", TypeError), (2**40, OverflowError)]
)
def test_wrong_linger_leaves_the_socket_open(make_socket, linger, error):
    socket = make_socket(zmq.PUSH)
    with pytest.raises(error):
        socket.close(linger=linger)
    assert not socket.closed


OPERATIONS = {
    "send": lambda s: s.send(b""),
    "send-frame": lambda s: s.send(zmq.Frame(b""), copy=False),
    "send_multipart": lambda s: s.send_multipart([b"a", b"b"]),
    "send_string": lambda s: s.send_string("a"),
    "send_json": lambda s: s.send_json([1]),
    "send_pyobj": lambda s: s.send_pyobj([1]),
    "send_serialized": lambda s: s.send_serialized(1, lambda _: [b"a"]),
    "recv": lambda s: s.recv(),
    "recv-frame": lambda s: s.recv(copy=False),
    "recv_multipart": lambda s: s.recv_multipart(),
    "recv_into": lambda s: s.recv_into(bytearray(3)),
    "recv_string": lambda s: s.recv_string(),
    "recv_json": lambda s: s.recv_json(),
    "recv_pyobj": lambda s: s.recv_pyobj(),
    "recv_serialized": lambda s: s.recv_serialized(list),
    "bind": lambda s: s.bind("inproc://closed"),
    "connect": lambda s: s.connect("inproc://closed"),
    "unbind": lambda s: s.unbind("inproc://closed"),
    "disconnect": lambda s: s.disconnect("inproc://closed"),
    "bind_to_random_port": lambda s: s.bind_to_random_port("tcp://127.0.0.1"),
    "get": lambda s: s.get(zmq.LINGER),
    "set": lambda s: s.set(zmq.LINGER, 0),
    "attribute": lambda s: s.linger,
    "set-attribute": lambda s: setattr(s, "linger", 0),
    "get_string": lambda s: s.get_string(zmq.IDENTITY),
    "set_string": lambda s: s.set_string(zmq.IDENTITY, "a"),
    "get_hwm": lambda s: s.get_hwm(),
    "set_hwm": lambda s: s.set_hwm(3),
    "hwm": lambda s: s.hwm,
    "fileno": lambda s: s.fileno(),
    "poll": lambda s: s.poll(0),
    "monitor": lambda s: s.monitor("inproc://closed"),
    "get_monitor_socket": lambda s: s.get_monitor_socket(),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_closed_socket_raises(context, name):
    socket = context.socket(zmq.PAIR)
    socket.close()
    with pytest.raises(zmq.ZMQError) as caught:
        OPERATIONS[name](socket)
    assert caught.value.errno in (zmq.ENOTSOCK, zmq.ENOTSUP)


def test_closed_socket_still_tells_what_it_was(context):
    socket = context.socket(zmq.PAIR)
    socket.close()
    assert socket.type == zmq.PAIR
    assert socket.context is context
    assert "zmq.PAIR" in repr(socket)


def test_address_is_free_after_close(context, make_socket, endpoint, transport):
    first = context.socket(zmq.PUSH)
    first.bind(endpoint(transport))
    address = first.last_endpoint.decode()
    first.close()
    # tcp and ipc listeners are closed by the I/O thread, a moment later
    again = make_socket(zmq.PUSH)
    for _ in range(1000):
        try:
            again.bind(address)
        except zmq.ZMQError as error:
            if error.errno != zmq.EADDRINUSE:
                raise
            context.socket(zmq.PUSH).close()
        else:
            break
    else:
        pytest.fail(f"{address} never became free")


def test_closing_one_end_is_not_an_error_for_the_other(socket_pair):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    push.send(b"x")
    push.close()
    assert pull.recv() == b"x"
    with pytest.raises(zmq.Again):
        pull.recv(zmq.DONTWAIT)


def test_close_wakes_a_thread_that_waits(make_socket, in_thread, wait_for):
    # Better than pyzmq 27, where this is undefined behaviour in libzmq.
    socket = make_socket(zmq.PULL)
    waiting = in_thread(socket.recv)
    # any moment will do: before the wait, at its start, or in the middle of it
    wait_for(lambda: waiting.alive)
    socket.close()
    with pytest.raises(zmq.ZMQError) as caught:
        waiting.result()
    assert caught.value.errno == zmq.ENOTSOCK
    assert socket.closed


class Whole:
    """A number that is no int, as numpy's are."""

    def __index__(self) -> int:
        return 0


@pytest.mark.parametrize("arguments", [{}, {"flush": 0.01}], ids=["at once", "flush"])
@pytest.mark.parametrize(
    "linger", [0, 0.9, Decimal(0), Whole()], ids=lambda linger: type(linger).__name__
)
def test_linger_is_any_number(linger, arguments):
    context = zmq.Context()
    push = context.socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:9")
    push.send(b"never sent")
    with contextlib.suppress(zmq.TimedOut):  # of flush
        push.close(linger=linger, **arguments)
    assert push.closed
    context.term(timeout=10)


@pytest.mark.parametrize("arguments", [{}, {"flush": 0.01}], ids=["at once", "flush"])
def test_linger_is_a_number(make_socket, arguments):
    push = make_socket(zmq.PUSH)
    for wrong, error in (
        ("0", TypeError),
        (1e300, OverflowError),
        (2**31, OverflowError),
    ):
        with pytest.raises(error, match="linger"):
            push.close(linger=wrong, **arguments)
        assert not push.closed
