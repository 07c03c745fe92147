"""Text, JSON, pickles and serialisers of one's own."""

from __future__ import annotations

import datetime
import json
import pickle

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


TEXTS = ["", "abc", "é ü 漢字 🐍", "a\0b", "x" * 100_000]


@pytest.mark.parametrize("text", TEXTS, ids=["empty", "ascii", "wide", "nul", "large"])
def test_text(pair, text):
    a, b = pair
    a.send_string(text)
    assert b.recv_string() == text


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
def test_text_in_another_encoding(pair, copy):
    a, b = pair
    a.send_string("é", copy=copy, encoding="latin-1")
    assert b.recv() == b"\xe9"
    a.send_string("é", 0, copy, "utf-16")
    assert b.recv_string(encoding="utf-16") == "é"
    a.send(b"\xe9")
    assert b.recv_string(0, "latin-1") == "é"


def test_text_under_its_old_name(pair):
    a, b = pair
    a.send_unicode("é")
    assert b.recv_unicode() == "é"


@pytest.mark.parametrize("bad", [b"bytes", None, 3, ["text"]], ids=repr)
def test_send_string_wants_text(pair, bad):
    with pytest.raises(TypeError):
        pair[0].send_string(bad)
    assert pair[1].poll(0) == 0


def test_text_that_cannot_be_encoded(pair):
    with pytest.raises(UnicodeEncodeError):
        pair[0].send_string("é", encoding="ascii")
    with pytest.raises(LookupError):
        pair[0].send_string("é", encoding="nonsense")
    assert pair[1].poll(0) == 0


def test_text_that_cannot_be_decoded(pair):
    a, b = pair
    a.send(b"\xff\xfe\xfd")
    with pytest.raises(UnicodeDecodeError):
        b.recv_string()
    # the message is gone, the next one is not
    a.send_string("next")
    assert b.recv_string() == "next"


VALUES = [None, True, 0, -1.5, "text", "é", [], [1, [2]], {}, {"a": [1, None], "b": {}}]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_json(pair, value):
    a, b = pair
    assert a.send_json(value) is None
    assert b.recv_json() == value


def test_json_is_utf8_on_the_wire(pair):
    a, b = pair
    a.send_json({"a": 1})
    assert json.loads(b.recv().decode("utf-8")) == {"a": 1}
    a.send('{"é": 1}'.encode())
    assert b.recv_json() == {"é": 1}


def test_json_arguments_go_to_the_json_module(pair):
    a, b = pair
    today = datetime.date(2026, 11, 20)
    a.send_json({"day": today}, default=str)
    assert b.recv_json() == {"day": "2026-11-20"}
    a.send_json({"b": 1, "a": 2}, sort_keys=True)
    assert list(json.loads(b.recv())) == ["a", "b"]
    a.send_json([1.5])
    assert b.recv_json(parse_float=str) == ["1.5"]
    a.send_json({"a": 1})
    assert b.recv_json(object_pairs_hook=list) == [("a", 1)]


def test_json_flags(pair):
    a, b = pair
    a.send_json(1, zmq.SNDMORE)
    a.send_json(2, flags=0)
    assert b.recv_json(zmq.DONTWAIT) == 1
    assert b.rcvmore
    assert b.recv_json(flags=zmq.DONTWAIT) == 2
    with pytest.raises(zmq.Again):
        b.recv_json(zmq.DONTWAIT)


def test_what_json_cannot_say(pair):
    with pytest.raises(TypeError):
        pair[0].send_json(object())
    assert pair[1].poll(0) == 0


@pytest.mark.parametrize("bad", [b"", b"{", b"\xff", b"nonsense"], ids=repr)
def test_what_is_no_json(pair, bad):
    a, b = pair
    a.send(bad)
    with pytest.raises(ValueError, match=r"(?i)expecting|decode"):
        b.recv_json()
    a.send_json("next")
    assert b.recv_json() == "next"


@pytest.mark.parametrize(
    "value", [None, {1: {2, 3}}, b"x" * 100_000, datetime.date(2026, 1, 1), len]
)
def test_pickle(pair, value):
    a, b = pair
    a.send_pyobj(value)
    assert b.recv_pyobj() == value


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_protocol(pair, protocol):
    a, b = pair
    a.send_pyobj([1], protocol=protocol)
    data = b.recv()
    assert pickle.loads(data) == [1]
    if protocol >= 2:
        assert data[1] == protocol


