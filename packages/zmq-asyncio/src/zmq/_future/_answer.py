"""The future that every asynchronous operation returns."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

if TYPE_CHECKING:

    class _Base(asyncio.Future[T], Coroutine[Any, Any, T]):
        pass

else:
    _Base = asyncio.Future


class Answer(_Base[T]):
    """A future that a task can be made of, too.

    ``asyncio.create_task`` takes coroutines only: what has ``send``, ``throw`` and
    ``close`` is one to it.
    """

    __slots__ = ("_steps",)

    def send(self, value: Any) -> Any:
        """Go on as a coroutine does, to the next future to wait for."""
        return self._coroutine().send(value)

    def throw(self, *exc_info: Any) -> Any:
        """Go on as a coroutine does, with an exception."""
        if not hasattr(self, "_steps"):
            self.cancel()
        return self._coroutine().throw(*exc_info)

    def close(self) -> None:
        """End as a coroutine does."""
        if hasattr(self, "_steps"):
            self._steps.close()
        else:
            self.cancel()

    def _coroutine(self) -> Generator[Any, Any, T]:
        if not hasattr(self, "_steps"):
            self._steps: Generator[Any, Any, T] = _step_through(self)
        return self._steps


def _step_through(answer: Answer[T]) -> Generator[Any, Any, T]:
    return (yield from answer.__await__())


def failed(loop: asyncio.AbstractEventLoop, error: BaseException) -> Answer[Any]:
    """Return a future that has failed."""
    answer: Answer[Any] = Answer(loop=loop)
    answer.set_exception(error)
    return answer
