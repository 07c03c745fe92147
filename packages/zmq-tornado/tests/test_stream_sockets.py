"""ZMQStream: the sockets it takes, and what it passes on of them."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from tornado.ioloop import IOLoop

import zmq
import zmq.asyncio
from zmq.eventloop import zmqstream
from zmq.eventloop.zmqstream import ZMQStream


async def test_asynchronous_sockets_are_cast_back(
    io_loop: Any, make_socket: Any, endpoint: Any, log: Any
) -> None:
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    context = zmq.asyncio.Context(push.context)
    pull = context.socket(zmq.PULL)
    pull.connect(push.last_endpoint.decode())
    with pytest.warns(RuntimeWarning, match=r"base zmq\.Socket"):
        stream = ZMQStream(pull)
    assert type(stream.socket) is zmq.Socket
    stream.on_recv(log)
    push.send(b"x")
    assert await log.has(1) == [[b"x"]]
    stream.close()
    assert pull.closed


async def test_shadowed(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    """What a shadow takes is gone, what it leaves still calls back."""
    push, pull = streams
    pull.on_recv(log)
    await turns()
    shadow = zmq.Socket(pull.socket)
    for i in range(20):
        push.socket.send(b"%d" % i)
        assert shadow.get(zmq.EVENTS) & zmq.POLLIN
        if i % 2:
            shadow.recv()
        else:
            assert await log.has(1) == [[b"%d" % i]]


async def test_attributes_of_the_socket(io_loop: Any, streams: Any) -> None:
    _, pull = streams
    assert pull.bind == pull.socket.bind
    assert pull.getsockopt(zmq.RCVHWM) == pull.socket.rcvhwm
    pull.setsockopt(zmq.LINGER, 5)
    assert pull.linger == 5
    assert pull.socket in pull.poller or pull.poller.sockets == []
    for name in ("recv", "recv_multipart", "recv_many", "poll", "nothing"):
        assert not hasattr(pull, name)


async def test_deprecated(io_loop: Any, streams: Any) -> None:
    push, _ = streams
    with pytest.warns(DeprecationWarning, match="on_err does nothing"):
        push.on_err(print)
    with pytest.warns(DeprecationWarning, match="stop_on_err does nothing"):
        push.stop_on_err()


def test_made_in_another_thread(socket_pair: Any, log: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    loops: list[IOLoop] = []
    started = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        loops.append(IOLoop.current())
        loops[0].add_callback(started.set)
        loops[0].start()
        loops[0].close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait(10)
    heard = threading.Event()
    stream = ZMQStream(pull, loops[0])
    stream.on_recv(lambda message: heard.set())
    push.send(b"x")
    assert heard.wait(10)
    loops[0].add_callback(stream.close)
    loops[0].add_callback(loops[0].stop)
    thread.join()


def test_socket_expected(io_loop: Any) -> None:
    with pytest.raises(TypeError, match="socket"):
        ZMQStream(None, io_loop)  # type: ignore[arg-type]


def test_the_logger_of_tornado() -> None:
    from tornado.log import gen_log

    assert zmqstream.gen_log is gen_log
