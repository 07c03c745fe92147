"""A context that another thread terminates while it is used, at each step of that."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.steps import where_meanwhile

import zmq
import zmq.backend

pytestmark = pytest.mark.skipif(
    not zmq.backend.selected.endswith(".cffi"),
    reason="using a context is one step where it is compiled",
)

PATIENCE = 0.3  # seconds for term() to end, which has to wait where there is a socket
LIMIT = 123
CALLS: dict[str, Callable[[Any], Any]] = {
    "socket": lambda ctx: ctx.socket(zmq.PAIR),
    "set": lambda ctx: ctx.set(zmq.MAX_SOCKETS, LIMIT),
    "get": lambda ctx: ctx.get(zmq.MAX_SOCKETS),
    "shutdown": lambda ctx: ctx.shutdown(),
    "shadow": lambda ctx: zmq.Context.shadow(ctx),
    "underlying": lambda ctx: ctx.underlying,
}


class Ended:
    """A context that is terminated, and another one in its memory, if there can be."""

    def __init__(self) -> None:
        self.context = zmq.Context()
        self.address = self.context.underlying
        self.others: list[Any] = []
        self.thread = threading.Thread(target=self.context.term)

    def end(self) -> None:
        """Terminate it, if nothing keeps it."""
        self.thread.start()
        self.thread.join(PATIENCE)
        while not self.thread.is_alive() and len(self.others) < 20:
            other = zmq.Context()
            self.others.append(other)
            if other.underlying == self.address:
                break

    def check_others(self) -> None:
        """Nobody has used another context in place of this one."""
        for other in self.others:
            assert other.get(zmq.MAX_SOCKETS) != LIMIT
            other.socket(zmq.PAIR).close()  # not shut down
            other.term()  # has no sockets
        if self.thread.ident is not None:
            self.thread.join()


@pytest.mark.parametrize("name", CALLS)
def test_at_each_step(name: str) -> None:
    step = 1
    stride = 5 if sys.implementation.name == "pypy" else 1  # which traces slowly
    where: str | None = ""
    while where is not None:
        step += stride
        ended = Ended()
        made: list[Any] = []
        errors: list[str] = []

        def call(ended: Ended = ended, made: Any = made, errors: Any = errors) -> None:
            try:
                made.append(CALLS[name](ended.context))
            except (zmq.ZMQError, RuntimeError) as raised:
                errors.append(str(raised))

        where = where_meanwhile(step, call, ["zmq/backend/cffi/"], ended.end)
        for error in errors:
            assert "terminated" in error or "destroyed" in error, f"step {step}"
        if name == "socket" and made:
            assert not ended.others, f"a socket of another context, step {step}"
            made[0].close()
            ended.thread.join()
            break
        ended.check_others()
        if where is None:
            ended.context.term()
    assert step > 5
