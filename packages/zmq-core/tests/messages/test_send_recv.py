"""Single frames: what can be sent, what arrives, when it waits."""

from __future__ import annotations

import array
import mmap
import time

import pytest

import zmq

SIZES = [0, 1, 29, 30, 33, 255, 256, 8192, 65535, 65536, 65537, 1_000_000]


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("send_copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("recv_copy", [True, False], ids=["bytes", "frame"])
def test_sizes(pair, size, send_copy, recv_copy):
    a, b = pair
    data = bytes(i % 251 for i in range(min(size, 1000))) * (size // 1000 or 1)
    a.send(data, copy=send_copy)
    message = b.recv(copy=recv_copy)
    assert bytes(message) == data
    assert type(message) is (bytes if recv_copy else zmq.Frame)


def test_large_messages_between_processes_boundary(socket_pair, transport):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR, transport)
    data = bytes(range(256)) * 8192
    for copy in (True, False):
        a.send(data, copy=copy)
        assert b.recv() == data


def test_order_is_kept(socket_pair, transport):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport)
    for i in range(500):
        push.send(b"%d" % i)
    assert [pull.recv() for _ in range(500)] == [b"%d" % i for i in range(500)]


BUFFERS = {
    "bytes": lambda: b"abcdef",
    "empty": lambda: b"",
    "bytearray": lambda: bytearray(b"abcdef"),
    "memoryview": lambda: memoryview(b"abcdef"),
    "slice": lambda: memoryview(b"xxabcdefxx")[2:8],
    "array": lambda: array.array("i", [1, 2, 3]),
    "matrix": lambda: memoryview(bytes(range(24))).cast("B", (2, 3, 4)),
    "mmap": lambda: mmap.mmap(-1, 10),
    "frame": lambda: zmq.Frame(b"abcdef"),
    "empty-frame": zmq.Frame,
    "subclass": lambda: type("Bytes", (bytes,), {})(b"abcdef"),
}


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("kind", BUFFERS)
def test_everything_with_a_buffer(pair, kind, copy):
    a, b = pair
    data = BUFFERS[kind]()
    expected = bytes(memoryview(data))
    assert a.send(data, copy=copy) in (None, zmq.MessageTracker) or not copy
    assert b.recv() == expected


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("bad", ["text", None, 3, [b"a"], object()], ids=repr)
def test_what_cannot_be_sent(pair, bad, copy):
    a, b = pair
    with pytest.raises(TypeError):
        a.send(bad, copy=copy)
    a.send(b"next")
    assert b.recv() == b"next"


def test_text_is_refused_with_a_hint(pair):
    with pytest.raises(TypeError, match="send_string"):
        pair[0].send("text")


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("size", [6, 600_000])
def test_non_contiguous_buffer(pair, size, copy):
    a, b = pair
    with pytest.raises((BufferError, ValueError, TypeError)):
        a.send(memoryview(bytes(size))[::2], copy=copy)
    assert b.poll(0) == 0


def test_copied_data_may_change_afterwards(pair):
    a, b = pair
    for size in (10, 100_000, 1_000_000):
        data = bytearray(size)
        a.send(data)
        data[:] = b"x" * size
        assert b.recv() == bytes(size)


def test_data_option_by_name(pair):
    a, b = pair
    a.send(data=b"x", flags=0, copy=True, track=False, routing_id=None, group=None)
    assert b.recv(flags=0, copy=True, track=False) == b"x"
    a.send(b"y", 0, True, False, None, None)
    assert b.recv(0, True, False) == b"y"


def test_send_returns_nothing(pair):
    a, _ = pair
    assert a.send(b"x") is None
    assert a.send(b"x", copy=True, track=True) is None
    assert a.send(b"x" * 100_000, copy=False) is None


