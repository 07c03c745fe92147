"""Copies of contexts and sockets are shadows."""

from __future__ import annotations

import copy
import pickle

import pytest

import zmq


@pytest.fixture(params=[copy.copy, copy.deepcopy])
def duplicate(request):
    return request.param


def test_context(context, duplicate, make_socket):
    other = duplicate(context)
    assert other is not context
    assert type(other) is zmq.Context
    assert other.underlying == context.underlying
    del other
    assert not context.closed
    make_socket(zmq.PUSH)


def test_context_subclass(duplicate):
    class Mine(zmq.Context):
        """A subclass."""

    with Mine() as ctx:
        assert type(duplicate(ctx)) is Mine


def test_socket(make_socket, duplicate):
    socket = make_socket(zmq.PUSH, linger=5)
    other = duplicate(socket)
    assert other is not socket
    assert other != socket
    assert other.underlying == socket.underlying
    assert other.linger == 5
    assert other.type == zmq.PUSH
    del other
    assert not socket.closed


def test_socket_works_through_its_copy(socket_pair, duplicate):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    duplicate(push).send(b"x")
    assert duplicate(pull).recv() == b"x"


def test_socket_subclass(context, duplicate):
    class Mine(zmq.Socket):
        """A subclass."""

    with Mine(context, zmq.PUSH) as socket:
        assert type(duplicate(socket)) is Mine


def test_copies_inside_structures(context, make_socket):
    """Objects that hold a context and a socket can be copied, as programs do."""
    config = {"context": context, "socket": make_socket(zmq.PUSH), "other": [1]}
    clone = copy.deepcopy(config)
    assert clone["context"].underlying == context.underlying
    assert clone["socket"].underlying == config["socket"].underlying
    assert clone["other"] is not config["other"]


def test_nothing_can_be_pickled(context, make_socket):
    """What lives in this process has no meaning in another."""
    for thing in (context, make_socket(zmq.PUSH), zmq.Frame(b"x")):
        name = type(thing).__name__
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match=f"cannot pickle '{name}' object <zmq"):
                pickle.dumps(thing, protocol)


def test_poller_is_not_shared():
    poller = zmq.Poller()
    other = copy.copy(poller)
    assert other is not poller
