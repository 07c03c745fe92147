"""Options as attributes, set in any case of letters."""

from __future__ import annotations

from typing import Any

import pytest

import zmq


def test_options_in_any_case() -> None:
    ctx: Any
    sub: Any
    with zmq.Context() as ctx, ctx.socket(zmq.SUB) as sub:
        ctx.Linger = sub.LinGer = 7
        assert ctx.linger == sub.linger == 7
        ctx.Max_Sockets = 20
        assert ctx.max_sockets == 20
        sub.Subscribe = b"x"
        assert sub.subscribe.__func__ is zmq.Socket.subscribe


def test_only_options_are_set_in_any_case(context: Any) -> None:
    """Or a method of the name would be lost."""

    class Mine(zmq.Socket[bytes]):
        own = 0
        OTHER = 0

    with context.socket(zmq.PUSH, Mine) as push:
        for name in ("Send", "SEND", "Get_Hwm", "Own", "other", "Io_Threads"):
            with pytest.raises(AttributeError, match=f"no such option: {name.upper()}"):
                setattr(push, name, 1)
        assert push.own == push.OTHER == 0
        push.own = push.OTHER = 1
    with pytest.raises(AttributeError, match="no such option: TERM"):
        context.Term = 1
    assert callable(context.term)
