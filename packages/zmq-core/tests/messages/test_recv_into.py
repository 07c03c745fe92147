"""Receiving into memory of the caller's own."""

from __future__ import annotations

import array

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def test_larger_buffer(pair):
    a, b = pair
    a.send(b"abc")
    buffer = bytearray(b"-----")
    assert b.recv_into(buffer) == 3
    assert buffer == b"abc--"


def test_exact_buffer(pair):
    a, b = pair
    a.send(b"abc")
    buffer = bytearray(3)
    assert b.recv_into(buffer) == 3
    assert buffer == b"abc"


def test_short_buffer_truncates_and_tells_the_whole_size(pair):
    a, b = pair
    a.send(b"abcdef")
    buffer = bytearray(2)
    assert b.recv_into(buffer) == 6
    assert buffer == b"ab"
    # the rest is gone
    a.send(b"xy")
    assert b.recv_into(buffer) == 2
    assert buffer == b"xy"


def test_empty_buffer(pair):
    a, b = pair
    a.send(b"abc")
    assert b.recv_into(bytearray()) == 3


def test_empty_message(pair):
    a, b = pair
    a.send(b"")
    buffer = bytearray(b"--")
    assert b.recv_into(buffer) == 0
    assert buffer == b"--"


def test_nbytes(pair):
    a, b = pair
    a.send(b"abcdef")
    buffer = bytearray(b"-----")
    assert b.recv_into(buffer, nbytes=2) == 6
    assert buffer == b"ab---"


def test_nbytes_zero_means_the_whole_buffer(pair):
    a, b = pair
    a.send(b"abc")
    buffer = bytearray(3)
    assert b.recv_into(buffer, nbytes=0) == 3
    assert buffer == b"abc"


@pytest.mark.parametrize("nbytes", [4, 1000, -1])
def test_nbytes_out_of_range(pair, nbytes):
    a, b = pair
    a.send(b"abc")
    with pytest.raises(ValueError, match=str(nbytes)):
        b.recv_into(bytearray(3), nbytes=nbytes)
    # the message was not touched
    assert b.recv() == b"abc"


def test_at_an_offset(pair):
    a, b = pair
    a.send(b"abc")
    buffer = bytearray(b"------")
    assert b.recv_into(memoryview(buffer)[2:5]) == 3
    assert buffer == b"--abc-"


def test_multipart_into_one_buffer(pair):
    a, b = pair
    a.send_multipart([b"ab", b"cde"])
    buffer = bytearray(5)
    assert b.recv_into(buffer) == 2
    assert b.rcvmore == 1
    assert b.recv_into(memoryview(buffer)[2:]) == 3
    assert b.rcvmore == 0
    assert buffer == b"abcde"


def test_array_of_integers(pair):
    a, b = pair
    sent = array.array("i", [1, -2, 3])
    a.send(sent)
    received = array.array("i", [0, 0, 0])
    assert b.recv_into(received) == 12
    assert received == sent


def test_matrix(pair):
    a, b = pair
    a.send(b"abcdefgh")
    matrix = memoryview(bytearray(12)).cast("B", (3, 4))
    assert b.recv_into(matrix) == 8
    assert matrix.tolist() == [[97, 98, 99, 100], [101, 102, 103, 104], [0] * 4]


def test_large_message(pair):
    a, b = pair
    data = bytes(range(256)) * 8192
    a.send(data)
    buffer = bytearray(len(data))
    assert b.recv_into(buffer) == len(data)
    assert buffer == data


def test_into_a_received_frame(pair):
    a, b = pair
    a.send(b"abc")
    frame = b.recv(copy=False)
    a.send(b"xy")
    assert b.recv_into(frame) == 2
    assert frame.bytes == b"xyc"


def test_flags(pair):
    a, b = pair
    buffer = bytearray(3)
    with pytest.raises(zmq.Again):
        b.recv_into(buffer, flags=zmq.DONTWAIT)
    assert buffer == bytes(3)
    a.send(b"abc")
    assert b.recv_into(buffer, flags=zmq.DONTWAIT) == 3


def test_timeout(pair):
    b = pair[1]
    b.rcvtimeo = 10
    with pytest.raises(zmq.Again):
        b.recv_into(bytearray(3))


def test_waits(pair, in_thread):
    a, b = pair
    buffer = bytearray(3)
    waiting = in_thread(b.recv_into, buffer)
    a.send(b"abc")
    assert waiting.result() == 3
    assert buffer == b"abc"


@pytest.mark.parametrize(
    ("buffer", "error"),
    [
        (b"readonly", BufferError),
        (memoryview(bytearray(10))[::2], BufferError),
        (3, TypeError),
        ("text", TypeError),
        (None, TypeError),
    ],
    ids=["readonly", "strided", "int", "str", "None"],
)
def test_buffers_that_cannot_be_written(pair, buffer, error):
    a, b = pair
    a.send(b"abc")
    with pytest.raises(error):
        b.recv_into(buffer)
    assert b.recv() == b"abc"


def test_arguments_by_name_and_position(pair):
    b = pair[1]
    for arguments, names in (
        ((bytearray(3), 2), {}),
        ((), {"buffer": bytearray(3)}),
        ((), {}),
        ((bytearray(3),), {"nbytes": "2"}),
    ):
        with pytest.raises(TypeError):
            b.recv_into(*arguments, **names)


def test_buffer_is_free_afterwards(pair):
    """No export is held: a bytearray could not be resized otherwise."""
    a, b = pair
    a.send(b"abc")
    buffer = bytearray(3)
    b.recv_into(buffer)
    buffer.extend(b"more")
    with pytest.raises(zmq.Again):
        b.recv_into(buffer, flags=zmq.DONTWAIT)
    buffer.extend(b"more")
