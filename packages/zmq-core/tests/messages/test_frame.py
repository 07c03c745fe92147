"""Frames: their content, their properties, their copies."""

from __future__ import annotations

import array
import copy
import gc
import threading
import weakref

import pytest

import zmq


@pytest.fixture
def received(socket_pair):
    """Make a frame that came over tcp from a DEALER: it has properties."""
    router, dealer = socket_pair(zmq.ROUTER, zmq.DEALER, "tcp")

    def make(data: bytes = b"abc") -> zmq.Frame:
        dealer.send(data)
        return router.recv_multipart(copy=False)[1]

    return make


def test_empty():
    for frame in (zmq.Frame(), zmq.Frame(None), zmq.Frame(b"")):
        assert frame.bytes == bytes(frame) == b""
        assert len(frame) == 0
        assert bytes(frame.buffer) == b""
        assert not frame


SOURCES = {
    "bytes": lambda: b"abcdef",
    "bytearray": lambda: bytearray(b"abcdef"),
    "memoryview": lambda: memoryview(b"xabcdefx")[1:-1],
    "array": lambda: array.array("h", [1, -2, 3]),
    "matrix": lambda: memoryview(bytes(range(24))).cast("B", (4, 6)),
    "frame": lambda: zmq.Frame(b"abcdef"),
    "large": lambda: bytes(range(256)) * 1000,
}


@pytest.mark.parametrize("copied", [None, True, False], ids=["auto", "copy", "share"])
@pytest.mark.parametrize("source", SOURCES)
def test_from_everything_with_a_buffer(source, copied):
    data = SOURCES[source]()
    frame = zmq.Frame(data, copy=copied)
    expected = bytes(memoryview(data))
    assert frame.bytes == bytes(frame) == bytes(frame.buffer) == expected
    assert bytes(memoryview(frame)) == expected
    assert len(frame) == frame.buffer.nbytes == len(expected)
    assert frame
    assert not frame.more


@pytest.mark.parametrize("bad", ["text", 3, [1], object()], ids=repr)
def test_from_something_else(bad):
    with pytest.raises(TypeError):
        zmq.Frame(bad)


@pytest.mark.parametrize("copied", [None, True, False], ids=["auto", "copy", "share"])
def test_from_non_contiguous_memory(copied):
    with pytest.raises((BufferError, ValueError, TypeError)):
        zmq.Frame(memoryview(b"abcdef")[::2], copy=copied)


def test_arguments():
    assert zmq.Frame(data=b"abc").bytes == b"abc"
    assert zmq.Frame(b"abc", True, None, 10).bytes == b"abc"
    assert zmq.Frame(b"abc", track=False, copy=None, copy_threshold=0).bytes == b"abc"


def test_copy_is_independent():
    data = bytearray(b"abc")
    copied, shared = zmq.Frame(data, copy=True), zmq.Frame(data, copy=False)
    data[0] = ord("X")
    assert copied.bytes == b"abc"
    assert shared.bytes == b"Xbc"


@pytest.mark.parametrize(
    ("size", "threshold", "shared"),
    [(10, 11, False), (10, 10, True), (10, 0, True), (70_000, None, True)],
)
def test_threshold(size, threshold, shared):
    arguments = {} if threshold is None else {"copy_threshold": threshold}
    data = bytearray(size)
    frame = zmq.Frame(data, **arguments)
    data[0] = 1
    assert (frame.bytes[0] == 1) is shared


def test_threshold_of_the_module(monkeypatch):
    monkeypatch.setattr(zmq, "COPY_THRESHOLD", 3)
    data = bytearray(b"abcd")
    frame = zmq.Frame(data)
    data[0] = ord("X")
    assert frame.bytes == b"Xbcd"


def test_shared_memory_lives_as_long_as_the_frame():
    class Memory(bytearray):
        """Can be referred to weakly."""

    data = Memory(100_000)
    frame = zmq.Frame(data, copy=False)
    alive = weakref.ref(data)
    del data
    gc.collect()
    assert alive() is not None
    assert len(frame) == 100_000
    del frame
    # libzmq's release comes back to Python at its next occasion
    for _ in range(1000):
        if alive() is None:
            break
        zmq.Frame(b"x" * 100_000, copy=False)
        gc.collect()
    assert alive() is None


def test_bytes_are_made_once():
    frame = zmq.Frame(b"abc" * 100)
    assert frame.bytes is frame.bytes


