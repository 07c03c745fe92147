"""The future that every asynchronous operation returns."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

T = TypeVar("T")


class Answer(asyncio.Future[T]):
    """An :class:`asyncio.Future` of what an operation returns.

    It is no coroutine, so ``asyncio.create_task`` refuses it, while ``ensure_future``,
    ``gather`` and ``wait`` take it. It cannot be both: ``wait`` refuses all that looks
    like a coroutine.
    """

    __slots__ = ()


def failed(loop: asyncio.AbstractEventLoop, error: BaseException) -> Answer[Any]:
    """Return a future that has failed."""
    answer: Answer[Any] = Answer(loop=loop)
    answer.set_exception(error)
    return answer
