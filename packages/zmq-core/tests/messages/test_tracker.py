"""Trackers tell when libzmq is done with memory it shares."""

from __future__ import annotations

import threading
import time

import pytest

import zmq

LARGE = b"x" * 200_000


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def test_pending_until_received(pair):
    a, b = pair
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    assert isinstance(tracker, zmq.MessageTracker)
    assert tracker.done is False
    assert b.recv() == LARGE
    assert tracker.wait(5) is None
    assert tracker.done is True


def test_pending_while_the_receiver_holds_a_frame(pair):
    """Over inproc both sides share the very same memory."""
    a, b = pair
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    frame = b.recv(copy=False)
    assert not tracker.done
    del frame
    tracker.wait(5)


def test_over_the_network(socket_pair):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR, "tcp")
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    assert b.recv() == LARGE
    tracker.wait(5)
    assert tracker.done


@pytest.mark.parametrize("timeout", [0, 0.0, 0.01])
def test_wait_runs_out_of_time(pair, timeout):
    a, _ = pair
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    with pytest.raises(zmq.NotDone):
        tracker.wait(timeout)
    with pytest.raises(zmq.NotDone):
        tracker.wait(timeout=timeout)


def test_wait_takes_seconds(pair):
    tracker = pair[0].send(bytearray(LARGE), copy=False, track=True)
    before = time.monotonic()
    with pytest.raises(zmq.NotDone):
        tracker.wait(0.05)
    assert 0.045 <= time.monotonic() - before < 5


@pytest.mark.parametrize("arguments", [(), (-1,), (-5.5,)])
def test_wait_for_ever(pair, in_thread, arguments):
    a, b = pair
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    waiting = in_thread(tracker.wait, *arguments)
    b.recv()
    assert waiting.result() is None


@pytest.mark.parametrize("bad", ["a", [1]], ids=repr)
def test_wrong_timeout(pair, bad):
    tracker = pair[0].send(bytearray(LARGE), copy=False, track=True)
    with pytest.raises(TypeError):
        tracker.wait(bad)


def test_many_threads_wait_for_one(pair, in_thread):
    a, b = pair
    tracker = a.send(bytearray(LARGE), copy=False, track=True)
    waiting = [in_thread(tracker.wait, 10) for _ in range(5)]
    b.recv()
    for thread in waiting:
        thread.result()


def test_copied_messages_are_done_at_once(pair):
    a, b = pair
    tracker = a.send(b"small", copy=False, track=True)
    assert tracker.done
    tracker.wait(0)
    assert b.recv() == b"small"


def test_no_tracker_when_copying(pair):
    a, b = pair
    assert a.send(LARGE, track=True) is None
    assert b.recv() == LARGE


def test_threshold_decides(socket_pair):
    a, _ = socket_pair(zmq.PAIR, zmq.PAIR)
    a.copy_threshold = 3
    assert not a.send(bytearray(b"abcd"), copy=False, track=True).done
    a.copy_threshold = 5
    assert a.send(bytearray(b"abcd"), copy=False, track=True).done


def test_tracked_frame(pair):
    a, b = pair
    frame = zmq.Frame(bytearray(LARGE), track=True, copy=False)
    assert isinstance(frame.tracker, zmq.MessageTracker)
    assert not frame.tracker.done
    tracker = a.send(frame, copy=False, track=True)
    assert isinstance(tracker, zmq.MessageTracker)
    assert b.recv() == LARGE
    # the frame itself still holds the memory
    assert not tracker.done
    del frame
    tracker.wait(5)


def test_tracked_frame_that_is_never_sent():
    frame = zmq.Frame(bytearray(LARGE), track=True, copy=False)
    tracker = frame.tracker
    assert not tracker.done
    del frame
    tracker.wait(5)


def test_event_of_a_frame():
    """What trackers watch below."""
    frame = zmq.Frame(bytearray(LARGE), track=True, copy=False)
    event = frame.tracker_event
    assert not event.is_set()
    tracker = zmq.MessageTracker(event)
    assert not tracker.done
    del frame
    tracker.wait(5)
    assert event.is_set()
    assert zmq.Frame(b"x").tracker_event is None


def test_tracked_frame_that_was_copied():
    frame = zmq.Frame(b"abc", track=True)
    assert frame.tracker.done


def test_untracked_frame(pair):
    a, b = pair
    frame = zmq.Frame(LARGE)
    assert frame.tracker is None
    for copied in (True, False):
        with pytest.raises(ValueError, match=r"(?i)track"):
            a.send(frame, copy=copied, track=True)
    assert b.poll(0) == 0


def test_received_frame(pair):
    a, b = pair
    a.send(b"x")
    assert b.recv(copy=False).tracker is None
    a.send(b"x")
    tracker = b.recv(copy=False, track=True).tracker
    assert tracker is None or tracker.done


def test_of_nothing():
    tracker = zmq.MessageTracker()
    assert tracker.done
    tracker.wait(0)


def test_of_frames():
    first, last = (zmq.Frame(bytearray(LARGE), track=True) for _ in range(2))
    tracker = zmq.MessageTracker(first, last)
    assert not tracker.done
    del first
    with pytest.raises(zmq.NotDone):
        tracker.wait(0.01)
    del last
    tracker.wait(5)
    assert tracker.done


def test_of_events():
    event = threading.Event()
    tracker = zmq.MessageTracker(event)
    assert not tracker.done
    with pytest.raises(zmq.NotDone):
        tracker.wait(0.01)
    event.set()
    assert tracker.done
    tracker.wait(0)


def test_of_trackers(pair):
    a, b = pair
    event = threading.Event()
    sent = a.send(bytearray(LARGE), copy=False, track=True)
    both = zmq.MessageTracker(sent, zmq.MessageTracker(event))
    b.recv()
    sent.wait(5)
    assert not both.done
    event.set()
    assert both.done
    both.wait()


def test_timeout_counts_for_everything_together():
    events = [threading.Event() for _ in range(5)]
    tracker = zmq.MessageTracker(*events)
    before = time.monotonic()
    with pytest.raises(zmq.NotDone):
        tracker.wait(0.05)
    assert time.monotonic() - before < 0.2


@pytest.mark.parametrize("bad", [3, None, "x", [threading.Event()]], ids=type)
def test_of_something_else(bad):
    with pytest.raises(TypeError):
        zmq.MessageTracker(bad)


def test_of_an_untracked_frame():
    with pytest.raises(ValueError, match=r"(?i)track"):
        zmq.MessageTracker(zmq.Frame(b"abc"))


def test_not_done_is_an_error_of_ours():
    assert issubclass(zmq.NotDone, zmq.ZMQBaseError)


def test_sends_that_fail_leave_nothing_behind(make_socket, endpoint):
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    data = bytearray(LARGE)
    for _ in range(10):
        with pytest.raises(zmq.Again):
            push.send(data, zmq.DONTWAIT, copy=False, track=True)

    def resize():
        try:
            data.append(1)
        except BufferError:
            return False
        return True

    deadline = time.monotonic() + 5
    while not resize():
        assert time.monotonic() < deadline, "the buffer is still exported"
        time.sleep(0.001)
