"""Everybody has a turn: those who wait, in their order, and all other tasks."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

import zmq
import zmq.trio


async def test_in_the_order_they_came(loop: str, pair: Any, until_waiting: Any) -> None:
    push, pull = pair
    got: list[tuple[int, int]] = []

    async def receive(number: int) -> None:
        got.append((number, int(await pull.recv())))

    async with anyio.create_task_group() as group:
        for number in range(20):
            group.start_soon(receive, number)
            await until_waiting(pull, number + 1)
        await push.send_many([[b"%d" % number] for number in range(20)])
    assert got == [(number, number) for number in range(20)]


async def test_who_comes_later_is_behind(
    loop: str, pair: Any, until_waiting: Any
) -> None:
    """A message that is there already belongs to who has waited for it."""
    push, pull = pair
    got: list[str] = []

    async def receive() -> None:
        await pull.recv()
        got.append("waited")

    for _ in range(20):
        async with anyio.create_task_group() as group:
            group.start_soon(receive)
            await until_waiting(pull)
            zmq.Socket(push).send(b"1")
            with pytest.raises(zmq.Again):
                await pull.recv(zmq.DONTWAIT)
    assert got == ["waited"] * 20


@pytest.mark.parametrize("budget", [0, 2])
async def test_a_flood(loop: str, socket_pair: Any, budget: float) -> None:
    """Sockets that are always ready leave the others their turns, and are fair."""
    counts = [0] * 3
    ticks = 0

    async def exchange(number: int) -> None:
        push, pull = socket_pair(zmq.PUSH, zmq.PULL)
        push.turn_budget = pull.turn_budget = budget
        while True:
            await push.send(b"x")
            await pull.recv()
            counts[number] += 1

    async def tick() -> None:
        nonlocal ticks
        while True:
            await anyio.sleep(0.001)  # the timers of others are what is starved
            ticks += 1
            if ticks >= 20 and min(counts) >= 100:
                group.cancel_scope.cancel()

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            for number in range(3):
                group.start_soon(exchange, number)
            group.start_soon(tick)
    assert min(counts) > max(counts) / 20


async def test_polling_what_another_task_waits_for(
    loop: str, pair: Any, until_waiting: Any
) -> None:
    """Whoever polls again and again does not keep it from the one that waits."""
    push, pull = pair
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    for polling in (pull, poller):
        got: list[bytes] = []

        async def receive(got: list[bytes] = got) -> None:
            got.append(await pull.recv())

        async with anyio.create_task_group() as group:
            group.start_soon(receive)
            await until_waiting(pull)
            await push.send(b"x")
            polls = 0
            while not got:
                await polling.poll(20)
                polls += 1
        assert polls < 6


async def test_no_time_to_wait(loop: str, pair: Any) -> None:
    push, pull = pair
    push.sndtimeo = pull.rcvtimeo = 0
    for _ in range(3):
        await push.send(b"x")
        assert await pull.recv() == b"x"
    with pytest.raises(zmq.Again):
        await pull.recv()
