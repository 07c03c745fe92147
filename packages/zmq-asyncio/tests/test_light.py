"""Where a finalizer costs more than a message, what is only awaited has none."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest
from tests.fixtures.steps import collect

from zmq._engine import Answer

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "pypy", reason="references are counted elsewhere"
)


def has_finalizer(answer: Any) -> bool:
    return hasattr(type(answer), "__del__")


def drop(answers: list[Any]) -> None:
    answers.clear()
    collect(2)


async def test_only_awaited(loop: Any, pair: Any) -> None:
    push, pull = pair
    push.turn_budget = pull.turn_budget = 1000
    for _ in range(3):
        for answer, expected in ((push.send(b"x"), None), (pull.recv(), b"x")):
            assert not has_finalizer(answer)
            assert isinstance(answer, Answer)
            assert asyncio.isfuture(answer)
            assert answer.done()
            assert await answer == expected
            assert await answer == expected
            assert not has_finalizer(answer)
            assert not answer.cancelled()  # who asks for more gets a future
            assert isinstance(answer, Answer)
            assert has_finalizer(answer)
            assert await answer == expected


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
