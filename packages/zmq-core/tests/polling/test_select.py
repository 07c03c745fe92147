"""`select`, in the manner of the standard library."""

from __future__ import annotations

import os
import socket as plain
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


def test_objects_with_a_descriptor(pair):
    """Their numbers are returned, as `Poller.poll` returns them."""
    a, b = pair
    one, other = plain.socketpair()
    with one, other:
        other.send(b"x")
        b.send(b"x")
        readable, writable, wrong = zmq.select([a, one], [b, other], [a, one], 1)
        assert readable == [a, one.fileno()]
        assert writable == [b, other.fileno()]
        assert wrong == []


def test_a_descriptor_given_in_two_ways():
    one, other = plain.socketpair()
    with one, other:
        number = one.fileno()
        other.send(b"x")
        for reading, writing in ([number, one], [one, number]):
            ready = zmq.select([reading], [writing], [], 1)
            assert ready == ([number], [number], [])


def test_what_is_given_twice_is_returned_once(pair):
    """Whoever receives from each of them would wait with the second."""
    a, b = pair
    b.send(b"x")
    assert zmq.select([a, a], [b, b], [], 0) == ([a], [b], [])


def test_a_fileno_that_is_no_int():
    class Odd:
        def fileno(self):
            return "x"

        def __repr__(self):
            return "Odd"

    with pytest.raises(TypeError, match=r"Odd.*'x', not an int"):
        zmq.select([Odd()], [], [], 0)


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


@pytest.mark.parametrize("kind", [list, tuple, iter])
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