def test_buffer_of_a_received_frame_is_writable(received):
    frame = received(b"abc")
    assert not frame.buffer.readonly
    frame.buffer[0] = ord("X")
    assert bytes(frame.buffer) == bytes(memoryview(frame)) == b"Xbc"


def test_memoryview(received):
    for frame in (zmq.Frame(b"abc"), received(b"abc")):
        view = memoryview(frame)
        assert (view.format, view.shape, view.strides) == ("B", (3,), (1,))
        assert view.nbytes == 3
        assert view.contiguous


def test_memoryview_outlives_the_frame(received):
    frame = received(b"abc" * 1000)
    view, buffer = memoryview(frame), frame.buffer
    del frame
    gc.collect()
    assert bytes(view) == bytes(buffer) == b"abc" * 1000


def test_repr_and_str():
    assert repr(zmq.Frame(b"")) == "<zmq.Frame(b'')>"
    assert repr(zmq.Frame(b"abc")) == str(zmq.Frame(b"abc")) == "<zmq.Frame(b'abc')>"
    long = repr(zmq.Frame(b"abcdefghijklmnopqrstuvwxyz" * 2))
    assert long == "<zmq.Frame(b'abcdefghijkl'...52B)>"
    assert repr(zmq.Frame(b"\xff")) == r"<zmq.Frame(b'\xff')>"


@pytest.mark.parametrize(
    ("size", "text"),
    [(90, "90B"), (2000, "2kB"), (200_000, "200kB"), (2 * 10**7, "20MB")],
)
def test_repr_tells_the_size(size, text):
    assert repr(zmq.Frame(bytes(size))).endswith(f"...{text})>")


def test_equality_is_identity():
    a, b = zmq.Frame(b"abc"), zmq.Frame(b"abc")
    assert a == a
    assert a != b
    assert a != b"abc"
    assert len({a, b}) == 2


def test_message_is_the_old_name():
    assert zmq.Message is zmq.Frame
    assert zmq.Message(b"abc").bytes == b"abc"


def test_subclass():
    class Mine(zmq.Frame):
        """A subclass with an attribute."""

        note = None

    frame = Mine(b"abc")
    frame.note = "x"
    assert frame.bytes == b"abc"
    assert frame.note == "x"


def test_more(socket_pair):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    a.send_multipart([b"1", b"2"])
    first, last = b.recv(copy=False), b.recv(copy=False)
    assert (first.more, last.more) == (True, False)
    assert first.get(zmq.MORE) == first[zmq.MORE] == 1
    assert last.get(zmq.MORE) == 0
    assert type(first.more) is bool


def test_properties(received):
    frame = received()
    assert frame["Socket-Type"] == frame.get("Socket-Type") == "DEALER"
    assert frame[b"Socket-Type"] == "DEALER"
    assert frame["Peer-Address"] == "127.0.0.1"
    assert frame["Identity"] == ""


@pytest.fixture
def reply_of_zap(context):
    """Let in a client of the context, with this user id and these properties."""
    handlers = []

    def make(user_id: bytes, metadata: bytes) -> None:
        handler = context.socket(zmq.REP)
        handler.bind("inproc://zeromq.zap.01")
        handlers.append(handler)

        def answer() -> None:
            version, request_id, *_ = handler.recv_multipart()
            handler.send_multipart(
                [version, request_id, b"200", b"OK", user_id, metadata]
            )

        thread = threading.Thread(target=answer)
        thread.start()
        handlers.append(thread)

    yield make
    handlers[1].join()
    handlers[0].close()


KEY = b"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"


@pytest.mark.parametrize(
    ("user_id", "key"),
    [(b"ada", KEY), ("äda".encode(), b""), (b"", KEY), (b"", b""), (b"\xff", b"k")],
)
def test_who_sent_it(make_socket, reply_of_zap, user_id, key):
    reply_of_zap(user_id, b"\x08Peer-Key" + len(key).to_bytes(4, "big") + key)
    pull = make_socket(zmq.PULL, zap_domain=b"house")
    pull.bind("tcp://127.0.0.1:0")
    push = make_socket(zmq.PUSH)
    push.connect(pull.last_endpoint.decode())
    push.send_multipart([b"one", b"two"])
    for frame in pull.recv_multipart(copy=False):
        for same in (frame, copy.copy(frame)):
            assert same.user_id == (user_id.decode("utf-8", "replace") or None)
            assert same.peer_key == (key or None)


def test_nobody_knows_who_sent_it(received):
    for frame in (received(), zmq.Frame(b"made here"), zmq.Frame()):
        assert frame.user_id is None
        assert frame.peer_key is None
        for name in ("user_id", "peer_key"):
            with pytest.raises(AttributeError):
                setattr(frame, name, "me")


