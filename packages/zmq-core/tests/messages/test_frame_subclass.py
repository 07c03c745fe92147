"""Subclasses of Frame that are made in another way than a Frame."""

from __future__ import annotations

import copy

import pytest

import zmq


class Numbered(zmq.Frame):
    """Takes something else, and gives the content to the class below."""

    number = None

    def __init__(self, number, **options):
        super().__init__(b"number %d" % number, **options)
        self.number = number


def test_content_by_init(socket_pair):
    frame = Numbered(5)
    assert (frame.bytes, frame.number) == (b"number 5", 5)
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    a.send(frame)
    assert b.recv() == b"number 5"
    assert copy.copy(frame).bytes == b"number 5"


@pytest.mark.parametrize("options", [{"copy": False}, {"copy_threshold": 0}])
def test_options_by_init(options):
    frame = Numbered(5, track=True, **options)
    assert frame.bytes == b"number 5"
    assert not frame.tracker.done


def test_same_arguments():
    class Same(zmq.Frame):
        def __init__(self, data=None, track=False, copy=None, copy_threshold=None):
            super().__init__(data, track, copy, copy_threshold)

    assert Same(b"abc").bytes == b"abc"
    assert Same().bytes == b""
    assert Same(b"abc", track=True).tracker.done


def test_content_by_new():
    class Made(zmq.Frame):
        def __new__(cls, number):
            return super().__new__(cls, b"number %d" % number)

    assert Made(5).bytes == b"number 5"


def test_refused_by_init():
    class Refused(zmq.Frame):
        def __init__(self):
            with pytest.raises(TypeError, match="str"):
                super().__init__("text")

    assert Refused().bytes == b""


def test_content_does_not_change():
    """There may be views of it."""
    frame = zmq.Frame(b"abc")
    frame.__init__(b"other")
    assert frame.bytes == b"abc"
    numbered = Numbered(5)
    numbered.__init__(6)
    assert numbered.bytes == b"number 5"
