"""Buffers of the caller's are let go of when a call ends: they can be resized then."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

import pytest

import zmq
from zmq.utils import z85


@pytest.fixture
def pair(socket_pair: Any) -> Any:
    return socket_pair(zmq.PAIR, zmq.PAIR)


def send_refused(a: Any, buffer: Any) -> None:
    with pytest.raises(TypeError):
        a.send_multipart([buffer, "text"])


def send_many_refused(a: Any, buffer: Any) -> None:
    with pytest.raises(TypeError):
        a.send_many([[buffer], ["text"]])


SENDS: dict[str, Callable[[Any, Any], Any]] = {
    "send": lambda a, buffer: a.send(buffer),
    "send, small": lambda a, buffer: a.send(buffer, copy=False),
    "send_multipart": lambda a, buffer: a.send_multipart([b"1", buffer]),
    "send_multipart, small": lambda a, b: a.send_multipart([b"1", b], copy=False),
    "send_multipart, generator": lambda a, b: a.send_multipart(x for x in [b, b]),
    "send_many": lambda a, buffer: a.send_many([[buffer], [b"1", buffer]]),
    "refused": send_refused,
    "refused, many": send_many_refused,
}
MAKES: dict[str, Callable[[Any], Any]] = {
    "Frame": lambda buffer: zmq.Frame(buffer, copy=True),
    "Frame, small": lambda buffer: zmq.Frame(buffer),
    "encode": z85.encode,
}


def buffers() -> list[Any]:
    return [bytearray(b"12345678"), array("i", [1, 2]), array("b", b"1234")]


@pytest.mark.parametrize("send", SENDS.values(), ids=SENDS)
def test_sent(pair: Any, send: Callable[[Any, Any], Any]) -> None:
    for buffer in buffers():
        send(pair[0], buffer)
        buffer.append(1)


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
def test_copied(make: Callable[[Any], Any]) -> None:
    for buffer in buffers():
        made = make(buffer)
        buffer.append(1)
        del made


def test_decoded() -> None:
    text = bytearray(b"HelloWorld")
    assert z85.decode(text) == b"\x86O\xd2o\xb5Y\xf7["
    text.append(1)


@pytest.mark.parametrize("nbytes", [0, 2])
def test_received_into(pair: Any, nbytes: int) -> None:
    a, b = pair
    for buffer in buffers():
        a.send(b"abcdefgh")
        assert b.recv_into(buffer, nbytes=nbytes)
        buffer.append(1)


def test_nothing_to_receive(pair: Any) -> None:
    for buffer in buffers():
        with pytest.raises(zmq.Again):
            pair[1].recv_into(buffer, flags=zmq.DONTWAIT)
        with pytest.raises(ValueError, match="nbytes"):
            pair[1].recv_into(buffer, nbytes=1000)
        buffer.append(1)
