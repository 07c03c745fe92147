"""Subclasses of green sockets."""

from __future__ import annotations

from typing import Any

import pytest

import zmq.green as zmq


class ByFrame(zmq.Socket):
    """Adds a byte to each frame."""

    def send(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return super().send(b"!" + data, *args, **kwargs)

    def recv(self, *args: Any, **kwargs: Any) -> Any:
        return super().recv(*args, **kwargs)[1:]


class ByMessage(zmq.Socket):
    """Adds a frame to each message."""

    def send_multipart(self, msg_parts: Any, *args: Any, **kwargs: Any) -> Any:
        return super().send_multipart([b"head", *msg_parts], *args, **kwargs)

    def recv_multipart(self, *args: Any, **kwargs: Any) -> Any:
        return super().recv_multipart(*args, **kwargs)[1:]


class Both(ByMessage):
    """Does both."""

    def send(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return super().send(b"!" + data, *args, **kwargs)

    def recv(self, *args: Any, **kwargs: Any) -> Any:
        return super().recv(*args, **kwargs)[1:]


@pytest.mark.parametrize("kind", [ByFrame, Both])
def test_every_frame_is_seen(context: Any, spawn: Any, kind: Any) -> None:
    head = [b"!head"] if kind is Both else []
    with context.socket(zmq.PAIR) as plain, kind(context, zmq.PAIR) as special:
        plain.bind("inproc://subclass")
        special.connect("inproc://subclass")
        waiting = spawn(special.recv_multipart)
        plain.send_multipart([*head, b"!one", b"!two"])
        assert waiting.get(timeout=5) == [b"one", b"two"]
        waiting = spawn(plain.recv_multipart)
        special.send_multipart([b"one", b"two"])
        assert waiting.get(timeout=5) == [*head, b"!one", b"!two"]