def test_identity_property(make_socket, endpoint):
    router = make_socket(zmq.ROUTER)
    router.bind(endpoint("tcp"))
    dealer = make_socket(zmq.DEALER, identity=b"me")
    dealer.connect(router.last_endpoint.decode())
    dealer.send(b"x")
    frame = router.recv_multipart(copy=False)[1]
    assert frame["Identity"] == frame.get("Identity") == "me"


def test_numbered_options(received):
    frame = received()
    assert frame.get(zmq.MessageOption.MORE) == 0
    assert frame.get(zmq.SHARED) in (0, 1)
    assert frame.get(zmq.SRCFD) > 0
    assert frame[zmq.SRCFD] == frame.srcfd == frame.SRCFD


def test_without_a_source_there_is_no_such_attribute():
    frame = zmq.Frame(b"made here")
    for name in ("srcfd", "SRCFD"):
        assert not hasattr(frame, name)
        with pytest.raises(AttributeError, match=name):
            getattr(frame, name)
    with pytest.raises(zmq.ZMQError, match="Invalid argument"):
        frame.get(zmq.SRCFD)


@pytest.mark.parametrize(
    "name",
    ["nonsense", "", "socket-type", "Socket-Type\0x", b"Socket-Type\0", 999],
    ids=repr,
)
def test_properties_that_are_not_there(received, name):
    frame = received()
    with pytest.raises(zmq.ZMQError) as caught:
        frame.get(name)
    assert caught.value.errno == zmq.EINVAL
    with pytest.raises(zmq.ZMQError):
        frame[name]


def test_properties_need_a_connection():
    with pytest.raises(zmq.ZMQError) as caught:
        zmq.Frame(b"abc").get("Socket-Type")
    assert caught.value.errno == zmq.EINVAL


@pytest.mark.parametrize("name", [None, 3.5, slice(0, 2), [1]], ids=repr)
def test_wrong_kind_of_property(name):
    with pytest.raises(TypeError):
        zmq.Frame(b"abc").get(name)
    with pytest.raises(TypeError):
        zmq.Frame(b"abc")[name]


def test_options_cannot_be_set():
    frame = zmq.Frame(b"abc")
    with pytest.raises(zmq.ZMQError) as caught:
        frame.set(zmq.MORE, 3)
    assert caught.value.errno == zmq.EINVAL
    with pytest.raises((TypeError, zmq.ZMQError)):
        frame.set("Socket-Type", "x")
    with pytest.raises(TypeError):
        frame["Socket-Type"] = "x"


def test_misspelt_attribute():
    frame = zmq.Frame(b"abc")
    with pytest.raises(AttributeError, match=r"(?i)nonsense"):
        _ = frame.nonsense
    with pytest.raises(AttributeError, match=r"(?i)nonsense"):
        frame.nonsense = 1


def test_shallow_copy(received):
    # Better than pyzmq 27, whose copies are of a class without properties.
    for frame in (zmq.Frame(b"abc" * 100), received(b"abc" * 100)):
        other = copy.copy(frame)
        assert other is not frame
        assert type(other) is zmq.Frame
        assert other.bytes == frame.bytes
        assert len(other) == 300


def test_copies_share_memory_and_outlive_each_other():
    data = bytearray(b"abc" * 1000)
    frame = zmq.Frame(data, copy=False)
    other = copy.copy(frame)
    del frame
    gc.collect()
    data[0] = ord("X")
    assert bytes(other.buffer)[:3] == b"Xbc"


def test_copy_keeps_properties(received):
    # Better than pyzmq 27, see above.
    assert copy.copy(received())["Socket-Type"] == "DEALER"


def test_sending_a_frame_twice(socket_pair):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    for data in (b"abc", b"x" * 100_000):
        frame = zmq.Frame(data)
        for copied in (True, False, False, True):
            a.send(frame, copy=copied)
            assert b.recv() == data
        assert frame.bytes == data


def test_frame_may_be_closed_before_it_arrived(socket_pair):
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    frame = zmq.Frame(bytearray(b"x" * 100_000), copy=False)
    a.send(frame, copy=False)
    del frame
    gc.collect()
    assert b.recv() == b"x" * 100_000


def test_the_public_name() -> None:
    assert zmq.Frame.__module__ == "zmq"
    assert zmq.Frame.__qualname__ == "Frame"
    assert repr(zmq.Frame).startswith("<class 'zmq.Frame'>")
