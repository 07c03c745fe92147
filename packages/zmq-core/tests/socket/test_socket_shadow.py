"""Sockets that share the libzmq socket of another one."""

from __future__ import annotations

import pytest

import zmq

SHADOWS = {
    "constructor": lambda s: zmq.Socket(s),
    "keyword": lambda s: zmq.Socket(shadow=s),
    "shadow": lambda s: zmq.Socket.shadow(s),
    "keyword-address": lambda s: zmq.Socket(shadow=s.underlying),
    "shadow-address": lambda s: zmq.Socket.shadow(s.underlying),
}
BY_OBJECT = ["constructor", "keyword", "shadow"]
BY_ADDRESS = ["keyword-address", "shadow-address"]


@pytest.fixture(params=list(SHADOWS))
def shadow_of(request):
    return SHADOWS[request.param]


def test_same_address_another_object(make_socket, shadow_of):
    socket = make_socket(zmq.DEALER)
    shadow = shadow_of(socket)
    assert shadow is not socket
    assert shadow != socket
    assert shadow.underlying == socket.underlying
    assert shadow.type is zmq.SocketType.DEALER
    assert "zmq.DEALER" in repr(shadow)
    assert not shadow.closed


@pytest.mark.parametrize("how", BY_OBJECT)
def test_context_comes_along_with_an_object(context, make_socket, how):
    assert SHADOWS[how](make_socket(zmq.PUSH)).context is context


@pytest.mark.parametrize("how", BY_ADDRESS)
def test_context_comes_along_with_the_address_of_one_of_ours(context, make_socket, how):
    # Better than pyzmq 27, which knows no context then.
    assert SHADOWS[how](make_socket(zmq.PUSH)).context is context


def test_messages_through_either(socket_pair, shadow_of):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    shadow_of(push).send(b"1")
    push.send(b"2")
    assert pull.recv() == b"1"
    assert shadow_of(pull).recv() == b"2"


def test_options_through_either(make_socket, shadow_of):
    socket = make_socket(zmq.PUSH)
    shadow_of(socket).linger = 7
    assert socket.linger == 7


def test_forgetting_a_shadow_does_not_close(make_socket, shadow_of):
    socket = make_socket(zmq.PUSH)
    shadow = shadow_of(socket)
    del shadow
    assert not socket.closed
    assert socket.linger == -1


def test_closing_the_original_closes_its_shadows(context, shadow_of):
    socket = context.socket(zmq.PUSH)
    shadow = shadow_of(socket)
    socket.close()
    assert shadow.closed
    with pytest.raises(zmq.ZMQError) as caught:
        shadow.send(b"", zmq.DONTWAIT)
    assert caught.value.errno == zmq.ENOTSOCK
    shadow.close()


def test_closing_a_shadow_closes_the_original(context, shadow_of):
    socket = context.socket(zmq.PUSH)
    shadow_of(socket).close()
    assert socket.closed
    with pytest.raises(zmq.ZMQError) as caught:
        socket.send(b"", zmq.DONTWAIT)
    assert caught.value.errno == zmq.ENOTSOCK
    # nothing is left that the context would wait for
    socket.close()
    context.term()


@pytest.mark.parametrize("how", BY_OBJECT)
def test_object_is_kept_alive(context, how):
    socket = context.socket(zmq.PUSH)
    shadow = SHADOWS[how](socket)
    address = socket.underlying
    del socket
    assert not shadow.closed
    assert shadow.underlying == address
    shadow.close()


def test_shadow_keeps_its_copy_threshold(make_socket):
    socket = make_socket(zmq.PUSH)
    shadow = zmq.Socket(shadow=socket, copy_threshold=5)
    assert shadow.copy_threshold == 5
    assert socket.copy_threshold == zmq.COPY_THRESHOLD


def test_subclass_shadows_as_itself(make_socket):
    class Mine(zmq.Socket):
        """A subclass."""

    socket = make_socket(zmq.PUSH)
    assert type(Mine.shadow(socket)) is Mine
    assert type(Mine(socket)) is Mine
    assert type(Mine.shadow(socket.underlying)) is Mine


def test_shadow_of_a_shadow(make_socket, shadow_of):
    socket = make_socket(zmq.PUSH)
    assert zmq.Socket(shadow_of(socket)).underlying == socket.underlying


@pytest.mark.parametrize("bad", ["x", 3.5, object(), [1]])
def test_what_cannot_be_shadowed(bad):
    with pytest.raises((TypeError, ValueError)):
        zmq.Socket.shadow(bad)


def test_pointer_of_cffi(make_socket):
    cffi = pytest.importorskip("cffi")
    socket = make_socket(zmq.PUSH)
    pointer = cffi.FFI().cast("void *", socket.underlying)
    assert zmq.Socket.shadow(pointer).underlying == socket.underlying


def test_of_a_context(context):
    with pytest.raises(zmq.ZMQError, match="there is a context, no socket") as caught:
        zmq.Socket(shadow=context.underlying)
    assert caught.value.errno == zmq.ENOTSOCK
    with pytest.raises(zmq.ZMQError, match="there is a context, no socket"):
        zmq.Socket(shadow=zmq.Context.shadow(context).underlying)
