"""Addresses that are none: the message names them, and the socket goes on."""

from __future__ import annotations

import errno
import os
import socket as plain
from pathlib import Path
from typing import Any

import pytest
from tests.torture.checks import assert_usable, refused

import zmq

METHODS = ["bind", "connect", "unbind", "disconnect"]
Pair = tuple["zmq.Socket[bytes]", "zmq.Socket[bytes]"]


@pytest.fixture
def pair(socket_pair: Any) -> Pair:
    one, other = socket_pair(zmq.DEALER, zmq.DEALER, rcvtimeo=5000, sndtimeo=5000)
    return one, other


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", [None, 5, 1.5, [], Path("/tmp/x"), object()])
def test_an_address_is_str_or_bytes(pair: Pair, method: str, address: Any) -> None:
    one, other = pair
    with refused(TypeError, "None" if address is None else address):
        getattr(one, method)(address)
    assert_usable(one, other)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "address",
    ["inproc://a\0b", "tcp://127.0.0.1:5555\0", "ipc:///tmp/a\0b", "\0", b"tcp://\0"],
    ids=repr,
)
def test_a_nul_in_an_address(pair: Pair, method: str, address: Any) -> None:
    one, other = pair
    with refused((ValueError, zmq.ZMQError), repr(address), "nul", errno=zmq.EINVAL):
        getattr(one, method)(address)
    assert_usable(one, other)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "address", ["", "tcp", "tcp://", "inproc://", "127.0.0.1:5555"], ids=repr
)
def test_an_address_without_its_parts(pair: Pair, method: str, address: str) -> None:
    one, other = pair
    with refused(zmq.ZMQError, f"{address!r}", errno=zmq.EINVAL):
        getattr(one, method)(address)
    assert_usable(one, other)


@pytest.mark.parametrize("method", ["bind", "connect"])
@pytest.mark.parametrize("address", ["tcp://127.0.0.1", "tcp://127.0.0.1:port"])
def test_a_tcp_address_without_a_port(pair: Pair, method: str, address: str) -> None:
    one, other = pair
    with refused(zmq.ZMQError, address, errno=zmq.EINVAL):
        getattr(one, method)(address)
    assert_usable(one, other)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:*", "tcp://*:*"])
def test_nobody_connects_to_a_wildcard(pair: Pair, address: str) -> None:
    one, other = pair
    with refused(zmq.ZMQError, address, errno=zmq.EINVAL):
        one.connect(address)
    assert_usable(one, other)


@pytest.mark.parametrize("method", METHODS)
def test_an_unknown_transport(pair: Pair, method: str) -> None:
    one, other = pair
    with refused(zmq.ZMQError, "foo://somewhere", errno=zmq.EPROTONOSUPPORT):
        getattr(one, method)("foo://somewhere")
    assert_usable(one, other)


@pytest.mark.parametrize("method", ["bind", "connect"])
def test_a_transport_the_socket_type_cannot_use(pair: Pair, method: str) -> None:
    one, other = pair
    with refused(
        zmq.ZMQError,
        "udp://127.0.0.1:5555",
        errno=(zmq.ENOCOMPATPROTO, zmq.EPROTONOSUPPORT),
    ):
        getattr(one, method)("udp://127.0.0.1:5555")
    assert_usable(one, other)


@pytest.mark.parametrize("method", ["bind", "connect"])
@pytest.mark.parametrize("excess", [1, 100])
def test_an_ipc_path_that_is_too_long(pair: Pair, method: str, excess: int) -> None:
    one, other = pair
    path = "/tmp/" + "x" * (zmq.IPC_PATH_MAX_LEN + excess - len("/tmp/"))
    with refused(
        zmq.ZMQError, path, zmq.IPC_PATH_MAX_LEN, len(path), errno=errno.ENAMETOOLONG
    ):
        getattr(one, method)(f"ipc://{path}")
    assert_usable(one, other)


