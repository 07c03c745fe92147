"""What type checkers make of sockets whose methods are coroutines. Never run."""

from __future__ import annotations

from typing import Any, Optional

import trio
from typing_extensions import assert_type

import zmq
import zmq.trio
from zmq.utils.events import MonitorEvent
from zmq.utils.serialize import JSON, Codec


async def receiving(sock: zmq.trio.Socket, codec: Codec[int], copy: bool) -> None:
    """Every overload of every receive."""
    assert_type(await sock.recv(), bytes)
    assert_type(await sock.recv(zmq.DONTWAIT), bytes)
    assert_type(await sock.recv(copy=False), zmq.Frame)
    assert_type(await sock.recv(0, False), zmq.Frame)
    assert_type(await sock.recv_multipart(), list[bytes])
    assert_type(await sock.recv_multipart(copy=False), list[zmq.Frame])
    assert_type(await sock.recv_multipart(0, False), list[zmq.Frame])
    assert_type(await sock.recv_many(10), list[list[bytes]])
    assert_type(await sock.recv_many(10, copy=False), list[list[zmq.Frame]])
    assert_type(await sock.recv_string(), str)
    assert_type(await sock.recv_json(), Any)
    assert_type(await sock.recv_pyobj(), Any)
    assert_type(await sock.recv_object(codec=codec), int)
    assert_type(await sock.recv_serialized(len), int)
    assert_type(await sock.recv_into(bytearray(5)), int)
    assert_type(await sock.poll(), int)
    async for message in sock:
        assert_type(message, list[bytes])


async def sending(sock: zmq.trio.Socket) -> None:
    """Every send."""
    assert_type(await sock.send_many([[b"x"]]), int)
    assert_type(await sock.send(b"x"), Optional[zmq.MessageTracker])
    assert_type(await sock.send_multipart([b"x"]), Optional[zmq.MessageTracker])
    assert_type(await sock.send_string("x"), Optional[zmq.MessageTracker])
    assert_type(await sock.send_pyobj({}), Optional[zmq.MessageTracker])
    assert_type(await sock.send_object([], codec=JSON()), Optional[zmq.MessageTracker])
    await sock.send_json({})


async def others(ctx: zmq.trio.Context) -> None:
    """Contexts, pollers, events, and what nurseries take."""
    assert_type(ctx.socket(zmq.PULL), zmq.trio.Socket)
    async with ctx.socket(zmq.PULL) as sock, trio.open_nursery() as nursery:
        assert_type(sock, zmq.trio.Socket)
        assert_type(sock.turn_budget, float)
        nursery.start_soon(sock.send, b"x")
        async with sock.monitor_events() as events:
            async for event in events:
                assert_type(event, MonitorEvent)
    poller = zmq.trio.Poller()
    assert_type(await poller.poll(5), list[tuple[Any, int]])
    await ctx.aclose(linger=0)
