"""Near the end of the stack: what raises RecursionError has done nothing."""

from __future__ import annotations

import contextlib
import sys

import pytest
from tests.fixtures.depths import each_depth

import zmq
from zmq.sugar.waiting.bells import Bell

pytestmark = pytest.mark.skipif(
    sys.implementation.name == "pypy",
    reason="its stack ends by its size, not after so many calls",
)


def test_closed_or_not():
    """A close either closes, or can be tried again: the context ends."""
    for call in each_depth():
        context = zmq.Context()
        sock = context.socket(zmq.PULL)
        sock.bind("inproc://deep")
        with contextlib.suppress(RecursionError):
            call(sock.close)
        sock.close()
        context.term(timeout=5)


def test_monitor_closed_or_not():
    """So it is with a socket that receives events."""
    for call in each_depth():
        context = zmq.Context()
        sock = context.socket(zmq.PULL)
        monitor = sock.get_monitor_socket()
        with contextlib.suppress(RecursionError):
            call(monitor.close)
        monitor.close()
        sock.close()
        context.term(timeout=5)


def test_monitored_or_not():
    """A monitor that is not started keeps nothing open."""
    for call in each_depth(120):
        context = zmq.Context()
        sock = context.socket(zmq.PULL)
        with contextlib.suppress(RecursionError):
            call(sock.get_monitor_socket)
        context.destroy(linger=0, timeout=5)


@pytest.mark.parametrize("frames", [[b"x" * 100_000], [b"1", b"2" * 100_000]])
def test_sent_or_not(make_socket, frames):
    """What could not be tracked has not been sent."""
    receiver, sender = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    receiver.bind("inproc://deep")
    sender.connect("inproc://deep")
    for call in each_depth():
        sent = [b"nothing"]
        with contextlib.suppress(RecursionError):
            call(lambda: sender.send_multipart(frames, copy=False, track=True))
            sent = frames
        sender.send(b"nothing")
        assert receiver.recv_multipart() == sent
        if sent is frames:
            assert receiver.recv() == b"nothing"


def test_sent_alone_or_not(make_socket):
    """The same for a message of one frame."""
    receiver, sender = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    receiver.bind("inproc://deep")
    sender.connect("inproc://deep")
    large = b"x" * 100_000
    for call in each_depth():
        sent = b"nothing"
        with contextlib.suppress(RecursionError):
            call(lambda: sender.send(large, copy=False, track=True))
            sent = large
        sender.send(b"nothing")
        assert receiver.recv() == sent
        if sent is large:
            assert receiver.recv() == b"nothing"


def test_rung_or_not():
    """A bell that could not be rung says so."""
    for call in each_depth():
        bell = Bell()
        with contextlib.suppress(RecursionError):
            call(bell.ring)
            assert bell.wait(0)
