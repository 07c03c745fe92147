"""The end of a stream, by whomever."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from tornado.ioloop import IOLoop

import zmq
from zmq.eventloop.zmqstream import ZMQStream


async def test_close(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    _, pull = streams
    pull.on_recv(log)
    await turns()
    pull.set_close_callback(lambda: log("closed"))
    sock = pull.socket
    pull.close(linger=0)
    assert await log.has(1) == ["closed"]
    assert pull.closed()
    assert sock.closed
    assert pull.socket is None
    pull.close()
    for call in (
        lambda: pull.send(b""),
        lambda: pull.on_recv(log),
        lambda: pull.on_send(log),
        pull.flush,
    ):
        with pytest.raises(OSError, match="closed"):
            call()
    assert log == []
    assert "closed" in repr(pull)


@pytest.mark.parametrize("how", ["socket", "shadow", "thread"])
async def test_socket_closed_underneath(
    io_loop: Any, streams: Any, log: Any, how: str, turns: Any
) -> None:
    _, pull = streams
    pull.on_recv(print)
    pull.set_close_callback(lambda: log("closed"))
    await turns()
    sock = pull.socket
    with pytest.warns(UserWarning, match=r"stream\.close\(\)"):  # noqa: PT031
        if how == "socket":
            sock.close()
        elif how == "shadow":
            zmq.Socket(sock).close()
        else:
            threading.Thread(target=sock.close).start()
        assert await log.has(1) == ["closed"]
        assert pull.closed()
    assert pull.closed()  # and warns no more


async def test_closed_underneath_and_never_looked_at(
    io_loop: Any, streams: Any, turns: Any
) -> None:
    """The loop warns of it by itself, once."""
    _, pull = streams
    await turns()
    with pytest.warns(UserWarning, match="after closing") as caught:  # noqa: PT031
        pull.socket.close()
        await turns()
    assert len(caught) == 1


def test_closed_when_no_loop_runs(io_loop: IOLoop, context: Any) -> None:
    """At the end of a program that destroys its context nobody is bothered."""
    stream = ZMQStream(context.socket(zmq.PULL), io_loop)
    context.destroy(linger=0)
    assert stream.socket is None


async def test_closed_by_its_callback(
    io_loop: Any, streams: Any, log: Any, turns: Any
) -> None:
    push, pull = streams

    def receive(message: Any) -> None:
        log(message)
        pull.close()

    pull.on_recv(receive)
    push.send(b"1")
    push.send(b"2")
    assert await log.has(1) == [[b"1"]]
    await turns()
    assert log == []


async def test_terminated(io_loop: Any, log: Any, turns: Any) -> None:
    context = zmq.Context()
    stream = ZMQStream(context.socket(zmq.PULL))
    stream.on_recv(log)
    await turns()
    thread = threading.Thread(target=context.term)
    thread.start()
    while not io_loop.unhandled:
        await asyncio.sleep(0.001)
    assert isinstance(io_loop.unhandled.pop(), zmq.ContextTerminated)
    stream.close()
    thread.join()


def test_a_linger_that_is_none(io_loop: IOLoop) -> None:
    """What close() refuses keeps nobody from closing the socket."""
    context = zmq.Context()
    sock = context.socket(zmq.PULL)
    stream = ZMQStream(sock, io_loop)
    with pytest.raises(TypeError, match="linger"):
        stream.close("soon")  # type: ignore[arg-type]
    sock.close()
    context.term(timeout=5)
