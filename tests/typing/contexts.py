"""What type checkers make of `zmq.Context`. Checked, never run."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

import zmq

ctx = zmq.Context()
assert_type(ctx, zmq.Context[zmq.Socket[bytes]])
assert_type(zmq.Context(io_threads=2), zmq.Context[zmq.Socket[bytes]])
resolved: zmq.SyncContext = ctx
shared: zmq.Context[zmq.Socket[bytes]] = zmq.Context.instance()

assert_type(ctx.socket(zmq.PUSH), zmq.Socket[bytes])
assert_type(ctx.socket(8), zmq.Socket[bytes])
assert_type(ctx.closed, bool)
assert_type(ctx.term(timeout=1), None)
assert_type(ctx.destroy(linger=0, timeout=1.5), None)
assert_type(ctx.shutdown(), None)
assert_type(ctx.underlying, int)
assert_type(ctx.term(), None)
assert_type(ctx.destroy(linger=0), None)

with zmq.Context() as entered:
    assert_type(entered, zmq.Context[zmq.Socket[bytes]])


class Mine(zmq.Socket[bytes]):
    """A subclass."""


class Ours(zmq.Context[Mine]):
    """A context that makes them."""

    _socket_class = Mine


assert_type(ctx.socket(zmq.PUSH, socket_class=Mine), Mine)
assert_type(ctx.socket(zmq.PUSH, Mine), Mine)
ours = Ours()
assert_type(ours.socket(zmq.PUSH), Mine)
assert_type(ours.socket(zmq.PUSH, copy_threshold=5), Mine)
with ours as entered_ours:
    assert_type(entered_ours, Ours)
assert_type(Ours.shadow(ctx), Ours)
assert_type(Ours.instance(), Ours)


def generic(context: zmq.Context[Any]) -> None:
    context.socket(zmq.PUSH)


generic(ctx)
generic(ours)
generic(zmq.Context.shadow(ctx.underlying))
