"""`send_many` and `recv_many`: bursts of messages, each of them whole."""

from __future__ import annotations

import pytest

import zmq


def released() -> memoryview:
    view = memoryview(b"no longer there")
    view.release()
    return view


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
        ([[b"1"], [b"2", memoryview(b"gaps")[::2]]], BufferError),
        ([[b"1"], [released()]], ValueError),
    ],
    ids=[
        "text",
        "None",
        "number",
        "empty",
        "bytes",
        "int",
        "nothing",
        "gaps",
        "released",
    ],
)
def test_nothing_is_sent_when_one_is_wrong(pair, bad, error):
    a, b = pair
    with pytest.raises(error):
        a.send_many(bad)
    assert b.poll(0) == 0


@pytest.mark.parametrize("bad", [memoryview(b"gaps")[::2], released()])
def test_the_frame_that_is_wrong_is_named(pair, bad):
    with pytest.raises((BufferError, ValueError), match="Frame 1 of message 2"):
        pair[0].send_many([[b"1"], [b"2"], [b"3", bad]])


def test_what_becomes_wrong_meanwhile(pair):
    """It says how many were sent; who sends the rest is told what is wrong."""
    a, b = pair
    view = memoryview(b"soon gone")
    a._watch(view.release, zmq.POLLOUT)  # called when the first is sent
    try:
        assert a.send_many([[b"1"], [b"2", view], [b"3"]]) == 1
    finally:
        a._unwatch(view.release)
    with pytest.raises(ValueError, match="released"):
        a.send_many([[b"2", view], [b"3"]])
    assert b.recv_many(5) == [[b"1"]]


def test_the_peer_goes_in_the_middle(make_socket, endpoint):
    """Those that a living peer gets are whole, and the rest is known."""
    address = endpoint()
    push, first = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.sndhwm = first.rcvhwm = 5
    push.bind(address)
    first.connect(address)
    left = messages(50)
    first_sent = push.send_many(left)
    assert 0 < first_sent <= 10
    received = first.recv_many(3)
    push._watch(first.close, zmq.POLLOUT)  # as soon as one more is sent
    try:
        again = push.send_many(left[first_sent:], zmq.DONTWAIT)
    except zmq.Again:
        again = 0
    finally:
        push._unwatch(first.close)
    left = left[first_sent + again :]
    first.close()
    second = make_socket(zmq.PULL)
    second.connect(address)
    assert received == messages(3)
    later = []
    while left:
        sent = push.send_many(left)
        left = left[sent:]
        later += second.recv_many(100)
    while second.poll(100):
        later += second.recv_many(100)
    # What the first had been given, and did not take, is gone with it.
    assert later == messages(50)[-len(later) :]
    assert len(later) >= 50 - first_sent - again


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


def test_several_receivers(socket_pair, in_thread, wait_for):
    """Each gets whole messages, in their order; together they get all of them, once."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=0, rcvhwm=0)
    ended = []

    def receive():
        got = []
        while True:
            for message in pull.recv_many(7):
                if message == [b"end"]:
                    ended.append(got)
                    return got
                assert len(message) == 2
                got.append(int(message[0]))

    receivers = [in_thread(receive) for _ in range(4)]
    for i in range(0, 3000, 10):
        push.send_many(messages(3000)[i : i + 10])
    for n in range(1, 5):
        push.send(b"end")
        wait_for(lambda n=n: len(ended) == n)
    received = []
    for receiver in receivers:
        got = receiver.result()
        assert got == sorted(got)
        received += got
    assert sorted(received) == list(range(3000))
