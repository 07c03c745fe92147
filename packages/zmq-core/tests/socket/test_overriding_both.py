"""Subclasses that override the methods for one frame and those for several.

As with pyzmq 27.3, the methods for several that they inherit come past theirs for one.
"""

from __future__ import annotations

import pytest

import zmq


class ByFrame:
    """Adds a byte to each frame."""

    def send(self, data, *args, **kwargs):
        return super().send(b"!" + data, *args, **kwargs)

    def recv(self, *args, **kwargs):
        return super().recv(*args, **kwargs)[1:]


class ByMessage:
    """Adds a frame to each message."""

    def send_multipart(self, msg_parts, *args, **kwargs):
        return super().send_multipart([b"head", *msg_parts], *args, **kwargs)

    def recv_multipart(self, *args, **kwargs):
        return super().recv_multipart(*args, **kwargs)[1:]


class Hidden:
    """A mixin that stands behind the socket, which hides its methods."""

    def send(self, data, *args, **kwargs):
        raise AssertionError

    recv = close = send

    def other(self):
        return "other"


class Both(ByFrame, ByMessage, zmq.Socket):
    pass


class Further(Both):
    pass


class Itself(zmq.Socket):
    def send(self, data, *args, **kwargs):
        return super().send(b"!" + data, *args, **kwargs)

    def recv(self, *args, **kwargs):
        return super().recv(*args, **kwargs)[1:]

    def send_multipart(self, msg_parts, *args, **kwargs):
        return super().send_multipart([b"head", *msg_parts], *args, **kwargs)

    def recv_multipart(self, *args, **kwargs):
        return super().recv_multipart(*args, **kwargs)[1:]


class MessagesFirst(ByMessage, zmq.Socket[bytes]):
    pass


class ThenFrames(ByFrame, MessagesFirst, Hidden):
    pass


class FramesFirst(ByFrame, zmq.Socket):
    pass


class ThenMessages(ByMessage, FramesFirst, Hidden):
    pass


ALL = [Both, Further, Itself, ThenFrames, ThenMessages]


def connected(context, endpoint, sending, receiving):
    push, pull = sending(context, zmq.PUSH), receiving(context, zmq.PULL)
    push.sndtimeo = pull.rcvtimeo = 10_000
    pull.bind(endpoint())
    push.connect(pull.last_endpoint.decode())
    return push, pull


@pytest.mark.parametrize("kind", ALL)
def test_every_frame_is_seen(context, endpoint, kind):
    push, plain = connected(context, endpoint, kind, zmq.Socket)
    with push, plain:
        push.send_multipart([b"one", b"two"])
        assert plain.recv_multipart() == [b"!head", b"!one", b"!two"]
    plain, pull = connected(context, endpoint, zmq.Socket, kind)
    with plain, pull:
        plain.send_multipart([b"!head", b"!one", b"!two"])
        assert pull.recv_multipart() == [b"one", b"two"]
        plain.send_multipart([b"!head", b"!one", b"!two"])
        assert pull.recv_serialized(list) == [b"one", b"two"]


@pytest.mark.parametrize("kind", [ThenFrames, ThenMessages])
def test_a_mixin_behind_the_socket_stays_there(context, kind):
    with context.socket(zmq.PUSH, kind) as socket:
        assert socket.other() == "other"
    assert socket.closed


def test_sockets_that_override_one_form_keep_their_bases():
    assert FramesFirst.__bases__ == (ByFrame, zmq.Socket)
    assert MessagesFirst.__bases__ == (ByMessage, zmq.Socket)
