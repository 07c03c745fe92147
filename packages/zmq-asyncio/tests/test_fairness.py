"""A socket that is always ready leaves the others their turns."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Any

import pytest

import zmq


async def tick(gaps: list[float], count: float = math.inf) -> None:
    while len(gaps) < count:
        # Of the thread's own time: on a busy machine others have theirs meanwhile.
        began = time.thread_time()
        await asyncio.sleep(0.001)
        gaps.append(time.thread_time() - began)


def p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


@pytest.mark.measures
@pytest.mark.parametrize("sockets", [1, 5])
async def test_flood(loop: Any, socket_pair: Any, torture: int, sockets: int) -> None:
    """All exchange messages with themselves, without ever having to wait."""
    counts = [0] * sockets

    async def exchange(i: int) -> None:
        push, pull = socket_pair(zmq.PUSH, zmq.PULL)
        while True:
            await push.send(b"x")
            await pull.recv()
            counts[i] += 1

    gaps: list[float] = []
    tasks = [loop.create_task(exchange(i)) for i in range(sockets)]
    # A second, on a machine that does nothing else.
    await asyncio.wait_for(tick(gaps, 250 * torture), 40 * torture)
    for task in tasks:
        task.cancel()
    assert p99(gaps) < 0.01
    assert min(counts) > max(counts) / 20


async def test_those_that_a_turn_wakes_go_first(loop: Any, pair: Any) -> None:
    """What is always ready goes on after them: they wait for one budget, not two.

    Budgets are counted, not measured: PyPy compiles and collects garbage at times, and
    exceeds one by more than another one takes.
    """
    push, pull = pair
    push.turn_budget = pull.turn_budget = 8
    used_up = 0

    async def exchange() -> None:
        nonlocal used_up
        while True:
            for operation in (lambda: push.send(b"x"), pull.recv):
                answer = operation()
                used_up += not answer.done()
                await answer

    async def ticks() -> list[int]:
        waits = []
        for _ in range(100):
            before = used_up
            await asyncio.sleep(0.001)
            waits.append(used_up - before)
        return waits

    flood = loop.create_task(exchange())
    waits = await asyncio.wait_for(ticks(), 20)
    flood.cancel()
    assert max(waits) == 1


async def test_every_kind_of_answer_yields(loop: Any, pair: Any) -> None:
    push, pull = pair
    push.turn_budget = pull.turn_budget = 0.5
    await push.send_multipart([b"x", b"y"])
    for action in (
        lambda: push.send(b"x"),
        lambda: push.send_multipart([b"x"]),
        lambda: push.send_many([[b"x"]]),
        lambda: pull.poll(),
        lambda: pull.recv(),
        lambda: pull.recv_multipart(),
        lambda: pull.recv_string(),
        lambda: pull.recv_many(1),
    ):
        turned = False

        def turn() -> None:
            nonlocal turned
            turned = True

        await push.send_many([[b"x"]] * 100)
        loop.call_soon(turn)
        end = time.monotonic() + 5
        while not turned and time.monotonic() < end:
            push.get(zmq.EVENTS)
            if not zmq.Socket(pull).poll(0):
                await push.send_many([[b"x"]] * 100)
            await action()
        assert turned


async def test_budget(loop: Any, pair: Any) -> None:
    _, pull = pair
    assert pull.turn_budget == 3.0
    pull.turn_budget = 0
    assert pull.turn_budget == 0
    with pytest.raises(ValueError, match="turn_budget"):
        pull.turn_budget = -1
    with pytest.raises(ValueError, match="turn_budget"):
        pull.turn_budget = float("nan")


async def test_no_budget_turns_every_time(loop: Any, pair: Any) -> None:
    push, pull = pair
    push.turn_budget = pull.turn_budget = 0
    turns = 0

    def count() -> None:
        nonlocal turns
        turns += 1
        loop.call_soon(count)

    loop.call_soon(count)
    for _ in range(20):
        await push.send(b"x")
        await pull.recv()
    assert turns >= 40


@pytest.mark.parametrize("many", [False, True])
async def test_polling_what_another_task_waits_for(
    loop: Any, pair: Any, many: bool
) -> None:
    """Whoever polls again and again does not keep it from the one that waits."""
    push, pull = pair
    poller = zmq.asyncio.Poller()
    poller.register(pull, zmq.POLLIN)
    polls = 0
    receiving = asyncio.ensure_future(pull.recv())
    await asyncio.sleep(0)
    await push.send(b"x")
    while not receiving.done():
        await (poller if many else pull).poll(20)
        polls += 1
    assert polls < 5
    assert await receiving == b"x"


async def test_no_time_to_wait(loop: Any, pair: Any) -> None:
    """Where nothing may be waited for, not even a turn of the loop is."""
    push, pull = pair
    push.turn_budget = pull.turn_budget = 0
    push.sndtimeo = pull.rcvtimeo = 0
    for _ in range(3):
        await push.send(b"x")
        assert await pull.recv() == b"x"
    with pytest.raises(zmq.Again):
        await pull.recv()
