"""Zero-copy: every buffer comes back, without a helper thread, and nobody is fooled."""

from __future__ import annotations

import gc
import sys
import weakref
from typing import Any

import pytest

import zmq
from tests.torture.scale import run_program, scaled

LARGE = 200_000


class Buffer(bytearray):
    """A buffer whose end can be seen."""


@pytest.mark.measures
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("transport", "short"), [("inproc", 10_000), ("tcp", 4000)])
def test_lent_buffers_come_back(transport: str, short: int) -> None:
    run_program("lending", transport, scaled(short, 1_000_000))


@pytest.fixture
def pair(socket_pair: Any) -> Any:
    return socket_pair(zmq.PAIR, zmq.PAIR, rcvtimeo=5000, sndtimeo=5000)


@pytest.mark.parametrize("copy_first", [True, False])
@pytest.mark.parametrize(
    "make", [bytes, bytearray, memoryview], ids=lambda m: m.__name__
)
@pytest.mark.parametrize("transport", ["inproc", "tcp", "ipc"])
def test_references_are_given_back(
    socket_pair: Any, wait_for: Any, transport: str, make: Any, copy_first: bool
) -> None:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR, transport, rcvtimeo=5000)
    owner = bytes(LARGE)
    data = memoryview(owner) if make is memoryview else make(owner)
    before = sys.getrefcount(data), sys.getrefcount(owner)
    for copy in (copy_first, False, True):
        one.send(data, copy=copy, track=True)
        assert other.recv() == owner
        one.send_multipart([data, b"", data], copy=copy)
        assert len(other.recv_multipart(copy=copy)) == 3

    def given_back() -> bool:
        one.poll(0, zmq.POLLOUT)
        gc.collect()
        return (sys.getrefcount(data), sys.getrefcount(owner)) == before

    wait_for(given_back)


def is_gone(sock: Any, buffer: weakref.ref[Buffer]) -> bool:
    gc.collect()  # of the view of a frame, where references are not counted
    sock.poll(0, zmq.POLLOUT)  # what libzmq gave back is let go of by operations
    gc.collect()
    return buffer() is None


def test_a_buffer_lives_until_it_is_sent(pair: Any, wait_for: Any) -> None:
    one, other = pair
    data = Buffer(b"x" * LARGE)
    gone = weakref.ref(data)
    tracker = one.send(data, copy=False, track=True)
    del data
    gc.collect()
    assert gone() is not None
    assert not tracker.done
    assert other.recv() == b"x" * LARGE
    tracker.wait(5)
    wait_for(lambda: is_gone(one, gone))


def test_a_buffer_that_nobody_wants_comes_back(make_socket: Any, wait_for: Any) -> None:
    """It does so inside of the send, and is let go of without another operation."""
    pub = make_socket(zmq.PUB)
    for send in (pub.send, lambda data, copy: pub.send_multipart([data], copy=copy)):
        data = Buffer(LARGE)
        gone = weakref.ref(data)
        send(data, copy=False)
        del data
        wait_for(lambda gone=gone: gone() is None)


def test_a_frame_keeps_what_it_shows(pair: Any, wait_for: Any) -> None:
    one, other = pair
    data = Buffer(b"x" * LARGE)
    gone = weakref.ref(data)
    one.send(data, copy=False)
    del data
    frame = other.recv(copy=False)
    view = memoryview(frame)
    del frame
    gc.collect()
    assert view[0] == ord("x")
    assert view[-1] == ord("x")
    del view
    wait_for(lambda: is_gone(one, gone))


@pytest.mark.parametrize("size", [1, 1000, 65_536, LARGE, 1_000_000])
@pytest.mark.parametrize("method", ["send", "send_multipart"])
@pytest.mark.parametrize("transport", ["inproc", "tcp"])
def test_a_copy_does_not_change_afterwards(
    socket_pair: Any, transport: str, method: str, size: int
) -> None:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR, transport, rcvtimeo=5000)
    data = bytearray(b"a" * size)
    for _ in range(20):
        if method == "send":
            one.send(data)
        else:
            one.send_multipart([data, memoryview(data), b"end"])
        data[:] = b"b" * size
        frames = other.recv_multipart()
        assert frames[0] == b"a" * size
        assert frames[-1] == (b"a" * size if method == "send" else b"end")
        data[:] = b"a" * size
    data.append(1)  # nothing holds it any more


def test_a_frame_sent_as_a_copy_does_not_change_afterwards(pair: Any) -> None:
    one, other = pair
    data = bytearray(b"a" * LARGE)
    frame = zmq.Frame(data, copy=False)
    one.send(frame, copy=True)
    data[:] = b"b" * LARGE
    assert other.recv() == b"a" * LARGE


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("make", [bytes, memoryview], ids=lambda m: m.__name__)
def test_immutable_memory_cannot_be_written_to(
    pair: Any, make: Any, copy: bool
) -> None:
    one, other = pair
    data = b"a" * LARGE
    one.send(make(data), copy=copy)
    frame = other.recv(copy=False)
    if not memoryview(frame).readonly:
        memoryview(frame)[0] = ord("b")
    if not frame.buffer.readonly:
        frame.buffer[1] = ord("b")
    assert data == b"a" * LARGE
    assert data == b"a" * LARGE


def test_large_bytes_arrive_whole_and_equal(pair: Any) -> None:
    one, other = pair
    messages = [bytes([i]) * (LARGE + i) for i in range(50)]
    for message in messages:
        one.send(message)
        one.send_multipart([message, b"", message])
    for message in messages:
        assert other.recv() == message
        assert other.recv_multipart() == [message, b"", message]


def test_trackers(make_socket: Any) -> None:
    push = make_socket(zmq.PUSH, linger=0)
    push.connect("tcp://127.0.0.1:9")
    one = push.send(b"x" * LARGE, copy=False, track=True)
    many = push.send_multipart([b"x" * LARGE, bytearray(LARGE), b""], 0, False, True)
    both = zmq.MessageTracker(one, many)
    for tracker in (one, many, both):
        assert not tracker.done
        for timeout in (0, 0.01, 1e-9):
            with pytest.raises(zmq.NotDone):
                tracker.wait(timeout)
    push.close(linger=0)
    for tracker in (both, one, many):
        tracker.wait(5)
        assert tracker.done


def test_threads_wait_for_one_tracker(make_socket: Any, in_thread: Any) -> None:
    push = make_socket(zmq.PUSH, linger=0)
    push.connect("tcp://127.0.0.1:9")
    tracker = push.send(bytearray(LARGE), copy=False, track=True)
    waiting = [in_thread(tracker.wait, 10) for _ in range(5)]
    push.close(linger=0)
    for thread in waiting:
        thread.result(5)
    assert tracker.done
