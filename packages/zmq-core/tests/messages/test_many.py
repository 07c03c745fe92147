"""`send_many` and `recv_many`: bursts of messages, each of them whole."""

from __future__ import annotations

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def messages(count: int) -> list[list[bytes]]:
    return [[b"%d" % i, b"body" * (i % 3)] for i in range(count)]


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("count", [1, 2, 500])
def test_burst(pair, count, copy):
    a, b = pair
    assert a.send_many(messages(count), copy=copy) == count
    received = b.recv_many(count, copy=copy)
    assert [[bytes(part) for part in message] for message in received] == messages(
        count
    )
    kinds = {type(part) for message in received for part in message}
    assert kinds == {bytes if copy else zmq.Frame}


def test_over_every_transport(socket_pair, transport):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport)
    assert push.send_many(messages(300)) == 300
    received = []
    while len(received) < 300:
        burst = pull.recv_many(100)
        assert 1 <= len(burst) <= 100
        received += burst
    assert received == messages(300)


def test_takes_no_more_than_asked_for(pair):
    a, b = pair
    a.send_many(messages(10))
    assert b.recv_many(3) == messages(10)[:3]
    assert b.recv_multipart() == messages(10)[3]
    assert b.recv_many(100) == messages(10)[4:]


def test_takes_what_is_there(pair):
    a, b = pair
    a.send_multipart([b"only", b"one"])
    assert b.recv_many(max_messages=100, flags=zmq.DONTWAIT) == [[b"only", b"one"]]


def test_waits_for_the_first_only(pair, in_thread):
    a, b = pair
    waiting = in_thread(b.recv_many, 100)
    a.send(b"x")
    assert waiting.result() == [[b"x"]]


def test_without_waiting(pair):
    with pytest.raises(zmq.Again):
        pair[1].recv_many(5, zmq.DONTWAIT)


def test_timeout(pair):
    b = pair[1]
    b.rcvtimeo = 10
    with pytest.raises(zmq.Again):
        b.recv_many(5)


@pytest.mark.parametrize("bad", [0, -1])
def test_at_least_one(pair, bad):
    with pytest.raises(ValueError, match="max_messages"):
        pair[1].recv_many(bad)


@pytest.mark.parametrize("bad", ["5", None, 1.5], ids=repr)
def test_maximum_is_a_number(pair, bad):
    with pytest.raises(TypeError):
        pair[1].recv_many(bad)


def test_sends_what_fits(socket_pair):
    """At the high-water mark it says how many went, as the documented loop needs."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=5, rcvhwm=5)
    left, received = messages(100), []
    while left:
        sent = push.send_many(left)
        assert 0 < sent <= 10
        left = left[sent:]
        received += pull.recv_many(100)
    while len(received) < 100:
        received += pull.recv_many(100)
    assert received == messages(100)


def test_not_even_the_first_can_be_sent(make_socket, endpoint):
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    with pytest.raises(zmq.Again):
        push.send_many(messages(3), zmq.DONTWAIT)
    push.sndtimeo = 10
    with pytest.raises(zmq.Again):
        push.send_many(messages(3))


def test_nothing_to_send(pair):
    a, b = pair
    assert a.send_many([]) == 0
    assert b.poll(0) == 0


@pytest.mark.parametrize("kind", [tuple, iter, lambda m: (part for part in m)])
def test_iterables(pair, kind):
    a, b = pair
    assert a.send_many(kind([kind(message) for message in messages(3)])) == 3
    assert b.recv_many(5) == messages(3)


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ([[b"1"], ["text"]], TypeError),
        ([[b"1"], [b"2", None]], TypeError),
        ([[b"1"], 3], TypeError),
        ([[b"1"], []], IndexError),
        ([b"ab"], TypeError),
        (3, TypeError),
        (None, TypeError),
    ],
    ids=["text", "None", "number", "empty", "bytes", "int", "nothing"],
)
def test_nothing_is_sent_when_one_is_wrong(pair, bad, error):
    a, b = pair
    with pytest.raises(error):
        a.send_many(bad)
    assert b.poll(0) == 0


def test_wrong_state(socket_pair):
    """A REQ can send one at a time: the second is refused when it is the first."""
    req, rep = socket_pair(zmq.REQ, zmq.REP)
    assert req.send_many([[b"1"], [b"2"]]) == 1
    with pytest.raises(zmq.ZMQError) as caught:
        req.send_many([[b"2"]])
    assert caught.value.errno == zmq.EFSM
    assert rep.recv_many(5) == [[b"1"]]


def test_frames_and_buffers(pair):
    a, b = pair
    parts = [zmq.Frame(b"1"), bytearray(b"2"), memoryview(b"3")]
    assert a.send_many([parts, parts], copy=False) == 2
    assert b.recv_many(2) == [[b"1", b"2", b"3"]] * 2


def test_more_flags_of_frames(pair):
    a, b = pair
    a.send_many([[b"1", b"2"], [b"3"]])
    received = b.recv_many(2, copy=False)
    assert [[part.more for part in m] for m in received] == [[True, False], [False]]


def test_closed_socket(context):
    socket = context.socket(zmq.PAIR)
    socket.close()
    for operation in (lambda: socket.recv_many(1), lambda: socket.send_many([[b"x"]])):
        with pytest.raises(zmq.ZMQError) as caught:
            operation()
        assert caught.value.errno == zmq.ENOTSOCK
