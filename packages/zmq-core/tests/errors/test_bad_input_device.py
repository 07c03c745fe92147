"""Proxies, devices and monitors of sockets that are none, or not fit for it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tests.torture.checks import assert_usable, refused

import zmq
from zmq.utils.monitor import parse_monitor_message, recv_monitor_message


@pytest.fixture
def sockets(make_socket: Any, endpoint: Any) -> list[Any]:
    made = [make_socket(zmq.ROUTER), make_socket(zmq.DEALER)]
    for socket in made:
        socket.bind(endpoint("inproc"))
    return made


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("rubbish", [None, "x", 5, object()], ids=kind)
@pytest.mark.parametrize("position", [0, 1])
def test_a_proxy_of_rubbish(sockets: list[Any], position: int, rubbish: Any) -> None:
    sockets[position] = rubbish
    with refused(TypeError):
        zmq.proxy(*sockets)
    with refused(TypeError):
        zmq.proxy_steerable(*sockets)
    if rubbish is not None or position == 0:
        with refused(TypeError):
            zmq.device(zmq.QUEUE, *sockets)


@pytest.mark.parametrize("rubbish", ["x", 5, object()], ids=kind)
def test_a_proxy_with_rubbish_beside_it(sockets: list[Any], rubbish: Any) -> None:
    with refused(TypeError):
        zmq.proxy(*sockets, rubbish)
    with refused(TypeError):
        zmq.proxy_steerable(*sockets, rubbish)
    with refused(TypeError):
        zmq.proxy_steerable(*sockets, None, rubbish)


@pytest.mark.parametrize("position", [0, 1, 2, 3])
def test_a_proxy_of_closed_sockets(
    sockets: list[Any], make_socket: Any, position: int
) -> None:
    sockets += [make_socket(zmq.PUSH), make_socket(zmq.PAIR)]
    sockets[position].close()
    with refused(zmq.ZMQError, errno=(zmq.ENOTSOCK, zmq.ENOTSUP)):
        zmq.proxy_steerable(*sockets)
    if position < 3:
        with refused(zmq.ZMQError, errno=(zmq.ENOTSOCK, zmq.ENOTSUP)):
            zmq.proxy(*sockets[:3])


def test_sockets_are_free_after_a_refused_proxy(
    sockets: list[Any], make_socket: Any
) -> None:
    closed = make_socket(zmq.PUSH)
    closed.close()
    with refused((zmq.ZMQError, TypeError)):
        zmq.proxy(*sockets, closed)
    peer = make_socket(zmq.DEALER, rcvtimeo=5000)
    peer.connect(sockets[1].last_endpoint)
    assert_usable(sockets[1], peer)


unique = itertools.count()


@pytest.mark.parametrize(
    ("address", "errno"),
    [
        ("", zmq.EINVAL),
        ("nothing", zmq.EINVAL),
        ("inproc://", zmq.EINVAL),
        ("tcp://127.0.0.1:*", zmq.EPROTONOSUPPORT),
        ("ipc://somewhere", zmq.EPROTONOSUPPORT),
        ("foo://x", zmq.EPROTONOSUPPORT),
    ],
    ids=str,
)
def test_monitors_are_inproc(make_socket: Any, address: str, errno: int) -> None:
    one = make_socket(zmq.PAIR)
    for call in (one.monitor, lambda a: one.get_monitor_socket(addr=a)):
        with refused(zmq.ZMQError, repr(address), errno=errno):
            call(address)
    with one.get_monitor_socket() as monitor:
        assert monitor.type == zmq.PAIR
        one.disable_monitor()


def test_monitors_say_what_is_wrong(make_socket: Any) -> None:
    one = make_socket(zmq.PULL)
    with pytest.raises(zmq.ZMQError, match="over inproc:// only"):
        one.monitor("tcp://127.0.0.1:5555")
    with pytest.raises(zmq.ZMQError, match="inproc:// needs a name"):
        one.monitor("inproc://")
    for call in (one.get_monitor_socket, lambda mask: one.monitor("inproc://m", mask)):
        with pytest.raises(zmq.ZMQError, match="events has bits"):
            call(-1)
    for wrong in ("all", None, 1.5):
        with pytest.raises(TypeError, match="events, got"):
            one.monitor_events(wrong)


def test_a_monitor_address_is_str_or_bytes(make_socket: Any) -> None:
    one = make_socket(zmq.PAIR)
    for address in (5, 1.5, object()):
        with refused(TypeError, address):
            one.monitor(address)
        with refused(TypeError, address):
            one.get_monitor_socket(addr=address)
    with refused((ValueError, zmq.ZMQError), "inproc://a\\x00b", errno=zmq.EINVAL):
        one.monitor("inproc://a\0b")


@pytest.mark.parametrize("events", ["x", b"x", [], object()], ids=kind)
def test_monitor_events_are_ints(make_socket: Any, events: Any) -> None:
    one = make_socket(zmq.PAIR)
    with refused(TypeError, "int"):
        one.monitor(f"inproc://events-{next(unique)}", events)
    with refused(TypeError, "int"):
        one.get_monitor_socket(events)
    with pytest.raises(OverflowError):
        one.monitor(f"inproc://events-{next(unique)}", 1 << 40)


def test_a_monitor_address_in_use(make_socket: Any) -> None:
    one, two = make_socket(zmq.PAIR), make_socket(zmq.PAIR)
    one.monitor("inproc://taken-by-one")
    with refused(zmq.ZMQError, "inproc://taken-by-one", errno=zmq.EADDRINUSE):
        two.monitor("inproc://taken-by-one")
    one.monitor(None)


@pytest.mark.parametrize(
    "frames",
    [[], [b"x"], [b"x", b"y"], [b"123456"], [b"1", b"2", b"3"], None, 5],
    ids=repr,
)
def test_what_no_monitor_sends(frames: Any) -> None:
    with pytest.raises((ValueError, TypeError, IndexError, RuntimeError)) as caught:
        parse_monitor_message(frames)
    assert str(caught.value)


def test_receiving_what_no_monitor_sends(socket_pair: Any) -> None:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR, rcvtimeo=5000)
    one.send_multipart([b"not", b"an", b"event"])
    with pytest.raises((ValueError, RuntimeError)):
        recv_monitor_message(other)
    assert_usable(one, other)
    with refused(zmq.Again):
        recv_monitor_message(other, zmq.DONTWAIT)
