"""ZMQStream: flushing, and turns of the loop between messages."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import pytest
from tornado.ioloop import IOLoop

import zmq
import zmq.asyncio
from zmq.eventloop.zmqstream import ZMQStream


async def test_flush(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    push, pull = streams
    pull.on_recv(log)
    push.on_send(lambda message, status: None)
    push.send(b"1")
    push.send(b"2")
    assert push.flush() == 2
    assert pull.flush(zmq.POLLOUT) == 0
    assert log == []
    assert pull.flush(zmq.POLLIN, limit=1) == 1
    assert log == [[b"1"]]
    assert pull.flush() == 1
    assert log == [[b"1"], [b"2"]]
    pull.stop_on_recv()
    push.send(b"lost")
    assert pull.flush() == 1
    assert pull.flush() == 0
    assert await pull_rest(pull, log, turns) == [[b"1"], [b"2"]]


async def test_stopped_while_flushing(streams: Any, log: Any, turns: Any) -> None:
    """What comes after the message that stopped receiving is not lost."""
    push, pull = streams

    def once(message: Any) -> None:
        log(message)
        pull.stop_on_recv()

    for i in range(3):
        push.send(b"%d" % i)
    push.flush()
    pull.on_recv(once)
    assert pull.flush(zmq.POLLIN) == 1
    assert await pull_rest(pull, log, turns) == [[b"0"], [b"1"], [b"2"]]


async def pull_rest(pull: Any, log: Any, turns: Any) -> Any:
    pull.on_recv(log)
    await turns()
    return log


async def test_a_budget_is_a_number_of_milliseconds(io_loop: Any, streams: Any) -> None:
    _, pull = streams
    assert pull.turn_budget == 3
    for wrong in ("x", None, [1]):
        with pytest.raises(TypeError, match="turn_budget must be a number of ms, got"):
            pull.turn_budget = wrong
    for below in (-1, float("nan")):
        with pytest.raises(ValueError, match=f"turn_budget={below} must not"):
            pull.turn_budget = below
    assert pull.turn_budget == 3
    for right in (0, 1.5, float("inf")):
        pull.turn_budget = right
        assert pull.turn_budget == right


async def test_many_at_once_leave_the_loop_its_turns(
    io_loop: Any, streams: Any, log: Any
) -> None:
    push, pull = streams
    pull.turn_budget = 1
    turned = 0

    def turn() -> None:
        nonlocal turned
        turned += 1
        io_loop.add_callback(turn)

    def receive(message: Any) -> None:
        log(message)
        if len(log) < 20_000:
            push.send_multipart(message)

    pull.on_recv(receive)
    io_loop.add_callback(turn)
    push.send(b"x")
    await log.has(20_000)
    assert turned > 5


async def test_a_peer_that_is_full(
    io_loop: IOLoop, make_socket: Any, endpoint: Any, log: Any
) -> None:
    """What waits for one peer costs nothing, though EVENTS says POLLOUT for another."""
    router = make_socket(zmq.ROUTER, router_mandatory=1, sndhwm=1)
    router.bind(endpoint("inproc"))
    full, free = peers = [
        make_socket(zmq.DEALER, routing_id=name, rcvhwm=1)
        for name in (b"full", b"free")
    ]
    for peer in peers:
        peer.connect(router.last_endpoint.decode())
        peer.send(b"")
        router.recv_multipart()
    with contextlib.suppress(zmq.Again):
        while True:
            router.send_multipart([b"full", b"-"], zmq.DONTWAIT)
    stream = ZMQStream(router, io_loop)
    stream.on_recv(log)
    stream.send_multipart([b"full", b"last"])
    before = time.process_time()
    assert await zmq.asyncio.Socket(free).poll(500) == 0
    assert time.process_time() - before < 0.05
    free.send(b"served meanwhile")
    assert await log.has(1) == [[b"free", b"served meanwhile"]]
    assert stream.sending()
    reader = zmq.asyncio.Socket(full)
    while (content := await asyncio.wait_for(reader.recv(), 5)) == b"-":
        pass
    assert content == b"last"
    stream.close(linger=0)
