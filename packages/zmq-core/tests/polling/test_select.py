"""`select`, in the manner of the standard library."""

from __future__ import annotations

import os
import time

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def test_lists(pair):
    a, b = pair
    readable, writable, wrong = zmq.select([a, b], [a, b], [a, b], 0)
    assert (readable, set(writable), wrong) == ([], {a, b}, [])
    b.send(b"x")
    assert zmq.select([a, b], [b], [], 0) == ([a], [b], [])
    a.recv()
    assert zmq.select([a, b], [], [], 0) == ([], [], [])


def test_nothing(pair):
    assert zmq.select([], [], [], 0) == ([], [], [])


def test_timeout_is_in_seconds(pair):
    a, _ = pair
    for arguments in ((0.03,), ()):
        before = time.monotonic()
        names = {} if arguments else {"timeout": 0.03}
        assert zmq.select([a], [], [], *arguments, **names) == ([], [], [])
        assert 0.028 <= time.monotonic() - before < 5


@pytest.mark.parametrize("arguments", [(), (None,)])
def test_waiting_for_ever(pair, in_thread, arguments):
    a, b = pair
    waiting = in_thread(zmq.select, [a], [], [], *arguments)
    b.send(b"x")
    assert waiting.result() == ([a], [], [])


def test_descriptors(pair, pipe):
    a, b = pair
    reading, writing = pipe
    os.write(writing, b"x")
    readable, writable, wrong = zmq.select([a, reading], [b, writing], [], 1)
    assert readable == [reading]
    assert set(writable) == {b, writing}
    assert wrong == []


@pytest.mark.skipif(os.name != "posix", reason="pipes are polled")
def test_errors_that_nobody_asked_for(pipe):
    """Or whoever looks in the first two lists would go round and round."""
    reading, writing = pipe
    os.close(reading)
    assert zmq.select([], [writing], [], 1) == ([], [writing], [writing])
    os.close(writing)
    assert zmq.select([writing], [], [], 1) == ([], [], [writing])
    assert zmq.select([writing], [writing], [writing], 1) == ([], [], [writing])


def test_errors(pipe):
    reading, writing = pipe
    os.close(writing)
    assert zmq.select([], [], [reading], 1) == ([], [], [reading])


def test_socket_in_several_lists_counts_for_each(pair):
    a, b = pair
    b.send(b"x")
    assert zmq.select([a], [a], [a], 1) == ([a], [a], [])


@pytest.mark.parametrize("kind", [list, tuple])
def test_sequences(pair, kind):
    a, b = pair
    readable, writable, _ = zmq.select(kind([a]), kind([b]), kind([]), 0)
    assert (list(readable), list(writable)) == ([], [b])


def test_rubbish():
    with pytest.raises(TypeError):
        zmq.select(["x"], [], [], 0)
    with pytest.raises(TypeError):
        zmq.select(3, [], [], 0)


def test_it_is_no_sign_that_other_code_uses_the_sockets(make_socket):
    """Of such sockets less is known: waiting for them takes more calls."""
    pull = make_socket(zmq.PULL)
    assert zmq.select([pull], [], [], 0) == ([], [], [])
    with pytest.raises(zmq.Again) as caught:
        pull.recv(zmq.DONTWAIT)
    assert "other code" not in str(caught.value)
    assert pull.underlying
    with pytest.raises(zmq.Again, match="other code"):
        pull.recv(zmq.DONTWAIT)
