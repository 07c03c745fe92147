"""Wrong arguments: the right error, which names the argument, and no wait."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

import zmq
import zmq.trio


async def test_timeouts(loop: str, make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    with anyio.fail_after(10):
        for poll in (pull.poll, poller.poll):
            with pytest.raises(TypeError, match="timeout must be a number of ms"):
                await poll("1")
            with pytest.raises(ValueError, match=r"timeout must be .* nan"):
                await poll(float("nan"))


async def test_flags(loop: str, make_socket: Any) -> None:
    pull, push = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    with anyio.fail_after(10):
        for flags in ("1", None, 1.5):
            for call in (
                lambda flags: pull.recv(flags),
                lambda flags: pull.recv_multipart(flags),
                lambda flags: pull.recv_many(1, flags),
                lambda flags: pull.recv_into(bytearray(1), flags=flags),
                lambda flags: push.send_many([[b""]], flags),
                lambda flags: push.send(b"", flags),
            ):
                with pytest.raises(TypeError, match="required for flags, got"):
                    await call(flags)


def test_budgets(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    for wrong in ("1", None):
        with pytest.raises(TypeError, match="turn_budget must be a number of ms"):
            pull.turn_budget = wrong
    with pytest.raises(ValueError, match="turn_budget=nan"):
        pull.turn_budget = float("nan")
    for right in (0, 1.5, float("inf")):
        pull.turn_budget = right
        assert pull.turn_budget == right
