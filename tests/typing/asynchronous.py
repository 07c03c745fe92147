"""What type checkers make of sockets that return futures. Checked, never run."""

from __future__ import annotations

import asyncio
from typing import Any, Optional

from typing_extensions import assert_type

import zmq
import zmq.asyncio
from zmq.utils.events import MonitorEvent
from zmq.utils.serialize import JSON, Codec


async def receiving(sock: zmq.asyncio.Socket, copy: bool) -> None:
    """Every overload of every receive."""
    assert_type(await sock.recv(), bytes)
    assert_type(await sock.recv(zmq.DONTWAIT), bytes)
    assert_type(await sock.recv(copy=True), bytes)
    assert_type(await sock.recv(copy=False), zmq.Frame)
    assert_type(await sock.recv(0, False), zmq.Frame)
    assert_type(await sock.recv_multipart(), list[bytes])
    assert_type(await sock.recv_multipart(copy=False), list[zmq.Frame])
    assert_type(await sock.recv_multipart(0, False), list[zmq.Frame])
    assert_type(await sock.aclose(0, flush=1.5), None)
    assert_type(await sock.wait_connected(timeout=1), list[str])
    assert_type(await sock.wait_subscribed("topic"), None)
    assert_type(await sock.recv_many(10), list[list[bytes]])
    assert_type(await sock.recv_many(10, copy=False), list[list[zmq.Frame]])
    assert_type(await sock.recv_many(10, 0, False), list[list[zmq.Frame]])
    assert_type(await sock.recv_string(), str)
    assert_type(await sock.recv_json(), Any)
    assert_type(await sock.recv_pyobj(), Any)
    assert_type(await sock.recv_serialized(len), int)
    assert_type(await sock.recv_into(bytearray(5)), int)
    assert_type(await asyncio.wait_for(sock.recv(), 1), bytes)
    assert_type(
        await asyncio.gather(sock.recv(), sock.recv_string()), tuple[bytes, str]
    )
    async for message in sock:
        assert_type(message, list[bytes])


async def sending(sock: zmq.asyncio.Socket) -> None:
    """Every send."""
    assert_type(await sock.send(b"x"), Optional[zmq.MessageTracker])
    assert_type(await sock.send_multipart([b"x"]), Optional[zmq.MessageTracker])
    assert_type(await sock.send_many([[b"x"]]), int)
    assert_type(await sock.send_string("x"), Optional[zmq.MessageTracker])
    assert_type(await sock.send_json({}), Optional[zmq.MessageTracker])
    assert_type(await sock.send_pyobj({}), Optional[zmq.MessageTracker])
    assert_type(
        await sock.send_serialized("x", lambda text: [text.encode()]),
        Optional[zmq.MessageTracker],
    )


async def objects(sock: zmq.asyncio.Socket, codec: Codec[int]) -> None:
    """What a codec makes, and what it reads."""
    assert_type(await sock.send_object([], codec=JSON()), Optional[zmq.MessageTracker])
    assert_type(await sock.recv_object(codec=codec), int)
    assert_type(await sock.recv_object(), Any)


async def others(ctx: zmq.asyncio.Context) -> None:
    """Contexts, pollers, events, and the attribute for fairness."""
    assert_type(ctx.socket(zmq.PULL), zmq.asyncio.Socket)
    async with ctx.socket(zmq.PULL) as sock:
        assert_type(sock, zmq.asyncio.Socket)
        assert_type(sock.turn_budget, float)
        sock.turn_budget = 1
        assert_type(await sock.poll(10), int)
        assert_type(sock.events & zmq.POLLIN, int)
        async with sock.events() as events:
            async for event in events:
                assert_type(event, MonitorEvent)
                assert_type(event.event, zmq.Event)
                assert_type(event.endpoint, str)
    poller = zmq.asyncio.Poller()
    assert_type(await poller.poll(), list[tuple[Any, int]])
