"""The loop behind all proxies: what it has taken is passed on, or goes back."""

from __future__ import annotations

import sys

import pytest

import zmq
from zmq.backend import ProxyLoop

MESSAGES = [[b"%d" % i, b"body"] for i in range(10)]


@pytest.fixture
def sockets(context):
    """Return `(client, frontend, backend, server)`; the server is not connected yet.

    All MESSAGES have room between client and frontend, and no more.
    """
    client, frontend = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    backend, server = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    client.sndhwm = frontend.rcvhwm = len(MESSAGES) // 2
    client.sndtimeo = server.rcvtimeo = frontend.rcvtimeo = 10_000
    for socket, name in ((frontend, "front"), (backend, "back")):
        socket.bind(f"inproc://{name}")
    client.connect("inproc://front")
    yield client, frontend, backend, server
    for socket in (client, frontend, backend, server):
        socket.close(0)


def take_all(client, loop, in_thread):
    """Run a loop until it has taken all messages, and has nobody to pass them on to."""
    for message in MESSAGES:
        client.send_multipart(message)
    assert not client.poll(0, zmq.POLLOUT)
    thread = in_thread(loop.run)
    assert client.poll(10_000, zmq.POLLOUT)
    return thread


@pytest.fixture
def given_back(sockets, in_thread):
    """Have a loop take all messages, and stop before it can pass one on."""
    client, frontend, backend, _ = sockets
    loop = ProxyLoop(frontend, backend)
    thread = take_all(client, loop, in_thread)
    loop.stop()
    thread.result()
    assert loop.statistics()["frontend_messages"] == 0


@pytest.mark.usefixtures("given_back")
def test_what_is_at_hand_goes_back_in_its_order(sockets):
    _, frontend, _, _ = sockets
    assert [frontend.recv_multipart() for _ in MESSAGES] == MESSAGES


@pytest.mark.usefixtures("given_back")
def test_what_went_back_is_passed_on_later(sockets, in_thread):
    client, frontend, backend, server = sockets
    server.connect("inproc://back")
    loop = ProxyLoop(frontend, backend)
    thread = in_thread(loop.run)
    client.send_multipart([b"last"])
    assert [server.recv_multipart() for _ in MESSAGES] == MESSAGES
    assert server.recv_multipart() == [b"last"]
    loop.stop()
    thread.result()


@pytest.mark.parametrize("prefix", [None, b"in"])
def test_stopped_while_the_capture_is_full(sockets, in_thread, context, prefix):
    """What was passed on before is all that was, and the rest goes back."""
    client, frontend, backend, server = sockets
    server.connect("inproc://back")
    with context.socket(zmq.PUSH) as capture:
        loop = ProxyLoop(frontend, backend, capture, in_prefix=prefix)
        thread = take_all(client, loop, in_thread)
        received = [server.recv_multipart()]
        loop.stop()
        thread.result()
    passed = loop.statistics()["frontend_messages"]
    received += [server.recv_multipart() for _ in range(passed - 1)]
    received += [frontend.recv_multipart() for _ in range(len(MESSAGES) - passed)]
    assert received == MESSAGES
    assert not server.poll(0)


@pytest.mark.parametrize("prefix", [None, b"in"])
def test_each_is_captured_once(sockets, in_thread, context, prefix):
    """Also those that had to wait for the target."""
    client, frontend, backend, server = sockets
    with context.socket(zmq.PUSH) as capture, context.socket(zmq.PULL) as seen:
        capture.bind("inproc://capture")
        seen.connect("inproc://capture")
        seen.rcvtimeo = 10_000
        loop = ProxyLoop(frontend, backend, capture, in_prefix=prefix)
        thread = take_all(client, loop, in_thread)
        assert not seen.poll(0)
        server.connect("inproc://back")
        begin = [] if prefix is None else [prefix]
        for message in MESSAGES:
            assert server.recv_multipart() == message
            assert seen.recv_multipart() == begin + message
        loop.stop()
        thread.result()
        assert not seen.poll(0)


def test_callbacks_that_raise_leave_nothing_behind(sockets, in_thread, monkeypatch):
    """The sockets are free, and may be closed, whatever putting back has raised."""
    raised = []
    monkeypatch.setattr(
        sys, "unraisablehook", lambda args: raised.append(args.exc_type)
    )
    client, frontend, backend, server = sockets
    loop = ProxyLoop(frontend, backend)
    calls = []

    def fail():
        if stopping:
            calls.append(1)
            raise KeyboardInterrupt

    stopping = False
    frontend._watch(fail, zmq.POLLIN)
    thread = take_all(client, loop, in_thread)
    stopping = True
    loop.stop()
    thread.result()
    frontend._unwatch(fail)
    assert len(calls) == len(MESSAGES)
    assert raised == [KeyboardInterrupt] * len(MESSAGES)
    assert [frontend.recv_multipart() for _ in MESSAGES] == MESSAGES
    backend.close()
    frontend.close()
    assert frontend.closed
    assert server.poll(0) == 0
