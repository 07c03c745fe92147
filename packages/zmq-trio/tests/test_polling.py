"""Pollers, and what is particular about descriptors in these loops."""

from __future__ import annotations

import socket
import time
from typing import Any

import anyio
import pytest

import zmq
import zmq.trio


async def test_beside_those_who_receive(
    loop: str, pair: Any, until_waiting: Any
) -> None:
    """A poll listens to the same descriptor as a task that waits."""
    push, pull = pair
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    ready: list[Any] = []
    got: list[bytes] = []

    async def poll() -> None:
        ready.append(await poller.poll())

    async def receive() -> None:
        got.append(await pull.recv())

    for first, second in ((poll, receive), (receive, poll)):
        with anyio.fail_after(10):
            async with anyio.create_task_group() as group:
                group.start_soon(first)
                await until_waiting(pull)
                group.start_soon(second)
                await until_waiting(pull, 2)
                await push.send(b"1")
                while not got:
                    await anyio.lowlevel.checkpoint()
                await push.send(b"2")  # where the message was taken before the look
                while not ready:
                    await anyio.lowlevel.checkpoint()
        assert ready == [[(pull, zmq.POLLIN)]]
        await pull.recv_many(9, zmq.DONTWAIT) if await pull.poll(0) else None
        ready.clear()
        got.clear()


async def test_a_poll_that_is_cancelled_listens_no_more(
    loop: str, pair: Any, tcp_streams: tuple[socket.socket, socket.socket]
) -> None:
    push, pull = pair
    one, other = tcp_streams
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    poller.register(one, zmq.POLLIN)
    for _ in range(20):
        with anyio.move_on_after(0.001) as scope:
            await poller.poll()
        assert scope.cancelled_caught
    await push.send(b"x")
    assert await pull.recv() == b"x"
    other.send(b"x")
    assert await poller.poll() == [(one.fileno(), zmq.POLLIN)]
    await anyio.wait_readable(one)  # and others may wait for the descriptor


async def test_a_file(loop: str, pair: Any, tmp_path: Any) -> None:
    """What no loop can wait for is ready always."""
    _, pull = pair
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    with (tmp_path / "file").open("wb") as file:
        poller.register(file, zmq.POLLOUT)
        assert await poller.poll() == [(file.fileno(), zmq.POLLOUT)]


@pytest.mark.measures
async def test_nobody_is_busy(loop: str, pair: Any, until_waiting: Any) -> None:
    """While all wait, next to no time is used."""
    _, pull = pair
    shadow = zmq.trio.Socket(pull)
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    async with anyio.create_task_group() as group:
        for wait in (pull.recv, pull.poll, poller.poll, shadow.recv, shadow.recv):
            group.start_soon(wait)
        await until_waiting(pull, 3)
        await until_waiting(shadow, 2)
        before = time.process_time()
        assert await shadow.poll(200, zmq.POLLERR) == 0  # of this time
        assert time.process_time() - before < 0.05
        group.cancel_scope.cancel()


async def test_events_of_connections(loop: str, make_socket: Any) -> None:
    server, client = make_socket(zmq.REP), make_socket(zmq.REQ)
    names: list[str] = []
    with anyio.fail_after(10):
        async with server.monitor_events() as events:
            server.bind("tcp://127.0.0.1:0")
            client.connect(server.last_endpoint.decode())
            async for event in events:
                names.append(str(event.event.name))
                if event.event == zmq.Event.HANDSHAKE_SUCCEEDED:
                    server.close()
    assert names[0] == "LISTENING"
    assert "HANDSHAKE_SUCCEEDED" in names