def test_sndmore_and_rcvmore(pair):
    a, b = pair
    a.send(b"1", zmq.SNDMORE)
    assert b.poll(0) == 0
    a.send(b"2", flags=zmq.SNDMORE | zmq.DONTWAIT)
    a.send(b"3")
    received = []
    for more in (1, 1, 0):
        received.append(b.recv())
        assert b.rcvmore == b.get(zmq.RCVMORE) == more
    assert received == [b"1", b"2", b"3"]


def test_rcvmore_before_anything_arrived(pair):
    assert pair[0].rcvmore == 0


@pytest.mark.parametrize("flag", [zmq.DONTWAIT, zmq.NOBLOCK, 1])
def test_recv_without_waiting(pair, flag):
    with pytest.raises(zmq.Again) as caught:
        pair[0].recv(flag)
    assert caught.value.errno == zmq.EAGAIN


def test_send_without_waiting(make_socket, endpoint):
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    with pytest.raises(zmq.Again):
        push.send(b"nobody there", zmq.DONTWAIT)


def test_high_water_mark(socket_pair):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=3, rcvhwm=3)
    sent = 0
    with pytest.raises(zmq.Again):  # noqa: PT012
        while sent < 100:
            push.send(b"%d" % sent, zmq.DONTWAIT)
            sent += 1
    assert sent == 6
    assert [pull.recv() for _ in range(sent)] == [b"%d" % i for i in range(sent)]


def test_send_waits_at_the_high_water_mark(socket_pair, in_thread):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)

    def send_all():
        for i in range(50):
            push.send(b"%d" % i)

    sending = in_thread(send_all)
    assert [pull.recv() for _ in range(50)] == [b"%d" % i for i in range(50)]
    sending.result()


def test_recv_waits_for_a_message(pair, in_thread):
    a, b = pair
    waiting = in_thread(b.recv)
    a.send(b"x")
    assert waiting.result() == b"x"


@pytest.mark.parametrize("milliseconds", [1, 30])
def test_receive_timeout(pair, milliseconds):
    a, _ = pair
    a.rcvtimeo = milliseconds
    before = time.monotonic()
    with pytest.raises(zmq.Again):
        a.recv()
    assert time.monotonic() - before >= milliseconds / 1000 * 0.9
    a.rcvtimeo = 0
    with pytest.raises(zmq.Again):
        a.recv()


def test_send_timeout(make_socket, endpoint):
    push = make_socket(zmq.PUSH, sndtimeo=30)
    push.bind(endpoint())
    before = time.monotonic()
    with pytest.raises(zmq.Again):
        push.send(b"nobody there")
    assert time.monotonic() - before >= 0.027


def test_timeout_does_not_matter_when_ready(pair):
    a, b = pair
    a.sndtimeo = b.rcvtimeo = 0
    a.send(b"x")
    assert b.recv() == b"x"


@pytest.mark.parametrize(
    ("flags", "error"), [("a", TypeError), (None, TypeError), (2**40, OverflowError)]
)
def test_wrong_flags(pair, flags, error):
    a, b = pair
    with pytest.raises(error):
        a.send(b"x", flags)
    with pytest.raises(error):
        b.recv(flags)
    assert b.poll(0) == 0


def test_missing_argument(pair):
    with pytest.raises(TypeError):
        pair[0].send()


def test_wrong_direction(make_socket):
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PUSH).recv()
    assert caught.value.errno == zmq.ENOTSUP
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PULL).send(b"x")
    assert caught.value.errno == zmq.ENOTSUP


def test_wrong_state(socket_pair):
    req, rep = socket_pair(zmq.REQ, zmq.REP)
    with pytest.raises(zmq.ZMQError) as caught:
        req.recv()
    assert caught.value.errno == zmq.EFSM
    with pytest.raises(zmq.ZMQError) as caught:
        rep.send(b"x")
    assert caught.value.errno == zmq.EFSM
    req.send(b"question")
    with pytest.raises(zmq.ZMQError) as caught:
        req.send(b"another")
    assert caught.value.errno == zmq.EFSM
    assert rep.recv() == b"question"
    rep.send(b"answer")
    assert req.recv() == b"answer"
