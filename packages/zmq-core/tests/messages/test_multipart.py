"""Messages of several frames are whole or not at all."""

from __future__ import annotations

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 1000])
@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
def test_any_number_of_frames(pair, count, copy):
    a, b = pair
    parts = [b"%d" % i for i in range(count)]
    a.send_multipart(parts, copy=copy)
    received = b.recv_multipart(copy=copy)
    assert type(received) is list
    assert [bytes(part) for part in received] == parts
    assert {type(part) for part in received} == {bytes if copy else zmq.Frame}


@pytest.mark.parametrize("kind", [list, tuple])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_frames_of_each_size(pair, count, kind):
    """Few frames go another way than many, and small ones another than large."""
    a, b = pair
    sizes = [0, 1, 30, 9000, 20_000]
    for first in range(len(sizes)):
        parts = [b"%d" % i * sizes[(first + i) % 5] for i in range(count)]
        for send, receive in (
            (a.send_multipart, b.recv_multipart),
            (a._try_send_multipart, b._try_recv_multipart),
        ):
            assert send(kind(parts)) is None
            assert receive() == parts
        assert b._try_recv_multipart() is None


def test_over_every_transport(socket_pair, transport):
    a, b = socket_pair(zmq.DEALER, zmq.DEALER, transport)
    parts = [b"", b"x" * 10, b"y" * 300, b"z" * 200_000, b""]
    for copy in (True, False):
        a.send_multipart(parts, copy=copy)
        assert b.recv_multipart() == parts


def test_kinds_of_frames_in_one_message(pair):
    a, b = pair
    a.send_multipart([b"1", bytearray(b"2"), memoryview(b"3"), zmq.Frame(b"4")])
    assert b.recv_multipart() == [b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("kind", [list, tuple])
def test_sequences(pair, kind):
    a, b = pair
    a.send_multipart(kind([b"1", b"2"]))
    assert b.recv_multipart() == [b"1", b"2"]


@pytest.mark.parametrize("kind", [iter, lambda parts: (part for part in parts)])
def test_iterators(pair, kind):
    # Better than pyzmq 27, which checks the parts first and finds nothing to send.
    a, b = pair
    a.send_multipart(kind([b"1", b"2"]))
    assert b.recv_multipart() == [b"1", b"2"]


def test_sequence_of_a_users_class(pair):
    class Parts:
        """The old protocol of sequences, and slices."""

        def __init__(self, *parts):
            self.parts = parts

        def __len__(self):
            return len(self.parts)

        def __getitem__(self, index):
            return self.parts[index]

    a, b = pair
    a.send_multipart(Parts(b"1", b"2"))
    assert b.recv_multipart() == [b"1", b"2"]


def test_parts_are_left_alone(pair):
    a, b = pair
    parts = [b"1", bytearray(b"2"), zmq.Frame(b"3")]
    before = list(parts)
    a.send_multipart(parts)
    assert parts == before
    assert b.recv_multipart() == [b"1", b"2", b"3"]


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
@pytest.mark.parametrize("bad", ["text", None, 1, [b"a"]], ids=repr)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_nothing_is_sent_when_a_frame_is_wrong(pair, bad, position, copy):
    a, b = pair
    parts = [b"1", b"2", b"3"]
    parts[position] = bad
    with pytest.raises(TypeError, match=str(position)):
        a.send_multipart(parts, copy=copy)
    a.send_multipart([b"whole"])
    assert b.recv_multipart() == [b"whole"]


@pytest.mark.parametrize("bad", [None, 5, "text"], ids=repr)
def test_what_is_no_message(pair, bad):
    with pytest.raises(TypeError):
        pair[0].send_multipart(bad)
    assert pair[1].poll(0) == 0


def test_bytes_are_no_message(pair):
    """Their elements are integers, which are no frames."""
    with pytest.raises(TypeError):
        pair[0].send_multipart(b"ab")
    assert pair[1].poll(0) == 0


def test_no_frames_at_all(pair):
    with pytest.raises((IndexError, ValueError)):
        pair[0].send_multipart([])
    assert pair[1].poll(0) == 0


def test_flags(pair):
    a, b = pair
    a.send_multipart([b"1"], zmq.SNDMORE)
    a.send_multipart([b"2", b"3"], flags=zmq.SNDMORE | zmq.DONTWAIT)
    assert b.poll(0) == 0
    a.send(b"4")
    assert b.recv_multipart(zmq.DONTWAIT) == [b"1", b"2", b"3", b"4"]
    with pytest.raises(zmq.Again):
        b.recv_multipart(zmq.DONTWAIT)


def test_sndmore_in_the_flags_is_no_matter(pair):
    """It is added for all but the last frame, and kept for the last one."""
    a, b = pair
    a.send(b"1", zmq.SNDMORE)
    a.send_multipart([b"2", b"3"])
    assert b.recv_multipart() == [b"1", b"2", b"3"]


def test_without_waiting_nothing_or_everything(make_socket, endpoint):
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    with pytest.raises(zmq.Again):
        push.send_multipart([b"1", b"2"], zmq.DONTWAIT)
    pull = make_socket(zmq.PULL)
    pull.connect(push.last_endpoint.decode())
    push.send_multipart([b"3", b"4"])
    assert pull.recv_multipart() == [b"3", b"4"]


def test_rest_of_a_message_after_recv(pair):
    a, b = pair
    a.send_multipart([b"1", b"2", b"3"])
    assert b.recv() == b"1"
    assert b.recv_multipart() == [b"2", b"3"]


def test_by_position(pair):
    a, b = pair
    a.send_multipart([b"1"], 0, True, False)
    assert b.recv_multipart(0, True, False) == [b"1"]
    a.send_multipart(msg_parts=[b"1"])
    assert b.recv_multipart(flags=0, copy=True, track=False) == [b"1"]


def test_result(pair):
    a, b = pair
    large = b"x" * 100_000
    assert a.send_multipart([b"1", large]) is None
    assert a.send_multipart([b"1", large], track=True) is None
    assert a.send_multipart([b"1", large], copy=False) is None
    tracker = a.send_multipart([b"1", large], copy=False, track=True)
    assert isinstance(tracker, zmq.MessageTracker)
    for _ in range(4):
        assert b.recv_multipart() == [b"1", large]
    tracker.wait(5)


def test_tracker_watches_every_frame(pair):
    a, b = pair
    first, last = bytearray(100_000), bytearray(100_000)
    tracker = a.send_multipart([first, last], copy=False, track=True)
    frame = b.recv(copy=False)
    b.recv()
    assert not tracker.done
    del frame
    tracker.wait(5)
    assert tracker.done


def test_more_of_each_frame(pair):
    a, b = pair
    a.send_multipart([b"1", b"2", b"3"])
    frames = b.recv_multipart(copy=False)
    assert [frame.more for frame in frames] == [True, True, False]


def test_forwarding_frames(socket_pair):
    """Frames received can be sent on as they are."""
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    c, d = socket_pair(zmq.PAIR, zmq.PAIR)
    parts = [b"1", b"x" * 100_000, b"3"]
    a.send_multipart(parts)
    frames = b.recv_multipart(copy=False)
    c.send_multipart(frames, copy=False)
    assert d.recv_multipart() == parts
    # sending left the frames whole
    c.send_multipart(frames)
    assert d.recv_multipart() == parts
