"""What cannot be sent is refused, wholly, and the socket goes on."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from tests.torture.checks import assert_usable, outcome, refused

import zmq

Pair = tuple["zmq.Socket[bytes]", "zmq.Socket[bytes]"]

NO_BUFFER: list[Any] = ["text", 7, None, object(), 1.5, [b"a"], (b"a",), {b"a": 1}]
NOT_CONTIGUOUS = memoryview(bytearray(200_000))[::2]


def name_of(value: object) -> str:
    return type(value).__name__


@pytest.fixture
def pair(socket_pair: Any) -> Pair:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR, rcvtimeo=5000, sndtimeo=5000)
    return one, other


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("data", NO_BUFFER, ids=name_of)
def test_send_needs_a_buffer(pair: Pair, data: Any, copy: bool) -> None:
    one, other = pair
    hint = "send_string" if isinstance(data, str) else name_of(data)
    with refused(TypeError, hint):
        one.send(data, copy=copy)
    with refused(TypeError, hint):
        one.send(data, zmq.SNDMORE, copy=copy)
    assert_usable(one, other)


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize("data", NO_BUFFER, ids=name_of)
def test_nothing_of_a_multipart_with_a_bad_frame_is_sent(
    pair: Pair, data: Any, size: int, position: int, copy: bool
) -> None:
    one, other = pair
    parts: list[Any] = [b"x" * size, bytearray(size), zmq.Frame(b"y" * size)]
    parts.insert(position, data)
    with refused(TypeError, f"Frame {position}", repr(data)[:20]):
        one.send_multipart(parts, copy=copy)
    with refused(TypeError, f"Frame {position}"):
        one.send_multipart(parts, zmq.SNDMORE, copy=copy)
    assert not other.poll(0)
    assert_usable(one, other)


def test_a_bad_frame_leaves_the_message_begun_before_as_it_was(pair: Pair) -> None:
    one, other = pair
    one.send(b"first", zmq.SNDMORE)
    with refused(TypeError, "Frame 1"):
        one.send_multipart([b"never", "bad"])  # type: ignore[list-item]
    with refused(TypeError, "send_string"):
        one.send("never", zmq.SNDMORE)
    one.send(b"last")
    assert other.recv_multipart() == [b"first", b"last"]
    assert_usable(one, other)


@pytest.mark.parametrize("copy", [True, False])
def test_send_needs_contiguous_memory(pair: Pair, copy: bool) -> None:
    one, other = pair
    with refused(BufferError, "contiguous"):
        one.send(NOT_CONTIGUOUS, copy=copy)
    with refused((BufferError, TypeError), "contiguous"):
        one.send_multipart([b"before", NOT_CONTIGUOUS, b"after"], copy=copy)
    assert_usable(one, other)


def test_send_refuses_a_released_memoryview(pair: Pair) -> None:
    one, other = pair
    view = memoryview(b"gone")
    view.release()
    with refused((ValueError, TypeError), "memoryview"):
        one.send(view)
    with refused((ValueError, TypeError), "memoryview"):
        one.send_multipart([b"before", view])
    assert_usable(one, other)


def failing_parts() -> Any:
    yield b"one"
    yield b"two"
    raise ZeroDivisionError("the caller's own")


def test_an_error_of_the_iterable_sends_nothing(pair: Pair) -> None:
    one, other = pair
    with pytest.raises((ZeroDivisionError, TypeError)):
        one.send_multipart(failing_parts())
    assert_usable(one, other)


@pytest.mark.parametrize("parts", [None, 5, object()], ids=name_of)
def test_send_multipart_needs_an_iterable(pair: Pair, parts: Any) -> None:
    one, other = pair
    with refused(TypeError, name_of(parts), "iter"):
        one.send_multipart(parts)
    assert_usable(one, other)


@pytest.mark.parametrize("parts", ["text", b"bytes"], ids=name_of)
def test_send_multipart_refuses_the_characters_of_a_string(
    pair: Pair, parts: Any
) -> None:
    one, other = pair
    with refused(TypeError, "Frame 0"):
        one.send_multipart(parts)
    assert_usable(one, other)


def test_send_multipart_needs_a_frame(pair: Pair) -> None:
    one, other = pair
    with pytest.raises(IndexError):
        one.send_multipart([])
    assert_usable(one, other)


@pytest.mark.parametrize("flags", ["1", b"1", None, [], object()], ids=name_of)
def test_flags_of_another_type(pair: Pair, flags: Any) -> None:
    one, other = pair
    for call in (
        lambda: one.send(b"x", flags),
        lambda: one.send_multipart([b"x"], flags),
        lambda: one.send_string("x", flags),
        lambda: one.recv(flags),
        lambda: one.recv_multipart(flags),
        lambda: one.recv_string(flags),
        lambda: one.recv_into(bytearray(1), flags=flags),
    ):
        with refused(TypeError, "int"):
            call()
    assert_usable(one, other)


@pytest.mark.parametrize("flags", [1 << 40, -(1 << 40), 1 << 70])
def test_flags_that_do_not_fit(pair: Pair, flags: int) -> None:
    one, other = pair
    for call in (
        lambda: one.send(b"x", flags),
        lambda: one.send_multipart([b"x"], flags),
        lambda: one.recv(flags),
        lambda: one.recv_multipart(flags),
    ):
        with pytest.raises(OverflowError):
            call()
    assert_usable(one, other)


@pytest.mark.parametrize("bit", [4, 64, 128, 1 << 20])
def test_unknown_flags_are_named_or_do_nothing(pair: Pair, bit: int) -> None:
    one, other = pair
    for call in (
        lambda: one.send(b"x", zmq.DONTWAIT | bit),
        lambda: one.send_multipart([b"x"], zmq.DONTWAIT | bit),
    ):
        result = outcome(call, zmq.ZMQError)
        if isinstance(result, zmq.ZMQError):
            assert result.errno == zmq.EINVAL
            assert "flags" in str(result)
        else:
            assert other.recv_multipart() == [b"x"]
    for call in (
        lambda: one.recv(zmq.DONTWAIT | bit),
        lambda: one.recv_multipart(zmq.DONTWAIT | bit),
    ):
        with pytest.raises(zmq.ZMQError) as caught:
            call()
        if caught.value.errno != zmq.EAGAIN:
            assert "flags" in str(caught.value)
    assert_usable(one, other)


def test_send_string_needs_a_str(pair: Pair) -> None:
    one, other = pair
    for bad in (b"bytes", None, 5):
        with refused(TypeError, "str"):
            one.send_string(bad)  # type: ignore[arg-type]
    with refused(LookupError, "no-such-encoding"):
        one.send_string("x", encoding="no-such-encoding")
    with refused(UnicodeEncodeError, "ascii"):
        one.send_string("é", encoding="ascii")
    assert_usable(one, other)


def test_what_cannot_be_serialised_is_not_sent(pair: Pair) -> None:
    one, other = pair
    with refused(TypeError, "object"):
        one.send_json(object())
    with pytest.raises((AttributeError, pickle.PicklingError)):
        one.send_pyobj(lambda: None)
    with refused(TypeError, "Frame 0"):
        one.send_serialized("x", lambda message: "text")
    with refused(TypeError, "iter"):
        one.send_serialized("x", lambda message: None)
    with pytest.raises(ZeroDivisionError):
        one.send_serialized("x", lambda message: 1 / 0)
    assert_usable(one, other)


def test_tracking_needs_a_tracked_frame(pair: Pair) -> None:
    one, other = pair
    frame = zmq.Frame(b"x" * 100_000, track=False)
    with refused(ValueError, "track"):
        one.send(frame, copy=False, track=True)
    assert_usable(one, other)
    with refused(ValueError, "track"):
        zmq.MessageTracker(frame)
    for rubbish in (5, None, "x", object()):
        with refused(TypeError, "Frame"):
            zmq.MessageTracker(rubbish)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["join", "leave"])
@pytest.mark.parametrize("group", [5, None, ["g"]], ids=str)
def test_a_group_is_str_or_bytes(make_socket: Any, method: str, group: Any) -> None:
    dish = make_socket(zmq.DISH)
    with refused(TypeError, "str or bytes for group", group):
        getattr(dish, method)(group)


@pytest.mark.parametrize("argument", [{"routing_id": 1}, {"group": "g"}], ids=str)
def test_draft_arguments_without_the_draft_api(
    pair: Pair, argument: dict[str, Any]
) -> None:
    if zmq.DRAFT_API:
        pytest.skip("this build has the draft API")
    one, other = pair
    with refused((RuntimeError, zmq.ZMQError), "draft"):
        one.send(b"x", **argument)
    with refused((RuntimeError, zmq.ZMQError), "draft"):
        one.send_multipart([b"x"], **argument)
    with refused((RuntimeError, zmq.ZMQError), "draft"):
        one.join("group")
    with refused((RuntimeError, zmq.ZMQError), "draft"):
        one.leave("group")
    assert_usable(one, other)


def test_unknown_keyword(pair: Pair) -> None:
    one, other = pair
    with refused(TypeError, "bogus"):
        one.send(b"x", bogus=1)  # type: ignore[call-overload]
    with refused(TypeError, "bogus"):
        one.send_multipart([b"x"], bogus=1)
    with refused(TypeError, "bogus"):
        one.recv(bogus=1)  # type: ignore[call-overload]
    assert_usable(one, other)


@pytest.mark.parametrize("mandatory", [False, True])
def test_a_router_without_the_route(make_socket: Any, mandatory: bool) -> None:
    router = make_socket(zmq.ROUTER, router_mandatory=mandatory, sndtimeo=1000)
    dealer = make_socket(zmq.DEALER, routing_id=b"known", rcvtimeo=5000)
    router.bind("inproc://route")
    dealer.connect("inproc://route")
    if mandatory:
        with refused(zmq.ZMQError, "routing id", errno=zmq.EHOSTUNREACH):
            router.send_multipart([b"unknown", b"x" * 100_000], copy=False)
    else:
        router.send_multipart([b"unknown", b"lost"])
    router.send_multipart([b"known", b"found"])
    assert dealer.recv_multipart() == [b"found"]


@pytest.mark.parametrize(
    ("kind", "operation"),
    [
        (zmq.SUB, "send"),
        (zmq.PULL, "send"),
        (zmq.PUB, "recv"),
        (zmq.PUSH, "recv"),
    ],
    ids=str,
)
def test_a_direction_the_socket_type_does_not_have(
    make_socket: Any, kind: zmq.SocketType, operation: str
) -> None:
    socket = make_socket(kind)
    arguments = (b"x",) if operation == "send" else ()
    with refused(zmq.ZMQError, kind.name, operation, errno=zmq.ENOTSUP):
        getattr(socket, operation)(*arguments)
    arguments = ([b"x", b"y"],) if operation == "send" else ()
    with refused(zmq.ZMQError, kind.name, operation, errno=zmq.ENOTSUP):
        getattr(socket, f"{operation}_multipart")(*arguments)
    assert not socket.closed
