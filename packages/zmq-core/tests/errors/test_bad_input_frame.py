"""Frames of nothing sendable, and options that no frame has."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from tests.torture.checks import refused

import zmq

LARGE = 100_000


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("copying", [True, False, None])
@pytest.mark.parametrize("data", ["text", 5, 1.5, object(), [b"a"], {}], ids=kind)
def test_a_frame_needs_a_buffer(data: Any, copying: Any) -> None:
    with refused(TypeError, kind(data)):
        zmq.Frame(data, copy=copying)


@pytest.mark.parametrize("copying", [True, False, None])
def test_a_frame_needs_contiguous_memory(copying: Any) -> None:
    with refused(BufferError, "contiguous"):
        zmq.Frame(memoryview(bytearray(2 * LARGE))[::2], copy=copying)


@pytest.mark.parametrize("threshold", ["x", b"x", [], object(), 1.5], ids=kind)
def test_copy_threshold_is_an_int(threshold: Any) -> None:
    with refused(TypeError, "int"):
        zmq.Frame(b"x", copy_threshold=threshold)


def test_copy_threshold_is_a_size() -> None:
    with refused(OverflowError, "C s"):
        zmq.Frame(b"x", copy_threshold=1 << 70)


@pytest.mark.parametrize("option", [99, -1, 1 << 20])
def test_unknown_option(option: int) -> None:
    frame = zmq.Frame(b"x")
    with refused(zmq.ZMQError, option, errno=zmq.EINVAL):
        frame.get(option)
    with refused(zmq.ZMQError, option, errno=zmq.EINVAL):
        frame[option]  # type: ignore[index]
    with refused(zmq.ZMQError, option, errno=zmq.EINVAL):
        frame.set(option, 1)
    assert frame.bytes == b"x"


@pytest.mark.parametrize("name", ["bogus", "User-Id", "Socket-Type", "", "é", "a\0b"])
def test_unknown_property(name: str) -> None:
    frame = zmq.Frame(b"x")
    with refused(zmq.ZMQError, repr(name), errno=zmq.EINVAL):
        frame.get(name)
    with refused(zmq.ZMQError, repr(name), errno=zmq.EINVAL):
        frame[name]
    with refused((TypeError, zmq.ZMQError), repr(name)):
        frame.set(name, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("option", [None, 1.5, [], object()], ids=kind)
def test_options_of_another_type(option: Any) -> None:
    frame = zmq.Frame(b"x")
    for call in (lambda: frame.get(option), lambda: frame[option]):
        with refused(TypeError, option):
            call()
    with refused((TypeError, zmq.ZMQError)):
        frame.set(option, 1)


def test_options_that_do_not_fit() -> None:
    frame = zmq.Frame(b"x")
    for call in (
        lambda: frame.get(1 << 40),  # type: ignore[call-overload]
        lambda: frame.set(1 << 40, 1),
        lambda: frame.set(zmq.MORE, 1 << 40),
    ):
        with refused(OverflowError):
            call()


@pytest.mark.parametrize("name", ["MORE", "SHARED", "SRCFD"])
def test_options_cannot_be_set(name: str) -> None:
    frame = zmq.Frame(b"x")
    with refused(zmq.ZMQError, name, errno=zmq.EINVAL):
        frame.set(getattr(zmq, name), 1)


def test_unknown_attributes() -> None:
    frame = zmq.Frame(b"x")
    with refused(AttributeError, "bogus"):
        _ = frame.bogus
    with refused(AttributeError, "bogus"):
        frame.bogus = 1  # type: ignore[attr-defined]
    with refused(AttributeError, "bytes"):
        frame.bytes = b"y"  # type: ignore[misc]
    assert frame.bytes == b"x"


@pytest.mark.skipif(zmq.DRAFT_API, reason="this build has the draft API")
def test_draft_attributes_without_the_draft_api() -> None:
    frame = zmq.Frame(b"x")
    with refused((RuntimeError, AttributeError), "draft"):
        _ = frame.routing_id
    with refused((RuntimeError, AttributeError), "draft"):
        frame.routing_id = 1
    with refused((RuntimeError, AttributeError), "draft"):
        frame.group = "g"


def test_frames_do_not_travel_by_pickle() -> None:
    with refused(TypeError):
        pickle.dumps(zmq.Frame(b"x"))


def test_a_copy_of_a_frame_outlives_it() -> None:
    frame = zmq.Frame(b"x" * LARGE, copy=False)
    again = copy.copy(frame)
    del frame
    assert again.bytes == b"x" * LARGE


@pytest.mark.parametrize("timeout", ["x", [], object()], ids=kind)
def test_a_tracker_waits_for_numbers(make_socket: Any, timeout: Any) -> None:
    push = make_socket(zmq.PUSH, linger=0)
    push.connect("tcp://127.0.0.1:9")
    tracker = push.send(b"x" * LARGE, copy=False, track=True)
    assert not tracker.done
    with pytest.raises(TypeError):
        tracker.wait(timeout)
    with pytest.raises(zmq.NotDone):
        tracker.wait(0)


def test_a_bytearray_in_use_cannot_be_resized(make_socket: Any) -> None:
    push = make_socket(zmq.PUSH, linger=0)
    push.connect("tcp://127.0.0.1:9")
    data = bytearray(LARGE)
    push.send(data, copy=False)
    with refused(BufferError, "export"):
        data.append(1)
    push.close(linger=0)
