"""Methods of zmq.Socket's own, which its commonest calls go through."""

from __future__ import annotations

import inspect

import pytest

import zmq
from zmq.backend import Socket as SocketBase

ENTRIES = ("send", "recv", "send_multipart", "recv_multipart")


@pytest.mark.parametrize("name", ENTRIES)
def test_they_belong_to_the_class_itself(name):
    """Python calls those directly, and inherited ones through a general call."""
    if not hasattr(SocketBase, "_install_fast_methods"):
        pytest.skip("not with this backend")
    assert vars(zmq.Socket)[name].__objclass__ is zmq.Socket


@pytest.mark.parametrize("name", ENTRIES)
def test_they_look_like_what_they_stand_for(name):
    own, base = getattr(zmq.Socket, name), getattr(SocketBase, name)
    assert own.__name__ == base.__name__
    assert own.__doc__ == base.__doc__
    assert inspect.signature(own) == inspect.signature(base)


@pytest.fixture
def push_pull(socket_pair):
    return socket_pair(zmq.PUSH, zmq.PULL)


def test_all_arguments_go_through(push_pull):
    push, pull = push_pull
    assert push.send(b"a") is None
    assert push.send(data=b"b", flags=0) is None
    assert push.send(b"c", zmq.DONTWAIT, copy=False, track=True).done is not None
    assert push.send_multipart([b"d", b"e"]) is None
    assert push.send_multipart(msg_parts=(b"f", b"g"), copy=False) is None
    assert pull.recv() == b"a"
    assert pull.recv(0) == b"b"
    assert pull.recv(copy=False).bytes == b"c"
    assert pull.recv_multipart() == [b"d", b"e"]
    assert [f.bytes for f in pull.recv_multipart(flags=0, copy=False)] == [b"f", b"g"]


def test_what_is_not_bytes_is_sent_too(push_pull):
    push, pull = push_pull
    for data in (bytearray(b"x"), memoryview(b"x"), zmq.Frame(b"x"), b"x" * 100_000):
        push.send(data)
        assert pull.recv() == bytes(data)


@pytest.mark.parametrize("name", ENTRIES)
def test_wrong_arguments_are_refused(push_pull, name):
    push, pull = push_pull
    method = getattr(push if "send" in name else pull, name)
    with pytest.raises(TypeError):
        method(b"x", 0, True, False, None, None, "one too many")
    with pytest.raises(TypeError, match="bogus"):
        method(bogus=1)
    with pytest.raises(TypeError):
        getattr(zmq.Socket, name)(object())


def test_who_waits_in_vain_gets_again(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    pull.rcvtimeo = push.sndtimeo = 1
    for receive in (pull.recv, pull.recv_multipart):
        with pytest.raises(zmq.Again):
            receive()
    for send, data in ((push.send, b"x"), (push.send_multipart, [b"x"])):
        with pytest.raises(zmq.Again):
            send(data)


def test_a_mixin_comes_before(context):
    class Shouting:
        def send(self, data, *args, **kwargs):
            return super().send(data.upper(), *args, **kwargs)

    class Loud(Shouting, zmq.Socket):
        pass

    with Loud(context, zmq.PAIR) as left, context.socket(zmq.PAIR) as right:
        right.bind("inproc://loud")
        left.connect("inproc://loud")
        left.send(b"hello")
        assert right.recv() == b"HELLO"


def test_replacing_one_is_seen_by_subclasses(monkeypatch, context):
    """As instrumentation does."""

    class Mine(zmq.Socket):
        pass

    sent = []
    monkeypatch.setattr(zmq.Socket, "send", lambda self, data: sent.append(data))
    with Mine(context, zmq.PUSH) as socket:
        socket.send(b"x")
    assert sent == [b"x"]
