"""A signal handler that raises in a stream: nothing is lost, or sent twice."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.fixtures.steps import (
    STRIDE,
    HandlerError,
    all_messages,
    each_step,
    where_interrupted,
)

import zmq
from zmq.eventloop.zmqstream import ZMQStream

PLACES = [os.path.join("zmq", "eventloop", "")]
MESSAGES = [[b"1", b"2"], [b"L" * 20_000], [b"last"]]


class HandlerFailureError(Exception):
    """Raised by a handler, and an error like others."""


@pytest.fixture(params=[(zmq.PULL, zmq.PUSH)])
def pair(context: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A plain socket, and a stream in a loop that does not run."""
    from tornado.platform.asyncio import AsyncIOLoop

    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)
    io_loop = AsyncIOLoop(asyncio_loop=loop, make_current=False)
    plain, sock = (context.socket(kind) for kind in request.param)
    plain.bind("inproc://interrupted")
    stream = ZMQStream(sock, io_loop)
    yield plain, stream
    stream.close(linger=0)
    plain.close(linger=0)
    loop.close()


@pytest.mark.parametrize("pair", [(zmq.PUSH, zmq.PULL)], indirect=True)
@pytest.mark.parametrize("error", [HandlerError, HandlerFailureError])
@pytest.mark.parametrize("with_stream", [False, True])
def test_each_message_is_called_back_with_once(
    pair: Any, with_stream: bool, error: type[BaseException]
) -> None:
    plain, stream = pair
    got: list[Any] = []

    def flush() -> object:
        return stream.flush()

    if with_stream:
        stream.on_recv_stream(lambda _, message: got.append(message))
    else:
        stream.on_recv(got.append)
    stream.socket.connect("inproc://interrupted")
    for step in each_step():
        plain.send_many(MESSAGES)
        where = where_interrupted(step, flush, PLACES, called_by=__file__, error=error)
        stream.flush()
        assert got == MESSAGES, f"raised in {where}"
        got.clear()
        if where is None:
            assert step > STRIDE
            return


def test_each_message_is_sent_once(pair: Any) -> None:
    plain, stream = pair

    def flush() -> object:
        return stream.flush(zmq.POLLOUT)

    for step in each_step():
        for message in MESSAGES:  # which wait for a peer
            stream.send_multipart(message)
        stream.socket.connect("inproc://interrupted")
        where = where_interrupted(step, flush, PLACES, called_by=__file__)
        stream.flush(zmq.POLLOUT)
        assert all_messages(plain) == MESSAGES, f"raised in {where}"
        stream.socket.disconnect("inproc://interrupted")
        if where is None:
            assert step > STRIDE
            return


def test_a_context_that_ends_while_messages_wait(pair: Any) -> None:
    plain, stream = pair
    stream.send(b"1")
    stream.send(b"2")
    failures: list[Any] = []
    stream._loop.set_exception_handler(lambda _, told: failures.append(told))
    plain.context.shutdown()
    assert stream.flush(zmq.POLLOUT) == 1
    assert [type(told["exception"]) for told in failures] == [zmq.ContextTerminated]
    assert failures[0]["message"] == f"Exception in a send of {stream!r}"


@pytest.mark.parametrize("what", ["made", "closed", "both"])
def test_its_socket_can_be_closed(what: str) -> None:
    """Whatever was interrupted, the stream being made or its end."""
    from tornado.platform.asyncio import AsyncIOLoop

    made: list[ZMQStream] = []
    for step in each_step():
        own = zmq.Context()
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)
        io_loop = AsyncIOLoop(asyncio_loop=loop, make_current=False)
        sock = own.socket(zmq.PULL)
        if what == "closed":
            made.append(ZMQStream(sock, io_loop))
            made[0].on_recv(print)

        def run(sock: Any = sock, io_loop: Any = io_loop) -> None:
            if what != "closed":
                made.append(ZMQStream(sock, io_loop))
            if what != "made":
                made[0].close()

        where = where_interrupted(step, run, PLACES, called_by=__file__)
        del run
        for stream in made:
            stream.close()
        made.clear()
        sock.close()
        io_loop.close()
        try:
            own.term(timeout=5)
        except zmq.ZMQError as error:
            raise AssertionError(f"raised in {where}") from error
        if where is None:
            assert step > STRIDE
            return
