"""Closed sockets and terminated contexts: every method says so."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from typing import Any, Callable

import pytest
from tests.torture.checks import refused

import zmq

Use = Callable[[Any], object]

USES: dict[str, Use] = {
    "send": lambda s: s.send(b""),
    "send without copying": lambda s: s.send(b"x" * 100_000, copy=False),
    "send without waiting": lambda s: s.send(b"", zmq.DONTWAIT),
    "send a Frame": lambda s: s.send(zmq.Frame(b"x")),
    "send_multipart": lambda s: s.send_multipart([b"", b""]),
    "send_string": lambda s: s.send_string(""),
    "send_json": lambda s: s.send_json(1),
    "send_pyobj": lambda s: s.send_pyobj(1),
    "send_serialized": lambda s: s.send_serialized([b""], list),
    "recv": lambda s: s.recv(),
    "recv without copying": lambda s: s.recv(copy=False),
    "recv without waiting": lambda s: s.recv(zmq.DONTWAIT),
    "recv_multipart": lambda s: s.recv_multipart(),
    "recv_into": lambda s: s.recv_into(bytearray(2)),
    "recv_string": lambda s: s.recv_string(),
    "recv_json": lambda s: s.recv_json(),
    "recv_pyobj": lambda s: s.recv_pyobj(),
    "recv_serialized": lambda s: s.recv_serialized(list),
    "poll": lambda s: s.poll(0),
    "poll without a timeout": lambda s: s.poll(),
    "Poller": lambda s: polled(s),
    "select": lambda s: zmq.select([s], [], []),
    "zmq_poll": lambda s: zmq.zmq_poll([(s, zmq.POLLIN)]),
    "get": lambda s: s.get(zmq.LINGER),
    "getsockopt": lambda s: s.getsockopt(zmq.LINGER),
    "set": lambda s: s.set(zmq.LINGER, 0),
    "setsockopt": lambda s: s.setsockopt(zmq.LINGER, 0),
    "get_string": lambda s: s.get_string(zmq.ROUTING_ID),
    "set_string": lambda s: s.set_string(zmq.ROUTING_ID, "x"),
    "read an option": lambda s: s.linger,
    "read it in capitals": lambda s: s.LINGER,
    "read EVENTS": lambda s: s.events,
    "read RCVMORE": lambda s: s.rcvmore,
    "read LAST_ENDPOINT": lambda s: s.last_endpoint,
    "write an option": lambda s: setattr(s, "linger", 0),
    "write bytes": lambda s: setattr(s, "routing_id", b"x"),
    "hwm": lambda s: s.hwm,
    "set hwm": lambda s: setattr(s, "hwm", 1),
    "get_hwm": lambda s: s.get_hwm(),
    "set_hwm": lambda s: s.set_hwm(1),
    "subscribe": lambda s: s.subscribe("x"),
    "unsubscribe": lambda s: s.unsubscribe(b"x"),
    "fileno": lambda s: s.fileno(),
    "bind": lambda s: s.bind("inproc://closed"),
    "connect": lambda s: s.connect("inproc://closed"),
    "unbind": lambda s: s.unbind("inproc://closed"),
    "disconnect": lambda s: s.disconnect("inproc://closed"),
    "bind_to_random_port": lambda s: s.bind_to_random_port("tcp://127.0.0.1"),
    "bind to a range": lambda s: s.bind_to_random_port("tcp://127.0.0.1", 5000, 6000),
    "monitor": lambda s: s.monitor("inproc://monitor"),
    "get_monitor_socket": lambda s: s.get_monitor_socket(),
}


def polled(socket: Any) -> object:
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    return poller.poll()


@pytest.fixture
def closed(context: Any) -> Any:
    socket = context.socket(zmq.DEALER)
    socket.close()
    return socket


@pytest.mark.parametrize("name", USES)
def test_a_closed_socket(closed: Any, name: str) -> None:
    # Pollers of the black box call it ENOTSUP; both mean the same to a program
    with refused(zmq.ZMQError, errno=(zmq.ENOTSOCK, zmq.ENOTSUP)):
        USES[name](closed)


@pytest.mark.parametrize("name", ["bind", "connect"])
def test_a_closed_socket_names_the_address(closed: Any, name: str) -> None:
    with refused(zmq.ZMQError, errno=zmq.ENOTSOCK):
        getattr(closed, name)("inproc://somewhere")


@pytest.mark.parametrize("name", USES)
def test_a_shadow_of_a_closed_socket(context: Any, name: str) -> None:
    socket = context.socket(zmq.DEALER)
    shadow = zmq.Socket.shadow(socket)
    socket.close()
    with refused(zmq.ZMQError, errno=(zmq.ENOTSOCK, zmq.ENOTSUP)):
        USES[name](shadow)
    shadow.close()


def test_what_a_closed_socket_can_still_do(closed: Any, context: Any) -> None:
    assert closed.closed
    closed.close()
    closed.close(linger=0)
    assert "closed" in repr(closed)
    assert "DEALER" in repr(closed)
    assert closed.type == zmq.DEALER
    assert closed.context is context
    assert closed.copy_threshold > 0
    assert not closed.underlying
    with closed:
        pass
    with pytest.raises(AttributeError, match=r"(?i)bogus"):
        _ = closed.bogus
    with pytest.raises(AttributeError, match=r"(?i)bogus"):
        closed.bogus = 1


def test_a_closed_socket_cannot_be_shadowed_or_copied(closed: Any) -> None:
    for make in (zmq.Socket.shadow, zmq.Socket, copy.copy):
        with refused((zmq.ZMQError, TypeError)):
            make(closed)


@pytest.fixture
def terminated() -> Iterator[Any]:
    """A socket that is still open, in a context that waits for it to be closed."""
    own = zmq.Context()
    socket = own.socket(zmq.DEALER)
    ending = threading.Thread(target=own.term, daemon=True)
    socket.rcvtimeo = 10_000
    ending.start()
    with pytest.raises(zmq.ContextTerminated):
        socket.recv()
    yield socket
    socket.close(linger=0)
    ending.join(10)
    assert not ending.is_alive()


@pytest.mark.parametrize("name", USES)
def test_a_socket_of_a_terminated_context(terminated: Any, name: str) -> None:
    with refused(zmq.ZMQError, errno=(zmq.ETERM, zmq.ENOTSOCK)):
        USES[name](terminated)
    assert not terminated.closed


CONTEXT_USES: dict[str, Use] = {
    "socket": lambda c: c.socket(zmq.PUSH),
    "Socket": lambda c: zmq.Socket(c, zmq.PUSH),
    "get": lambda c: c.get(zmq.IO_THREADS),
    "set": lambda c: c.set(zmq.IO_THREADS, 1),
    "io_threads": lambda c: c.io_threads,
    "max_sockets": lambda c: c.max_sockets,
    "set max_sockets": lambda c: setattr(c, "max_sockets", 1),
}


@pytest.mark.parametrize("name", CONTEXT_USES)
def test_a_terminated_context(name: str) -> None:
    context = zmq.Context()
    context.term()
    with refused((zmq.ZMQError, RuntimeError)):
        CONTEXT_USES[name](context)


def test_what_a_terminated_context_can_still_do() -> None:
    context = zmq.Context()
    context.linger = 5
    context.term()
    assert context.closed
    context.term()
    context.destroy()
    context.destroy(linger=0)
    assert "closed" in repr(context)
    assert context.linger == 5
    context.linger = 6
    assert context.getsockopt(zmq.LINGER) == 6
    with context:
        pass
    with pytest.raises(AttributeError, match=r"(?i)bogus"):
        _ = context.bogus
    with pytest.raises(AttributeError, match=r"(?i)bogus"):
        context.bogus = 1


def test_a_new_instance_after_the_old_one_was_terminated() -> None:
    first = zmq.Context.instance()
    first.term()
    second = zmq.Context.instance()
    try:
        assert second is not first
        assert not second.closed
    finally:
        second.destroy(linger=0)
