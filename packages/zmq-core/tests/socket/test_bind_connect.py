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
