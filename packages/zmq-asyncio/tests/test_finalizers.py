"""Where a finalizer costs more than a message, what is only awaited has none."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import Any

import pytest
from tests.fixtures.steps import collect

import zmq
from zmq._engine import Answer
from zmq._engine._answer import need_finalizer

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "pypy", reason="references are counted elsewhere"
)


def drop(answers: list[Any]) -> None:
    answers.clear()
    collect(2)


async def test_only_awaited(loop: Any, pair: Any) -> None:
    push, pull = pair
    push.turn_budget = pull.turn_budget = 1000
    waiting = pull.recv()
    task = asyncio.ensure_future(wait(waiting))
    await asyncio.sleep(0)
    answers = [waiting, push.send(b"1")]
    assert await task == b"1"
    await push.send(b"2")
    answers += [pull.recv(), pull.poll(0), pull.poll(1)]
    assert [await answer for answer in answers] == [b"1", None, b"2", 0, 0]
    for answer in answers:
        assert isinstance(answer, Answer)
        assert isinstance(answer, asyncio.Future)
        assert not hasattr(type(answer), "__del__")
        assert answer._finalizer is None


async def wait(answer: Any) -> Any:
    return await answer


async def test_errors(loop: Any, pair: Any, unhandled: Any) -> None:
    """What is raised, and nobody asks for, is told."""
    _, pull = pair
    answers = [pull.send(b"x")]
    drop(answers)
    assert [context["exception"].errno for context in unhandled] == [zmq.ENOTSUP]
    unhandled.clear()


@pytest.mark.parametrize("kept", [0, 1, 2])
async def test_dropped(loop: Any, pair: Any, kept: int) -> None:
    """Two of three go back: each is found, the last one as well."""
    push, pull = pair
    push.turn_budget = pull.turn_budget = 1000
    for i in range(3):
        await push.send(b"%d" % i)
    answers = [pull.recv() for _ in range(3)]
    awaited = answers[kept]
    with pytest.warns(RuntimeWarning, match="never awaited") as warned:
        drop(answers)
    assert len(warned) == 2
    assert await awaited == b"%d" % kept
    rest = [await pull.recv() for _ in range(2)]
    assert rest == [b"%d" % i for i in range(3) if i != kept]


async def test_collected_by_another_thread(loop: Any, pair: Any) -> None:
    """It forgets what it has looked at, and not what was remembered meanwhile."""
    push, pull = pair
    push.turn_budget = pull.turn_budget = 1000
    await push.send(b"x")
    answer = pull.recv()
    thread = threading.Thread(target=collect, args=[2])
    thread.start()
    thread.join()
    assert pull._clock.unseen == [None]  # it has its finalizer
    assert answer._finalizer is not None
    assert await answer == b"x"
    await push.send(b"y")
    assert await pull.recv() == b"y"
    collect(2)
    assert pull._clock.unseen == [None]  # and keeps no message


async def test_two_finalizers(loop: Any, pair: Any) -> None:
    """Of two threads that give it one at once, one is second: it alone counts."""
    push, pull = pair
    push.turn_budget = pull.turn_budget = 1000
    await push.send(b"x")
    answer = pull.recv()
    need_finalizer(answer)
    first, answer._finalizer = answer._finalizer, None
    need_finalizer(answer)
    assert first.answer is answer
    del first
    collect(2)
    assert not await pull.poll(0)
    assert await answer == b"x"