def test_pickle_protocol_default(pair):
    a, b = pair
    a.send_pyobj([1])
    assert b.recv()[1] == pickle.DEFAULT_PROTOCOL
    a.send_pyobj([1], 0, -1)
    assert b.recv()[1] == pickle.HIGHEST_PROTOCOL


def test_pickle_flags(pair):
    a, b = pair
    a.send_pyobj(1, zmq.SNDMORE)
    a.send_pyobj(2)
    assert b.recv_pyobj(zmq.DONTWAIT) == 1
    assert b.recv_pyobj(flags=zmq.DONTWAIT) == 2


def test_what_cannot_be_pickled(pair):
    with pytest.raises((AttributeError, pickle.PicklingError, TypeError)):
        pair[0].send_pyobj(lambda: None)
    assert pair[1].poll(0) == 0


def test_what_is_no_pickle(pair):
    a, b = pair
    a.send(b"nonsense")
    with pytest.raises(pickle.UnpicklingError):
        b.recv_pyobj()


def test_serialiser(pair):
    a, b = pair

    def serialize(message):
        return [key.encode() + b"=" + value for key, value in message.items()]

    def deserialize(frames):
        return dict(frame.split(b"=") for frame in frames)

    a.send_serialized({"a": b"1", "b": b"2"}, serialize)
    assert b.recv_serialized(deserialize) == {b"a": b"1", b"b": b"2"}


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
def test_serialiser_with_frames(pair, copy):
    a, b = pair
    a.send_serialized([b"1", b"2"], serialize=list, flags=0, copy=copy)
    kinds = b.recv_serialized(lambda frames: [type(f) for f in frames], 0, copy)
    assert kinds == [bytes if copy else zmq.Frame] * 2


def test_serialiser_may_return_a_generator(pair):
    # Better than pyzmq 27: the manual asks for an iterable.
    a, b = pair
    a.send_serialized("abc", lambda text: (c.encode() for c in text))
    assert b.recv_multipart() == [b"a", b"b", b"c"]


def test_serialiser_flags(pair):
    a, b = pair
    a.send_serialized(1, lambda _: [b"1"], zmq.SNDMORE)
    a.send_serialized(2, lambda _: [b"2"], flags=zmq.DONTWAIT)
    assert b.recv_serialized(list, zmq.DONTWAIT) == [b"1", b"2"]
    with pytest.raises(zmq.Again):
        b.recv_serialized(list, flags=zmq.DONTWAIT)


def test_serialiser_that_raises(pair):
    a, b = pair
    with pytest.raises(ZeroDivisionError):
        a.send_serialized(1, lambda _: 1 / 0)
    assert b.poll(0) == 0
    a.send(b"x")
    with pytest.raises(ZeroDivisionError):
        b.recv_serialized(lambda _: 1 / 0)
    a.send(b"y")
    assert b.recv() == b"y"


def test_tracker_comes_through(pair):
    a, b = pair
    text = "x" * 100_000
    tracker = a.send_string(text, copy=False, track=True)
    assert isinstance(tracker, zmq.MessageTracker)
    assert b.recv_string() == text
    tracker.wait(5)
    tracker = a.send_serialized(
        1, lambda _: [bytearray(100_000)], copy=False, track=True
    )
    assert isinstance(tracker, zmq.MessageTracker)
    b.recv()
    tracker.wait(5)


def test_overridden_send_and_recv_are_used(context):
    """A subclass that watches `send` and `recv` sees what goes through them."""
    seen = []

    class Watched(zmq.Socket):
        """Notes every frame."""

        def send(self, data, *args, **kwargs):
            seen.append(("send", bytes(data)))
            return super().send(data, *args, **kwargs)

        def recv(self, *args, **kwargs):
            data = super().recv(*args, **kwargs)
            seen.append(("recv", bytes(data)))
            return data

    with Watched(context, zmq.PAIR) as a, Watched(context, zmq.PAIR) as b:
        a.bind("inproc://watched")
        b.connect("inproc://watched")
        a.send_string("1")
        assert b.recv_string() == "1"
        a.send_json(2)
        assert b.recv_json() == 2
        a.send_pyobj(None)
        assert b.recv_pyobj() is None
    assert [kind for kind, _ in seen] == ["send", "recv"] * 3
    assert seen[0][1] == b"1"
