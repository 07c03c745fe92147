"""``async for``, ``async with``, and the events of connections."""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import suppress
from typing import Any

import pytest

import zmq
import zmq.asyncio
from zmq.utils.events import MonitorEvent


async def test_messages_until_it_is_closed(loop: Any, pair: Any) -> None:
    push, pull = pair

    async def send() -> None:
        for i in range(20):
            await push.send_multipart([b"%d" % i, b"x"])
            if i % 3 == 0:
                await asyncio.sleep(0.001)
        while await pull.poll(0):
            await asyncio.sleep(0.001)
        pull.close()

    sending = loop.create_task(send())
    received = [message async for message in pull]
    assert received == [[b"%d" % i, b"x"] for i in range(20)]
    assert [message async for message in pull] == []
    await sending


async def test_leaving_and_coming_back(loop: Any, pair: Any) -> None:
    push, pull = pair
    await push.send_many([[b"1"], [b"2"]])
    async for message in pull:
        assert message == [b"1"]
        break
    async for message in pull:
        assert message == [b"2"]
        break


async def test_cancelled_iteration(loop: Any, pair: Any) -> None:
    _, pull = pair

    async def iterate() -> None:
        async for _ in pull:
            pass

    task = loop.create_task(iterate())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_with(loop: Any, context: Any) -> None:
    async with context.socket(zmq.PULL) as sock:
        assert not sock.closed
    assert sock.closed


async def test_timeout_while_iterating(loop: Any, pair: Any) -> None:
    _, pull = pair
    pull.rcvtimeo = 10
    with pytest.raises(zmq.Again):
        async for _ in pull:
            pass


async def test_events(loop: Any, make_socket: Any) -> None:
    server, client = make_socket(zmq.REP), make_socket(zmq.REQ)
    seen = []
    async with server.events() as events:
        server.bind("tcp://127.0.0.1:0")
        address = server.last_endpoint.decode()
        client.connect(address)
        async for event in events:
            assert isinstance(event, MonitorEvent)
            seen.append(event.event)
            assert event.endpoint == address
            if event.event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                server.close()
    assert seen[:3] == [
        zmq.Event.LISTENING,
        zmq.Event.ACCEPTED,
        zmq.Event.HANDSHAKE_SUCCEEDED,
    ]
    with pytest.raises(StopAsyncIteration):
        await events.__anext__()


async def test_some_events_only(loop: Any, make_socket: Any) -> None:
    server, client = make_socket(zmq.REP), make_socket(zmq.REQ)
    async with server.monitor_events(zmq.Event.HANDSHAKE_SUCCEEDED) as events:
        server.bind("tcp://127.0.0.1:0")
        client.connect(server.last_endpoint.decode())
        event = await asyncio.wait_for(events.__anext__(), 5)
        assert event.event == zmq.Event.HANDSHAKE_SUCCEEDED


async def test_events_end_when_monitoring_ends(loop: Any, make_socket: Any) -> None:
    sock = make_socket(zmq.REP)

    async def iterate() -> list[MonitorEvent]:
        async with sock.events() as events:
            return [event async for event in events]

    task = loop.create_task(iterate())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="monitored already"):
        async with sock.events():
            pass
    sock.disable_monitor()
    assert await asyncio.wait_for(task, 5) == []


async def test_events_are_still_the_option(loop: Any, pair: Any) -> None:
    push, pull = pair
    assert isinstance(pull.events, int)
    assert pull.events == 0
    assert not pull.events & zmq.POLLIN
    await push.send(b"x")
    assert pull.events == pull.EVENTS == zmq.POLLIN


async def test_events_leave_nothing_behind(
    loop: Any, make_socket: Any, torture: int, wait_for: Any
) -> None:
    sock = make_socket(zmq.REP)

    async def monitor(end: str) -> None:
        async with sock.events() as events:
            if end == "error":
                raise ZeroDivisionError
            if end == "wait":
                await asyncio.wait_for(events.__anext__(), 0.001)
            sock.bind("tcp://127.0.0.1:0")
            async for event in events:
                # or the end of the last cycle, which comes late
                assert event.event in (zmq.Event.LISTENING, zmq.Event.CLOSED)
                break
            sock.unbind(sock.last_endpoint)

    async def cycle() -> None:
        for end in ("break", "error", "wait"):
            with suppress(ZeroDivisionError, asyncio.TimeoutError):
                await monitor(end)

    await cycle()
    gc.collect()
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc") else 0
    for _ in range(30 * torture):
        await cycle()

    def released() -> bool:
        # A monitor whose last event was still to come is closed with the next socket.
        make_socket(zmq.PAIR).close()
        return len(os.listdir("/proc/self/fd")) <= before + 5

    if before:  # libzmq closes them in a thread of its own
        wait_for(released)


def test_synchronous_events(socket_pair: Any) -> None:
    with zmq.Context() as ctx, ctx.socket(zmq.REP) as server:
        with ctx.socket(zmq.REQ) as client, server.monitor_events() as events:
            server.bind("tcp://127.0.0.1:0")
            client.connect(server.last_endpoint.decode())
            names = []
            for event in events:
                names.append(event.event.name)
                if event.event == zmq.Event.HANDSHAKE_SUCCEEDED:
                    break
            assert names == ["LISTENING", "ACCEPTED", "HANDSHAKE_SUCCEEDED"]
            assert events.get(1) is None
            server.close()
            assert [event.event.name for event in events][-1:] == ["CLOSED"]
        assert events.get() is None
