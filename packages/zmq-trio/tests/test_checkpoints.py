"""Every call is a checkpoint, by trio's rules."""

from __future__ import annotations

import inspect
from typing import Any

import anyio
import pytest
import trio
from trio.testing import assert_checkpoints, assert_no_checkpoints

import zmq
import zmq.trio
from zmq.utils.serialize import JSON

SENDS: list[tuple[str, Any]] = [
    ("send", b"1"),
    ("send_multipart", [b"1"]),
    ("send_many", [[b"1"]]),
    ("send_string", "1"),
    ("send_json", 1),
    ("send_pyobj", 1),
]
RECEIVES: list[tuple[str, tuple[Any, ...]]] = [
    ("recv", ()),
    ("recv_multipart", ()),
    ("recv_many", (1,)),
    ("recv_string", ()),
    ("recv_json", ()),
    ("recv_into", (bytearray(9),)),
    ("recv_serialized", (len,)),
    ("__anext__", ()),
    ("poll", ()),
]


@pytest.mark.parametrize(("method", "value"), SENDS)
async def test_every_send(pair: Any, method: str, value: Any) -> None:
    push, _ = pair
    for flags in (0, zmq.DONTWAIT):
        with assert_checkpoints():
            await getattr(push, method)(value, flags)


@pytest.mark.parametrize(("method", "args"), RECEIVES)
async def test_every_receive(pair: Any, method: str, args: Any) -> None:
    push, pull = pair
    await push.send(b"1")
    with assert_checkpoints():
        await getattr(pull, method)(*args)


async def test_everything_else(pair: Any, make_socket: Any) -> None:
    push, pull = pair
    push.codec = pull.codec = JSON()
    poller = zmq.trio.Poller()
    poller.register(push, zmq.POLLOUT)
    with assert_checkpoints():
        await push.send_object([1])
    with assert_checkpoints():
        assert await pull.recv_object() == [1]
    with assert_checkpoints():
        await poller.poll()
    with assert_checkpoints():
        await pull.poll(0)
    with assert_checkpoints():
        assert len(await push.wait_connected(timeout=5)) == 1
    for flush in (None, 5):
        with assert_checkpoints():
            await make_socket(zmq.PULL).aclose(flush=flush)
    context = zmq.trio.Context()
    for _ in range(2):
        with assert_checkpoints():
            await context.aclose()


async def test_closed_sockets(make_socket: Any) -> None:
    """Who tries again and again lets others run, and can be cancelled."""
    sock = make_socket(zmq.PAIR)
    sock.close()
    for method, args in [*((one, (value,)) for one, value in SENDS), *RECEIVES]:
        if method != "__anext__":
            with assert_checkpoints(), pytest.raises(trio.ClosedResourceError):
                await getattr(sock, method)(*args)
    with assert_checkpoints():
        async for _ in sock:
            raise AssertionError
    with trio.move_on_after(0.01) as scope:
        while True:
            async for _ in sock:
                raise AssertionError
    assert scope.cancelled_caught


def test_they_are_coroutine_functions() -> None:
    for method in [*SENDS, *RECEIVES, ("send_object", 0), ("recv_object", 0)]:
        assert inspect.iscoroutinefunction(getattr(zmq.trio.Socket, method[0]))
    assert inspect.iscoroutinefunction(zmq.trio.Poller.poll)


async def test_frames_of_one_message_stay_together(loop: str, pair: Any) -> None:
    """Tasks that send, or receive, frame by frame do not come between each other."""
    push, pull = pair

    async def send(number: bytes) -> None:
        for _ in range(50):
            await push.send(number, zmq.SNDMORE)
            await push.send(number, zmq.SNDMORE)
            await push.send(number)

    messages: list[set[bytes]] = []

    async def receive() -> None:
        while len(messages) < 100:
            frames = [await pull.recv()]
            while pull.rcvmore:
                frames.append(await pull.recv())
            assert len(frames) == 3
            messages.append(set(frames))

    async with anyio.create_task_group() as group:
        group.start_soon(send, b"1")
        group.start_soon(send, b"2")
        group.start_soon(receive)
    assert all(len(message) == 1 for message in messages)


async def test_further_frames_are_no_checkpoints(pair: Any) -> None:
    push, pull = pair
    with assert_checkpoints():
        await push.send(b"a", zmq.SNDMORE)
    with assert_no_checkpoints():
        await push.send(b"b")
    with assert_checkpoints():
        await pull.recv()
    with assert_no_checkpoints():
        await pull.recv()
    with assert_checkpoints():
        await push.send(b"c")


async def test_a_budget(pair: Any) -> None:
    """With one, cancellation is looked for always, and others run when it is over."""
    push, pull = pair
    assert push.turn_budget == 0
    push.turn_budget = pull.turn_budget = 10_000
    await push.send(b"")  # the first one lets others run
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await trio.lowlevel.checkpoint()
            turns += 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(count)
        for _ in range(100):
            await push.send(b"")
            await pull.recv()
        assert turns == 0
        push.turn_budget = pull.turn_budget = 0
        for _ in range(10):
            await push.send(b"")
        assert turns > 5
        nursery.cancel_scope.cancel()
    push.turn_budget = 10_000
    await push.send(b"")
    with trio.CancelScope() as scope:
        scope.cancel()
        await push.send(b"cancelled")
    assert scope.cancelled_caught
    with pytest.raises(ValueError, match="turn_budget"):
        push.turn_budget = -1
    assert b"cancelled" not in await pull.recv_many(99)


def test_no_loop(pair: Any) -> None:
    push, _ = pair
    sending = push.send(b"")
    with pytest.raises(RuntimeError, match="neither trio nor asyncio"):
        sending.send(None)
