"""`bind_to_random_port`."""

from __future__ import annotations

import socket as plain

import pytest

import zmq


def test_chosen_by_the_system(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    port = push.bind_to_random_port("tcp://127.0.0.1")
    assert isinstance(port, int)
    assert push.last_endpoint == f"tcp://127.0.0.1:{port}".encode()
    pull.connect(f"tcp://127.0.0.1:{port}")
    push.send(b"x")
    assert pull.recv() == b"x"


def test_wildcard_host(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    port = push.bind_to_random_port("tcp://*")
    pull.connect(f"tcp://127.0.0.1:{port}")
    push.send(b"x")
    assert pull.recv() == b"x"


def test_within_a_range(make_socket):
    for _ in range(5):
        port = make_socket(zmq.PUSH).bind_to_random_port(
            "tcp://127.0.0.1", min_port=20000, max_port=20500, max_tries=500
        )
        assert 20000 <= port < 20500


def test_arguments_by_position(make_socket):
    port = make_socket(zmq.PUSH).bind_to_random_port(
        "tcp://127.0.0.1", 21000, 21500, 500
    )
    assert 21000 <= port < 21500


def test_several_on_one_socket(make_socket):
    socket = make_socket(zmq.PUSH)
    ports = {socket.bind_to_random_port("tcp://127.0.0.1") for _ in range(5)}
    assert len(ports) == 5


def test_no_free_port(make_socket):
    with plain.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(zmq.ZMQBindError):
            make_socket(zmq.PUSH).bind_to_random_port(
                "tcp://127.0.0.1", min_port=port, max_port=port + 1, max_tries=3
            )


def test_no_tries(make_socket):
    with pytest.raises(zmq.ZMQBindError):
        make_socket(zmq.PUSH).bind_to_random_port(
            "tcp://127.0.0.1", min_port=20000, max_port=20500, max_tries=0
        )


@pytest.mark.parametrize("bounds", [(1, 1), (5, 3)])
def test_empty_range(make_socket, bounds):
    with pytest.raises(ValueError, match=f"min_port={bounds[0]} .*{bounds[1]}"):
        make_socket(zmq.PUSH).bind_to_random_port("tcp://127.0.0.1", *bounds)


@pytest.mark.parametrize("addr", ["inproc://name", "ipc://name"])
def test_addresses_without_ports(make_socket, addr):
    push = make_socket(zmq.PUSH)
    with pytest.raises(ValueError, match="with a port"):
        push.bind_to_random_port(addr)
    assert push.last_endpoint == b""  # it is bound to nothing


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "*"])
def test_an_address_that_has_a_port_already(make_socket, host):
    with pytest.raises(zmq.ZMQError, match=r"two ports in it, 5555 and .*without one"):
        make_socket(zmq.PUSH).bind_to_random_port(f"tcp://{host}:5555")


@pytest.mark.parametrize("range_", [{}, {"min_port": 20000, "max_port": 20500}])
def test_errors_that_another_port_cannot_mend(make_socket, range_):
    """Only an address in use leads to another try."""
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PUSH).bind_to_random_port("tcp://1.2.3.4", **range_)
    assert caught.value.errno == zmq.EADDRNOTAVAIL
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PUSH).bind_to_random_port("foo://127.0.0.1", **range_)
    assert caught.value.errno == zmq.EPROTONOSUPPORT


def test_bind_error_is_of_the_common_kind():
    assert issubclass(zmq.ZMQBindError, zmq.ZMQBaseError)
