"""Objects through codecs: what arrives is what was sent, and nothing else runs."""

from __future__ import annotations

import array
import gc
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

import zmq
from zmq.utils.serialize import (
    JSON,
    Arrays,
    FormatError,
    MsgPack,
    Msgspec,
    SignatureError,
    Signed,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@pytest.fixture
def pair(socket_pair: Any) -> Any:
    return socket_pair(zmq.PUSH, zmq.PULL, rcvtimeo=20_000)


def through(pair: Any, codec: Any, obj: Any) -> Any:
    push, pull = pair
    push.send_object(obj, codec=codec)
    return pull.recv_object(codec=codec)


# ---- the methods ---------------------------------------------------------------------


def test_codec_of_the_socket(context: Any) -> None:
    codec = JSON()
    with context.socket(zmq.PAIR, codec=codec) as a, context.socket(zmq.PAIR) as b:
        a.bind("inproc://codec")
        b.connect("inproc://codec")
        assert a.codec is codec
        assert b.codec is None
        b.codec = JSON()
        assert a.send_object({"a": [1, None]}) is None
        assert b.recv_object() == {"a": [1, None]}
        b.send_object("next")
        assert a.recv_json() == "next"
        with pytest.raises(zmq.Again):
            b.recv_object(zmq.DONTWAIT)


def test_without_a_codec(pair: Any) -> None:
    push, pull = pair
    for call in (lambda: push.send_object(1), pull.recv_object):
        with pytest.raises(TypeError, match=r"needs a codec of zmq\.utils\.serialize"):
            call()


@pytest.mark.parametrize("wrong", [JSON, "json", 5, b"k" * 32])
def test_what_is_no_codec(context: Any, pair: Any, wrong: Any) -> None:
    """It is refused before anything is sent, or received."""
    push, pull = pair
    push.send_json(1)
    words = "JSON is a class" if wrong is JSON else f"{wrong!r} is no codec"
    for call in (
        lambda: context.socket(zmq.PULL, codec=wrong),
        lambda: push.send_object(1, codec=wrong),
        lambda: pull.recv_object(codec=wrong),
        lambda: Signed(wrong, KEY),
    ):
        with pytest.raises(TypeError, match=words):
            call()
    assert pull.recv_json() == 1


def test_what_cannot_be_written_is_not_sent(pair: Any) -> None:
    push, pull = pair
    with pytest.raises(TypeError):
        push.send_object({1, 2}, codec=JSON())
    assert not pull.poll(20)


def test_a_codec_of_ones_own(pair: Any) -> None:
    class Words:
        copy = True

        def encode(self, obj: str) -> Any:
            return (word.encode() for word in obj.split())

        def decode(self, frames: list[bytes]) -> str:
            return " ".join(frame.decode() for frame in frames)

    assert through(pair, Words(), "one two  three") == "one two three"


# ---- the codecs ----------------------------------------------------------------------

PLAIN = {"text": "ä", "list": [1, 2.5, None, True], "nested": {"a": {}}}


@pytest.mark.parametrize("library", ["json", "orjson", "msgspec"])
def test_json(pair: Any, library: str) -> None:
    if library != "json":
        pytest.importorskip(library)
    assert through(pair, JSON(library), PLAIN) == PLAIN


def test_msgpack(pair: Any) -> None:
    pytest.importorskip("msgpack")
    obj = {**PLAIN, "bytes": b"\0\xff", 3: "a number as a key"}
    assert through(pair, MsgPack(), obj) == obj


@pytest.mark.parametrize("encoding", ["json", "msgpack"])
def test_msgspec(pair: Any, encoding: str) -> None:
    msgspec = pytest.importorskip("msgspec")
    point = msgspec.defstruct("Point", [("x", int), ("y", int)])
    codec = Msgspec(point, encoding)
    assert through(pair, codec, point(1, 2)) == point(1, 2)
    push, pull = pair
    push.send(getattr(msgspec, encoding).encode({"x": 1, "y": "two"}))
    with pytest.raises(FormatError, match=r"Point.*int.*\$\.y"):
        pull.recv_object(codec=codec)


def test_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, make in (
        ("msgpack", MsgPack),
        ("msgspec", lambda: Msgspec(int)),
        ("numpy", lambda: Arrays(numpy=True)),
        ("orjson", lambda: JSON("orjson")),
    ):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(
            ModuleNotFoundError, match=rf"{module}[\s\S]*install"
        ) as why:
            make()
        assert why.value.name == module
    assert repr(Arrays()) == "Arrays(numpy=False)"
    for mistake in (lambda: JSON("yaml"), lambda: Msgspec(int, "xml")):
        with pytest.raises(ValueError, match=r"yaml|xml"):
            mistake()


# ---- arrays --------------------------------------------------------------------------


def numpy_arrays() -> list[Any]:
    np = pytest.importorskip("numpy")
    whole = np.arange(24, dtype="<f8").reshape(2, 3, 4)
    return [
        whole,
        whole.T,
        whole[:, ::2],
        whole.astype(">i2"),
        np.array(3.5),
        np.zeros((0, 3), "f4"),
        np.array([True, False]),
        np.array(["text", "of"]),
        np.array([b"bytes"]),
        np.array(["2026-01-02"], "M8[D]"),
        np.array([1 + 2j]),
        np.float32(7),
    ]


def test_arrays_of_numpy(pair: Any) -> None:
    np = pytest.importorskip("numpy")
    for sent in numpy_arrays():
        received = through(pair, Arrays(), sent)
        assert received.dtype == sent.dtype
        assert received.shape == sent.shape
        assert np.array_equal(received, sent)
        assert not received.flags.writeable


@pytest.mark.skipif(
    sys.implementation.name == "pypy", reason="numpy never lets go of memory there"
)
def test_nothing_is_copied(pair: Any) -> None:
    np = pytest.importorskip("numpy")
    push, pull = pair
    sent = np.arange(1_000_000)
    tracker = push.send_object(sent, codec=Arrays(), track=True)
    received = pull.recv_object(codec=Arrays())
    # inproc: the receiver looks at the very memory that was sent
    sent[5] = -1
    assert received[5] == -1
    assert not tracker.done
    del received
    gc.collect()
    tracker.wait(5)


@pytest.mark.parametrize("code", "bBhHiIlLqQfd")
def test_other_buffers(pair: Any, code: str) -> None:
    sent = array.array(code, [1, 2, 3])
    received = through(pair, Arrays(numpy=False), sent)
    assert received.tolist() == [1, 2, 3]
    assert received.itemsize == sent.itemsize
    assert received.readonly
    shaped = memoryview(bytes(range(6))).cast("B", [2, 3])
    assert through(pair, Arrays(numpy=False), shaped).tolist() == shaped.tolist()
    assert through(pair, Arrays(numpy=False), b"").tolist() == []
    assert through(pair, Arrays(numpy=False), memoryview(b"abcdef")[::2]) == b"ace"


def test_elements_that_cannot_be_sent() -> None:
    np = pytest.importorskip("numpy")
    for obj in (np.array([object()]), np.zeros(1, "i4,f8"), "text", 5, [1]):
        with pytest.raises(TypeError):
            Arrays().encode(obj)
    with pytest.raises(TypeError, match=r"lose its mask"):
        Arrays().encode(np.ma.array([1, 2], mask=[False, True]))


class Series:
    """What has a dtype, and is no array of numpy."""

    dtype = "i4"


def test_what_only_looks_like_an_array() -> None:
    with pytest.raises(TypeError, match=r"'Series' has no buffer.*asarray"):
        Arrays().encode(Series())


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_a_matrix(pair: Any) -> None:
    np = pytest.importorskip("numpy")
    received = through(pair, Arrays(), np.matrix([[1, 2], [3, 4]]))
    assert received.tolist() == [[1, 2], [3, 4]]


GOOD = b'{"dtype": "<i4", "shape": [2], "order": "C"}'


@pytest.mark.parametrize("numpy", [True, False])
@pytest.mark.parametrize(
    "frames",
    [
        [],
        [GOOD],
        [GOOD, b"12345678", b""],
        [GOOD, b"1234567"],
        [b"", b""],
        [b"\xff", b""],
        [b"[" * 4000, b""],
        [b"x" * 5000, b""],
        [b"null", b""],
        [b'{"dtype": "<i4", "shape": [2]}', b"12345678"],
        [GOOD.replace(b"<i4", b"|O8"), b"1234567812345678"],
        [GOOD.replace(b"<i4", b"<i4,<i4"), b"1234567812345678"],
        [GOOD.replace(b"<i4", b"<i3"), b"123456"],
        [GOOD.replace(b'"<i4"', b"[]"), b"12345678"],
        [GOOD.replace(b'"C"', b'"K"'), b"12345678"],
        [GOOD.replace(b"[2]", b"2"), b"12345678"],
        [GOOD.replace(b"[2]", b"[-2]"), b"12345678"],
        [GOOD.replace(b"[2]", b"[-1]"), b"12345678"],
        [GOOD.replace(b"[2]", b"[true]"), b"1234"],
        [GOOD.replace(b"[2]", b"[2.0]"), b"12345678"],
        [GOOD.replace(b"[2]", b"[99999999999999999999, 0]"), b""],
        [GOOD.replace(b"[2]", b"[4294967296, 4294967296]"), b""],
        [GOOD.replace(b"[2]", str([1] * 33).encode()), b"1234"],
    ],
)
def test_descriptions_that_do_not_fit(frames: list[bytes], numpy: bool) -> None:
    if numpy:
        pytest.importorskip("numpy")
    with pytest.raises(FormatError, match="Arrays: "):
        Arrays(numpy=numpy).decode(frames)


# ---- signatures ----------------------------------------------------------------------


def test_signed(pair: Any) -> None:
    codec = Signed(JSON(), KEY)
    assert through(pair, codec, PLAIN) == PLAIN
    assert KEY.decode() not in repr(codec)
    np = pytest.importorskip("numpy")
    sent = np.arange(100_000)
    assert np.array_equal(through(pair, Signed(Arrays(), KEY), sent), sent)


def test_a_key_is_replaced() -> None:
    old = Signed(JSON(), OTHER_KEY).encode(1)
    assert Signed(JSON(), KEY, accept=[OTHER_KEY]).decode(old) == 1
    with pytest.raises(SignatureError):
        Signed(JSON(), KEY).decode(old)


class TwoFrames:
    copy = True

    def encode(self, obj: Any) -> list[bytes]:
        return list(obj)

    def decode(self, frames: Any) -> Any:
        return frames


def test_what_was_changed_on_the_way() -> None:
    codec = Signed(TwoFrames(), KEY)
    one, two, signature = codec.encode([b"one", b"two"])
    assert codec.decode([one, two, signature]) == [b"one", b"two"]
    for frames in (
        [two, one, signature],
        [one, b"twp", signature],
        [b"onet", b"wo", signature],
        [one + two, signature],
        [one, two, b"", signature],
        [one, two, signature[:-1]],
        [one, two, signature + b"0"],
        [one, two, b""],
        [one, two],
        [signature],
        [],
    ):
        with pytest.raises(SignatureError):
            codec.decode(frames)


def test_keys() -> None:
    for key, error in ((b"short", ValueError), ("k" * 32, TypeError)):
        with pytest.raises(error, match="key"):
            Signed(JSON(), key)  # type: ignore[arg-type]


# ---- strangers -----------------------------------------------------------------------


class Exploit:
    """What is public of how a pickle takes over whoever loads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return open, (str(self.path), "w")


def codecs() -> dict[str, Any]:
    pytest.importorskip("msgpack")
    pytest.importorskip("msgspec")
    return {
        "json": JSON(),
        "msgspec's json": JSON("msgspec"),
        "msgpack": MsgPack(),
        "msgspec": Msgspec(dict),
        "msgspec json": Msgspec(dict, "json"),
        "arrays": Arrays(),
        "signed": Signed(JSON(), KEY),
    }


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_exploit(pair: Any, tmp_path: Path, protocol: int) -> None:
    push, pull = pair
    touched = tmp_path / "touched"
    payload = pickle.dumps(Exploit(touched), protocol)
    for codec in codecs().values():
        for frames in ([payload], [GOOD, payload], [payload, payload]):
            push.send_multipart(frames)
            with pytest.raises(FormatError):
                pull.recv_object(codec=codec)
    assert not touched.exists()
    pickle.loads(payload).close()  # it does work on whoever loads it
    assert touched.exists()


def test_rubbish(pair: Any) -> None:
    push, pull = pair
    deep = [b"[" * 100_000, b"\x91" * 100_000, b'{"a":' * 50_000]
    for codec in codecs().values():
        for data in (b"", b"\xc1", b"\xdc\xff\xff", *deep):
            push.send(data)
            with pytest.raises(FormatError):
                pull.recv_object(codec=codec)
    push.send(b"{}")
    assert pull.recv_object(codec=JSON()) == {}
