"""Making sockets: constructors, attributes, reprs."""

from __future__ import annotations

import pytest

import zmq

CLASSIC = [
    zmq.PAIR,
    zmq.PUB,
    zmq.SUB,
    zmq.REQ,
    zmq.REP,
    zmq.DEALER,
    zmq.ROUTER,
    zmq.PULL,
    zmq.PUSH,
    zmq.XPUB,
    zmq.XSUB,
    zmq.STREAM,
]


@pytest.mark.parametrize("socket_type", CLASSIC, ids=lambda t: t.name)
def test_every_classic_type(make_socket, context, socket_type):
    socket = make_socket(socket_type)
    assert socket.type == socket_type
    assert isinstance(socket.type, zmq.SocketType)
    assert socket.get(zmq.TYPE) == socket_type
    assert socket.context is context
    assert not socket.closed
    assert isinstance(socket.underlying, int)
    assert socket.underlying != 0


def test_constructor(context):
    with zmq.Socket(context, zmq.PUSH) as socket:
        assert socket.type == zmq.PUSH
        assert socket.context is context


def test_constructor_without_type_makes_a_pair(context):
    with zmq.Socket(context) as socket:
        assert socket.type == zmq.PAIR


def test_plain_integer_as_type(context):
    with context.socket(8) as socket:
        assert socket.type is zmq.SocketType.PUSH


def test_constructor_needs_a_context(context):
    for arguments in ((), (None, zmq.PUSH), (3, zmq.PUSH), ("context", zmq.PUSH)):
        with pytest.raises(TypeError):
            zmq.Socket(*arguments)
    with pytest.raises(TypeError):
        zmq.Socket(context, zmq.PUSH, 3)
    with pytest.raises(TypeError):
        zmq.Socket(context, "PUSH")


def test_unknown_type(context):
    with pytest.raises(zmq.ZMQError) as caught:
        zmq.Socket(context, 1000)
    assert caught.value.errno == zmq.EINVAL


def test_copy_threshold_default(make_socket, monkeypatch):
    assert zmq.COPY_THRESHOLD == 65536
    assert make_socket(zmq.PUSH).copy_threshold == 65536
    monkeypatch.setattr(zmq, "COPY_THRESHOLD", 17)
    assert make_socket(zmq.PUSH).copy_threshold == 17


def test_copy_threshold_argument(context):
    for given, expected in ((0, 0), (5, 5), (None, zmq.COPY_THRESHOLD)):
        with zmq.Socket(context, zmq.PUSH, copy_threshold=given) as socket:
            assert socket.copy_threshold == expected


def test_copy_threshold_can_be_set(make_socket):
    socket = make_socket(zmq.PUSH)
    socket.copy_threshold = 100
    assert socket.copy_threshold == 100
    for bad, error in (("a", TypeError), (None, TypeError), (2**70, OverflowError)):
        with pytest.raises(error):
            socket.copy_threshold = bad
    assert socket.copy_threshold == 100


@pytest.mark.parametrize("name", ["closed", "underlying"])
def test_read_only_attributes(make_socket, name):
    with pytest.raises(AttributeError):
        setattr(make_socket(zmq.PUSH), name, 1)


def test_socket_type_is_the_deprecated_name(make_socket):
    socket = make_socket(zmq.PUSH)
    with pytest.deprecated_call(match="type"):
        assert socket.socket_type == zmq.PUSH


def test_repr(make_socket):
    socket = make_socket(zmq.PUSH)
    assert repr(socket) == f"<zmq.Socket(zmq.PUSH) at {hex(id(socket))}>"
    assert str(socket) == repr(socket)
    socket.close()
    assert repr(socket) == f"<zmq.Socket(zmq.PUSH) at {hex(id(socket))} closed>"


def test_repr_of_a_subclass(context):
    class Mine(zmq.Socket):
        """A subclass."""

    with Mine(context, zmq.DEALER) as socket:
        assert "Mine(zmq.DEALER) at 0x" in repr(socket)


def test_public_path():
    """Tracebacks and documentation show the name people import."""
    assert zmq.Socket.__name__ == "Socket"
    assert zmq.Context.__qualname__ == "Context"


def test_identity_and_hash(make_socket):
    a, b = make_socket(zmq.PUSH), make_socket(zmq.PUSH)
    assert a == a
    assert a != b
    assert {a: 1, b: 2}[a] == 1
    a.close()
    assert {a: 1}[a] == 1


def test_fileno(make_socket):
    socket = make_socket(zmq.PUSH)
    assert socket.fileno() == socket.get(zmq.FD) == socket.FD == socket.fd
    assert socket.fileno() > 0


def test_generic_at_runtime():
    """Annotations such as `zmq.Socket[bytes]` may be evaluated."""
    assert zmq.Socket[bytes] is not None
    assert zmq.Context[zmq.Socket[bytes]] is not None


@pytest.mark.parametrize("name", ["join", "leave"])
def test_groups_need_a_draft_build(make_socket, name):
    if zmq.DRAFT_API:
        pytest.skip("this is a draft build")
    with pytest.raises(RuntimeError, match=r"(?i)draft"):
        getattr(make_socket(zmq.PUSH), name)("group")


@pytest.mark.parametrize("argument", [{"routing_id": 4}, {"group": "g"}])
def test_routing_ids_and_groups_need_a_draft_build(socket_pair, argument):
    if zmq.DRAFT_API:
        pytest.skip("this is a draft build")
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(RuntimeError, match=r"(?i)draft"):
        push.send(b"x", **argument)
    assert pull.poll(0) == 0
