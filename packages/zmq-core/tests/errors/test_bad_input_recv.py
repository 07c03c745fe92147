"""Bad buffers and bad contents on receive: told, and nothing more is lost."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from tests.torture.checks import assert_usable, refused

import zmq

Pair = tuple["zmq.Socket[bytes]", "zmq.Socket[bytes]"]


@pytest.fixture
def pair(socket_pair: Any) -> Pair:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR, rcvtimeo=5000, sndtimeo=5000)
    return one, other


def assert_still_there(other: zmq.Socket[bytes], message: bytes) -> None:
    assert other.recv() == message
    assert not other.poll(0)


def into_buffers() -> list[Any]:
    return [
        pytest.param(b"12345", BufferError, id="read-only"),
        pytest.param(memoryview(b"12345"), BufferError, id="read-only view"),
        pytest.param(b"", BufferError, id="read-only and empty"),
        pytest.param(memoryview(bytearray(20))[::2], BufferError, id="strided"),
        pytest.param("text", TypeError, id="str"),
        pytest.param(None, TypeError, id="None"),
        pytest.param(7, TypeError, id="int"),
        pytest.param([0] * 5, TypeError, id="list"),
    ]


@pytest.mark.parametrize(("buffer", "error"), into_buffers())
def test_recv_into_needs_writable_contiguous_memory(
    pair: Pair, buffer: Any, error: type[Exception]
) -> None:
    one, other = pair
    one.send(b"hello")
    assert other.poll(5000)
    with pytest.raises(error) as caught:
        other.recv_into(buffer)
    assert str(caught.value)
    assert_still_there(other, b"hello")
    assert_usable(one, other)


def test_recv_into_refuses_a_released_view(pair: Pair) -> None:
    one, other = pair
    one.send(b"hello")
    view = memoryview(bytearray(5))
    view.release()
    with refused(ValueError, "memoryview"):
        other.recv_into(view)
    assert_still_there(other, b"hello")


@pytest.mark.parametrize("nbytes", [-1, 6])
def test_recv_into_nbytes_beyond_the_buffer(pair: Pair, nbytes: int) -> None:
    one, other = pair
    buffer = bytearray(5)
    one.send(b"hello")
    with refused(ValueError, f"nbytes={nbytes}"):
        other.recv_into(buffer, nbytes=nbytes)
    assert buffer == bytes(5)
    assert_still_there(other, b"hello")


def test_recv_into_nbytes_that_are_no_size(pair: Pair) -> None:
    one, other = pair
    one.send(b"hello")
    for nbytes in ("2", None, b"2", []):
        with refused(TypeError, "int"):
            other.recv_into(bytearray(5), nbytes=nbytes)  # type: ignore[arg-type]
    for size in (1 << 62, 1 << 70, -(1 << 70)):
        with pytest.raises((OverflowError, ValueError)):
            other.recv_into(bytearray(5), nbytes=size)
    assert_still_there(other, b"hello")


@pytest.mark.parametrize(("size", "nbytes"), [(2, 0), (5, 2), (0, 0)])
def test_recv_into_reports_what_did_not_fit(pair: Pair, size: int, nbytes: int) -> None:
    one, other = pair
    memory = bytearray(10)
    with memoryview(memory) as whole, whole[:size] as part:
        one.send(b"hello")
        assert other.recv_into(part, nbytes=nbytes) == 5
    taken = nbytes or size
    assert memory == b"hello"[:taken] + bytes(10 - taken)
    assert_usable(one, other)


def test_recv_into_writes_nothing_beyond_a_large_frame(pair: Pair) -> None:
    one, other = pair
    memory = bytearray(b"\xaa" * 300_010)
    one.send(b"x" * 300_000)
    with memoryview(memory) as whole, whole[:300_000] as part:
        assert other.recv_into(part) == 300_000
    assert memory == b"x" * 300_000 + b"\xaa" * 10


def test_recv_into_takes_one_frame_of_a_multipart(pair: Pair) -> None:
    one, other = pair
    one.send_multipart([b"one", b"two"])
    assert other.poll(5000)
    with pytest.raises(BufferError):
        other.recv_into(b"read-only")
    buffer = bytearray(3)
    assert other.recv_into(buffer) == 3
    assert buffer == b"one"
    assert other.rcvmore
    assert other.recv() == b"two"
    assert_usable(one, other)


def test_recv_into_without_a_message(pair: Pair) -> None:
    _, other = pair
    buffer = bytearray(5)
    with pytest.raises(zmq.Again):
        other.recv_into(buffer, flags=zmq.DONTWAIT)
    other.rcvtimeo = 1
    with pytest.raises(zmq.Again):
        other.recv_into(buffer)
    assert buffer == bytes(5)
    buffer.append(1)  # no export of the buffer is left behind


NOT_UTF8 = b"\xff\xfe{not text"


def test_recv_string_of_invalid_utf8(pair: Pair) -> None:
    one, other = pair
    one.send(NOT_UTF8)
    one.send_string("next")
    with refused(UnicodeDecodeError, "utf-8", "0xff", "position 0"):
        other.recv_string()
    assert other.recv_string() == "next"
    assert_usable(one, other)


def test_the_error_of_recv_string_carries_the_message(pair: Pair) -> None:
    one, other = pair
    one.send(NOT_UTF8)
    with pytest.raises(UnicodeDecodeError) as caught:
        other.recv_string()
    assert caught.value.object == NOT_UTF8


def test_recv_string_in_an_unknown_encoding(pair: Pair) -> None:
    one, other = pair
    one.send(b"x")
    with refused(LookupError, "no-such-encoding"):
        other.recv_string(encoding="no-such-encoding")
    assert_usable(one, other)


@pytest.mark.parametrize("content", [b"{nope", b"", b"1 2"], ids=repr)
def test_recv_json_of_something_else(pair: Pair, content: bytes) -> None:
    one, other = pair
    one.send(content)
    one.send_json([1])
    with pytest.raises(json.JSONDecodeError) as caught:
        other.recv_json()
    assert caught.value.doc == content.decode()
    assert other.recv_json() == [1]
    assert_usable(one, other)


def test_recv_json_of_invalid_utf8(pair: Pair) -> None:
    one, other = pair
    one.send(NOT_UTF8)
    with pytest.raises(UnicodeDecodeError):
        other.recv_json()
    assert_usable(one, other)


@pytest.mark.parametrize("content", [b"not a pickle", b"", b"\x80\x04K"], ids=repr)
def test_recv_pyobj_of_something_else(pair: Pair, content: bytes) -> None:
    one, other = pair
    one.send(content)
    one.send_pyobj({"next": 1})
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        other.recv_pyobj()
    assert other.recv_pyobj() == {"next": 1}
    assert_usable(one, other)


def test_recv_serialized_passes_the_error_on(pair: Pair) -> None:
    one, other = pair
    one.send_multipart([b"one", b"two"])
    with pytest.raises(ZeroDivisionError):
        other.recv_serialized(lambda frames: 1 // 0)
    assert_usable(one, other)
    one.send(b"x")
    with refused(TypeError, "callable"):
        other.recv_serialized(None)  # type: ignore[arg-type]


def test_recv_serialized_ends_the_message_it_took(pair: Pair) -> None:
    one, other = pair
    one.send_multipart([b"1", b"2", b"3"])
    one.send(b"next")
    with pytest.raises(ZeroDivisionError):
        other.recv_serialized(lambda frames: 1 // 0, copy=False)
    assert other.recv() == b"next"
    assert_usable(one, other)
