"""Binding and connecting, and undoing both."""

from __future__ import annotations

import os
import socket
import sys

import pytest

import zmq


def test_messages_flow(socket_pair, transport):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport)
    push.send(b"x")
    assert pull.recv() == b"x"


def test_connect_before_bind(make_socket, endpoint):
    address = endpoint("inproc")
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.connect(address)
    push.send(b"early")
    pull.bind(address)
    assert pull.recv() == b"early"


def test_last_endpoint(make_socket, endpoint, transport):
    socket = make_socket(zmq.PUSH)
    assert socket.last_endpoint == b""
    address = endpoint(transport)
    socket.bind(address)
    bound = socket.last_endpoint.decode()
    if transport == "tcp":
        assert bound.startswith("tcp://127.0.0.1:")
        assert int(bound.rpartition(":")[2]) > 0
    else:
        assert bound == address
    assert socket.get_string(zmq.LAST_ENDPOINT) == bound


def test_last_endpoint_of_a_connection(make_socket, socket_pair, transport):
    bound, connected = socket_pair(zmq.PUSH, zmq.PULL, transport)
    assert connected.last_endpoint == bound.last_endpoint


@pytest.mark.parametrize("wildcard", ["tcp://127.0.0.1:*", "tcp://127.0.0.1:0"])
def test_wildcard_port(make_socket, wildcard):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind(wildcard)
    pull.connect(push.last_endpoint.decode())
    push.send(b"x")
    assert pull.recv() == b"x"


def test_wildcard_host(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind("tcp://*:0")
    port = push.last_endpoint.rpartition(b":")[2].decode()
    pull.connect(f"tcp://127.0.0.1:{port}")
    push.send(b"x")
    assert pull.recv() == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="ipc wildcards of libzmq")