def test_the_length_of_an_ipc_path_counts_bytes(pair: Pair) -> None:
    one, other = pair
    path = "/tmp/" + "é" * (zmq.IPC_PATH_MAX_LEN // 2)
    with refused(zmq.ZMQError, zmq.IPC_PATH_MAX_LEN, len(path.encode())):
        one.bind(f"ipc://{path}")
    assert_usable(one, other)


def test_the_longest_ipc_path_works(make_socket: Any, ipc_dir: Path) -> None:
    room = zmq.IPC_PATH_MAX_LEN - len(str(ipc_dir)) - 1
    address = f"ipc://{ipc_dir}/{'x' * room}"
    one, other = make_socket(zmq.PAIR), make_socket(zmq.PAIR, rcvtimeo=5000)
    one.bind(address)
    other.connect(address)
    assert_usable(one, other)


def test_an_ipc_directory_that_does_not_exist(pair: Pair, ipc_dir: Path) -> None:
    one, other = pair
    path = ipc_dir / "missing" / "socket"
    with refused(zmq.ZMQError, path) as _:
        one.bind(f"ipc://{path}")
    assert_usable(one, other)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_ipc_directory_without_permission(pair: Pair, ipc_dir: Path) -> None:
    one, other = pair
    ipc_dir.chmod(0o500)
    with refused(zmq.ZMQError, ipc_dir / "socket"):
        one.bind(f"ipc://{ipc_dir}/socket")
    assert_usable(one, other)


@pytest.mark.parametrize("transport", ["tcp", "ipc", "inproc"])
def test_unbinding_what_is_not_bound(pair: Pair, endpoint: Any, transport: str) -> None:
    one, other = pair
    address = {
        "tcp": "tcp://127.0.0.1:4",
        "ipc": endpoint("ipc"),
        "inproc": endpoint("inproc"),
    }[transport]
    for method in ("unbind", "disconnect"):
        with refused(zmq.ZMQError, address, errno=errno.ENOENT):
            getattr(one, method)(address)
    assert_usable(one, other)


def test_undoing_twice(make_socket: Any, endpoint: Any, wait_for: Any) -> None:
    one, other = make_socket(zmq.DEALER), make_socket(zmq.DEALER, rcvtimeo=5000)
    one.bind("tcp://127.0.0.1:0")
    address = one.last_endpoint.decode()
    other.connect(address)
    other.disconnect(address)
    with refused(zmq.ZMQError, address, errno=errno.ENOENT):
        other.disconnect(address)
    one.unbind(address)
    with refused(zmq.ZMQError, address, errno=errno.ENOENT):
        one.unbind(address)
    # A connection that was made before it was undone is still to go.
    wait_for(lambda: not one.poll(0, zmq.POLLOUT))
    inproc = endpoint("inproc")
    one.bind(inproc)
    other.connect(inproc)
    assert_usable(one, other)


def test_a_context_manager_that_was_undone_before(make_socket: Any) -> None:
    one = make_socket(zmq.DEALER)
    with refused(zmq.ZMQError, errno=errno.ENOENT), one.bind("tcp://127.0.0.1:0"):
        one.unbind(one.last_endpoint)
    assert not one.closed


@pytest.mark.parametrize("transport", ["tcp", "inproc"])
def test_an_address_in_use(pair: Pair, endpoint: Any, transport: str) -> None:
    one, other = pair
    other.bind(endpoint(transport))
    address = other.last_endpoint.decode()
    for socket in (one, other):
        with refused(zmq.ZMQError, address, errno=zmq.EADDRINUSE):
            socket.bind(address)
    assert_usable(one, other)


def test_a_port_taken_by_another_program(pair: Pair) -> None:
    one, other = pair
    with plain.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with refused(zmq.ZMQError, address, errno=zmq.EADDRINUSE):
            one.bind(address)
    assert_usable(one, other)


def test_an_interface_that_is_not_here(pair: Pair) -> None:
    one, other = pair
    with refused(zmq.ZMQError, "tcp://192.0.2.1:5555", errno=zmq.EADDRNOTAVAIL):
        one.bind("tcp://192.0.2.1:5555")
    with refused(zmq.ZMQError, "tcp://no-such-interface:5555"):
        one.bind("tcp://no-such-interface:5555")
    assert_usable(one, other)


def test_bytes_that_are_no_address(pair: Pair) -> None:
    one, other = pair
    for method in METHODS:
        with refused(zmq.ZMQError, errno=zmq.EINVAL):
            getattr(one, method)(b"\xff\xfe")
    assert_usable(one, other)


@pytest.mark.parametrize(
    ("low", "high"), [(5, 4), (5000, 5000), ("a", "b"), (5000, "b")], ids=str
)
def test_silly_port_ranges(pair: Pair, low: Any, high: Any) -> None:
    one, other = pair
    with pytest.raises((ValueError, TypeError, zmq.ZMQBindError)) as caught:
        one.bind_to_random_port("tcp://127.0.0.1", low, high)
    assert str(caught.value)
    assert_usable(one, other)


@pytest.mark.parametrize("tries", [0, -1])
def test_no_tries_at_all(pair: Pair, tries: int) -> None:
    one, other = pair
    with refused(zmq.ZMQBindError):
        one.bind_to_random_port("tcp://127.0.0.1", 5000, 6000, tries)
    assert_usable(one, other)


def test_a_range_without_a_free_port(pair: Pair) -> None:
    one, other = pair
    with plain.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for tries in (1, 3):
            with refused(zmq.ZMQBindError):
                one.bind_to_random_port("tcp://127.0.0.1", port, port + 1, tries)
    assert_usable(one, other)


@pytest.mark.parametrize("address", ["foo://x", "", "tcp://127.0.0.1:5555", None])
def test_a_random_port_of_nothing(pair: Pair, address: Any) -> None:
    one, other = pair
    for arguments in ((), (5000, 6000)):
        with refused((zmq.ZMQError, TypeError), address):
            one.bind_to_random_port(address, *arguments)
    assert_usable(one, other)


@pytest.mark.parametrize("port", ["\u00b2" * 5, "9" * 5000], ids=["squares", "long"])
@pytest.mark.parametrize("method", ["bind", "connect"])
def test_digits_of_which_python_makes_no_number(
    pair: Pair, method: str, port: str
) -> None:
    one, other = pair
    with pytest.raises(zmq.ZMQError) as raised:
        getattr(one, method)(f"tcp://127.0.0.1:{port}")
    assert raised.value.errno == errno.EINVAL
    assert_usable(one, other)