def test_wildcard_ipc(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind("ipc://*")
    pull.connect(push.last_endpoint.decode())
    push.send(b"x")
    assert pull.recv() == b"x"


@pytest.mark.skipif(sys.platform != "linux", reason="abstract Unix sockets")
def test_abstract_ipc(make_socket, endpoint):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    address = "ipc://@" + endpoint("inproc").rpartition("/")[2]
    push.bind(address)
    pull.connect(address)
    push.send(b"x")
    assert pull.recv() == b"x"


def test_bytes_as_address(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind(b"inproc://bytes")
    pull.connect(b"inproc://bytes")
    push.send(b"x")
    assert pull.recv() == b"x"
    pull.disconnect(b"inproc://bytes")
    push.unbind(b"inproc://bytes")


def test_last_endpoint_can_be_connected_to_as_it_is(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind("tcp://127.0.0.1:0")
    pull.connect(push.last_endpoint)
    push.send(b"x")
    assert pull.recv() == b"x"


def test_text_beyond_ascii(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.bind("inproc://é")
    assert push.last_endpoint == "inproc://é".encode()
    pull.connect("inproc://é")


def test_several_binds_and_connects(make_socket, endpoint):
    pull = make_socket(zmq.PULL)
    pushes = [make_socket(zmq.PUSH) for _ in range(3)]
    for push, transport in zip(pushes, ("inproc", "ipc", "tcp")):
        pull.bind(endpoint(transport))
        push.connect(pull.last_endpoint.decode())
        push.send(transport.encode())
    assert {pull.recv() for _ in range(3)} == {b"inproc", b"ipc", b"tcp"}


def test_bind_as_context_manager(make_socket, endpoint, transport):
    """`unbind` on exit: afterwards the address can be unbound no more."""
    socket = make_socket(zmq.PUSH)
    with socket.bind(endpoint(transport)) as bound:
        assert bound is socket
        address = socket.last_endpoint.decode()
    with pytest.raises(zmq.ZMQError):
        socket.unbind(address)
    assert not socket.closed


def test_bind_as_context_manager_on_a_random_port(make_socket):
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    with push.bind("tcp://127.0.0.1:0"):
        address = push.last_endpoint.decode()
        with pull.connect(address) as connected:
            assert connected is pull
            push.send(b"x")
            assert pull.recv() == b"x"
        with pytest.raises(zmq.ZMQError):
            pull.disconnect(address)


@pytest.mark.parametrize(
    "wildcard", ["tcp://*:0", "tcp://127.0.0.1:*", "tcp://0.0.0.0:0"]
)
def test_wildcard_as_context_manager(make_socket, wildcard):
    socket = make_socket(zmq.PUSH)
    with socket.bind(wildcard):
        address = socket.last_endpoint.decode()
    with pytest.raises(zmq.ZMQError):
        socket.unbind(address)


def test_context_managers_nest(make_socket):
    socket = make_socket(zmq.PUSH)
    with socket.bind("inproc://one"), socket.bind("inproc://two"):
        pass
    for address in ("inproc://one", "inproc://two"):
        socket.bind(address)


def test_context_manager_unbinds_when_the_block_raises(make_socket):
    socket = make_socket(zmq.PUSH)
    with pytest.raises(ZeroDivisionError), socket.bind("inproc://raises"):
        1 / 0  # noqa: B018
    socket.bind("inproc://raises")


def test_context_manager_of_a_socket_that_was_closed_inside(context):
    socket = context.socket(zmq.PUSH)
    with socket.bind("inproc://closed-inside"):
        socket.close()
    assert socket.closed


def test_bind_returns_something_that_names_the_address(make_socket):
    socket = make_socket(zmq.PUSH)
    assert "bind='inproc://named'" in repr(socket.bind("inproc://named"))
    assert "connect='inproc://named'" in repr(socket.connect("inproc://named"))


def test_unbind(make_socket, endpoint, transport):
    socket, other = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    socket.bind(endpoint(transport))
    address = socket.last_endpoint.decode()
    socket.unbind(address)
    with pytest.raises(zmq.ZMQError) as caught:
        socket.unbind(address)
    assert caught.value.errno in (zmq.Errno.EINVAL, 2)
    if transport == "inproc":
        other.bind(address)


def test_disconnect(socket_pair, transport, wait_for):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport)
    address = push.last_endpoint.decode()
    push.send(b"x")
    assert pull.recv() == b"x"
    pull.disconnect(address)
    with pytest.raises(zmq.ZMQError):
        pull.disconnect(address)
    pull.connect(address)
    # what is sent before the end of the old connection was noticed goes with it
    wait_for(lambda: not push.send(b"y") and pull.poll(10))
    assert pull.recv() == b"y"


@pytest.mark.parametrize("method", ["unbind", "disconnect"])
def test_undoing_what_was_not_done(make_socket, method):
    with pytest.raises(zmq.ZMQError) as caught:
        getattr(make_socket(zmq.PUSH), method)("tcp://127.0.0.1:1")
    assert caught.value.errno == 2  # ENOENT, which has no name in zmq.Errno


def test_error_names_the_address(make_socket, socket_pair):
    bound, _ = socket_pair(zmq.PUSH, zmq.PULL, "tcp")
    address = bound.last_endpoint.decode()
    with pytest.raises(zmq.ZMQError, match=address) as caught:
        make_socket(zmq.PUSH).bind(address)
    assert caught.value.errno == zmq.EADDRINUSE


@pytest.mark.parametrize(
    ("address", "errno"),
    [
        ("nonsense", zmq.EINVAL),
        ("tcp://", zmq.EINVAL),
        ("foo://x", zmq.EPROTONOSUPPORT),
        ("tcp://1.2.3.4:5", zmq.EADDRNOTAVAIL),
    ],
)
def test_bind_errors(make_socket, address, errno):
    with pytest.raises(zmq.ZMQError, match=address) as caught:
        make_socket(zmq.PUSH).bind(address)
    assert caught.value.errno == errno


@pytest.mark.parametrize(
    ("address", "errno"),
    [
        ("nonsense", zmq.EINVAL),
        ("tcp://", zmq.EINVAL),
        ("foo://x", zmq.EPROTONOSUPPORT),
    ],
)
def test_connect_errors(make_socket, address, errno):
    with pytest.raises(zmq.ZMQError, match=address) as caught:
        make_socket(zmq.PUSH).connect(address)
    assert caught.value.errno == errno


def test_long_ipc_path_tells_the_limit(make_socket):
    path = "/tmp/" + "a" * zmq.IPC_PATH_MAX_LEN
    with pytest.raises(zmq.ZMQError, match=str(zmq.IPC_PATH_MAX_LEN)):
        make_socket(zmq.PUSH).bind(f"ipc://{path}")


def test_ipc_in_a_missing_directory(make_socket, ipc_dir):
    with pytest.raises(zmq.ZMQError, match="missing"):
        make_socket(zmq.PUSH).bind(f"ipc://{ipc_dir}/missing/socket")


def test_ipv6(make_socket):
    push = make_socket(zmq.PUSH, ipv6=True)
    try:
        push.bind("tcp://[::1]:0")
    except zmq.ZMQError:
        pytest.skip("no IPv6 here")
    pull = make_socket(zmq.PULL, ipv6=True)
    assert b"[::1]" in push.last_endpoint
    pull.connect(push.last_endpoint.decode())
    push.send(b"x")
    assert pull.recv() == b"x"


@pytest.mark.parametrize("kind", [str, str.encode])
def test_a_file_with_something_in_it_stays(make_socket, ipc_dir, kind):
    """libzmq deletes whatever has the name of an ipc address."""
    path = ipc_dir / "notes"
    path.write_text("dear diary")
    pull = make_socket(zmq.PULL)
    with pytest.raises(zmq.ZMQError, match=r"something else at .* than a") as raised:
        pull.bind(kind(f"ipc://{path}"))
    assert raised.value.errno == zmq.EADDRINUSE
    assert path.read_text() == "dear diary"
    pull.bind("tcp://127.0.0.1:0")


@pytest.mark.skipif(sys.platform != "linux", reason="abstract names are Linux's")
def test_a_file_named_like_an_abstract_socket_stays(make_socket, ipc_dir, monkeypatch):
    """libzmq deletes that, too."""
    monkeypatch.chdir(ipc_dir)
    (ipc_dir / "@notes").write_text("dear diary")
    with pytest.raises(zmq.ZMQError, match="something else"):
        make_socket(zmq.PULL).bind("ipc://@notes")
    assert (ipc_dir / "@notes").read_text() == "dear diary"


@pytest.mark.skipif(sys.platform == "win32", reason="no such name of a file")
def test_a_file_that_is_named_like_a_wildcard(make_socket, ipc_dir, monkeypatch):
    """It is not meant: libzmq makes a name."""
    monkeypatch.chdir(ipc_dir)
    (ipc_dir / "*").write_text("dear diary")
    make_socket(zmq.PULL).bind("ipc://*")
    assert (ipc_dir / "*").read_text() == "dear diary"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs os.mkfifo")
def test_a_fifo_stays(make_socket, ipc_dir):
    os.mkfifo(ipc_dir / "fifo")
    with pytest.raises(zmq.ZMQError, match="something else"):
        make_socket(zmq.PULL).bind(f"ipc://{ipc_dir}/fifo")
    assert (ipc_dir / "fifo").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")
@pytest.mark.parametrize("kind", ["socket", "file", "link"])
def test_what_is_left_of_a_crash_is_replaced(make_socket, ipc_dir, kind):
    """As is an empty file, which `tempfile` makes for a name."""
    path = ipc_dir / "left"
    if kind == "socket":
        with socket.socket(socket.AF_UNIX) as crashed:
            crashed.bind(str(path))
    elif kind == "file":
        path.touch()
    else:
        path.symlink_to(ipc_dir / "nowhere")
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    pull.bind(f"ipc://{path}")
    push.connect(f"ipc://{path}")
    push.send(b"x")
    assert pull.recv() == b"x"
