"""Deprecated names, and arguments that are no good."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

import zmq
import zmq.asyncio


async def test_wrong_flags(loop: Any, pair: Any) -> None:
    push, pull = pair
    for call in (pull.recv, pull.recv_multipart, pull.recv_string):
        with pytest.raises(zmq.ZMQError):
            await call(64)
    with pytest.raises(zmq.ZMQError):
        await push.send(b"x", 64)
    with pytest.raises(TypeError):
        await pull.recv("x")
    with pytest.raises(TypeError):
        await push.send(b"x", "x")
    assert await pull.poll(0) == 0


@pytest.mark.parametrize("wrong", [None, "loads"])
async def test_a_deserializer_that_is_none(loop: Any, pair: Any, wrong: Any) -> None:
    push, pull = pair
    await push.send(b"x")
    with pytest.raises(TypeError, match="deserialize must be callable, got"):
        await pull.recv_serialized(wrong)
    assert await pull.recv() == b"x"


async def test_budgets(loop: Any, pair: Any) -> None:
    _, pull = pair
    for wrong in ("1", None, True):
        with pytest.raises(TypeError, match="turn_budget must be a number of ms"):
            pull.turn_budget = wrong
    for negative in (-1, float("nan")):
        with pytest.raises(ValueError, match=r"turn_budget=.* must not be negative"):
            pull.turn_budget = negative
    for right in (0, 1.5, Decimal(2), float("inf")):
        pull.turn_budget = right
        assert pull.turn_budget == min(right, 1e9)


async def test_unretrieved_errors_only_are_reported(
    loop: Any, pair: Any, unhandled: list[Any]
) -> None:
    _, pull = pair
    pull.recv(zmq.DONTWAIT)
    assert "never retrieved" in unhandled.pop()["message"]


@pytest.mark.parametrize("budget", [3.0, 0.0])
async def test_foreign_things_in_the_poller(
    loop: Any, pipe: Any, monkeypatch: pytest.MonkeyPatch, budget: float
) -> None:
    """Also where the loop is to turn before anything is looked at."""
    monkeypatch.setattr("zmq._engine._poller.TURN_BUDGET", budget)
    for thing, error in (
        (loop.create_future(), TypeError),
        (object(), TypeError),
        ("x", TypeError),
    ):
        poller = zmq.asyncio.Poller()
        poller.register(thing, zmq.POLLIN)
        with pytest.raises(error):
            await poller.poll()


async def test_poller_beside_a_reader_of_the_user(loop: Any, tcp_streams: Any) -> None:
    """Neither replaces the other."""
    one, other = tcp_streams
    heard = loop.create_future()

    def read() -> None:
        loop.remove_reader(one)
        heard.set_result(True)

    loop.add_reader(one, read)
    poller = zmq.asyncio.Poller()
    poller.register(one, zmq.POLLIN)
    first, second = poller.poll(), poller.poll()
    await asyncio.sleep(0)
    other.send(b"x")
    assert await asyncio.wait_for(first, 5) == [(one.fileno(), zmq.POLLIN)]
    assert await asyncio.wait_for(second, 5) == [(one.fileno(), zmq.POLLIN)]
    assert await asyncio.wait_for(heard, 5)


def test_io_loop_is_deprecated(context: Any) -> None:
    with pytest.warns(DeprecationWarning, match="io_loop"):
        zmq.asyncio.Socket(context, zmq.PULL, io_loop=object()).close()


@pytest.mark.parametrize("wrong", [1, b"", "inproc://a"])
def test_from_what_is_no_socket(context: Any, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"expected a zmq\.Socket, got"):
        zmq.asyncio.Socket.from_socket(wrong)
    with pytest.raises(TypeError, match=r"expected a zmq\.Socket, got"):
        zmq.asyncio.Socket(context, zmq.PUSH, None, wrong)


def test_from_socket(context: Any) -> None:
    with zmq.Context() as original, original.socket(zmq.PULL) as sock:
        shadow = zmq.asyncio.Socket.from_socket(sock)
        assert isinstance(shadow, zmq.asyncio.Socket)
        assert shadow.underlying == sock.underlying


def test_install_is_deprecated() -> None:
    with pytest.warns(DeprecationWarning, match="no event loop"):
        zmq.asyncio.install()
    with pytest.warns(DeprecationWarning, match="no event loop"):
        loop = zmq.asyncio.ZMQEventLoop()
    assert isinstance(loop, asyncio.SelectorEventLoop)
    loop.close()


def test_public_names() -> None:
    assert sorted(zmq.asyncio.__all__) == [
        "Context",
        "Poller",
        "ProactorSelectorThreadWarning",
        "Socket",
        "ZMQEventLoop",
        "install",
    ]
    assert issubclass(zmq.asyncio.ProactorSelectorThreadWarning, RuntimeWarning)
    assert all(hasattr(zmq.asyncio, name) for name in zmq.asyncio.__all__)


def test_instances() -> None:
    context = zmq.asyncio.Context.instance()
    assert zmq.asyncio.Context.instance() is context
    assert zmq.Context.instance() is not context
    context.term()
    zmq.Context.instance().term()


def test_import_of_zmq_does_not_import_asyncio() -> None:
    code = "import sys, zmq; sys.exit('asyncio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("budget", [0, 1000], ids=["by the loop", "at once"])
async def test_errors_do_not_wait(loop: Any, socket_pair: Any, budget: int) -> None:
    """No event ever tells of an operation that is an error."""
    reply, request = socket_pair(zmq.REP, zmq.REQ)
    reply.turn_budget = request.turn_budget = budget
    for call, *args in (
        (reply.send, b""),
        (reply.send_multipart, [b""]),
        (reply.send_many, [[b""]]),
        (reply.send_string, ""),
        (request.recv,),
        (request.recv_multipart,),
        (request.recv_many, 2),
        (request.recv_string,),
        (request.recv_into, bytearray(3)),
    ):
        with pytest.raises(zmq.ZMQError) as caught:
            await asyncio.wait_for(call(*args), 10)
        assert caught.value.errno == zmq.EFSM
        # Nor of those behind, awaited or not.
        answers = [call(*args) for _ in range(3)]
        awaited = await asyncio.wait_for(
            asyncio.gather(*answers[:2], return_exceptions=True), 10
        )
        done, _ = await asyncio.wait([answers[2]], timeout=10)
        assert len(done) == 1
        for error in (*awaited, answers[2].exception()):
            assert error.errno == zmq.EFSM


@pytest.mark.parametrize("budget", [0, 1000], ids=["by the loop", "at once"])
async def test_a_second_reply(loop: Any, socket_pair: Any, budget: int) -> None:
    """One request has one reply, in whatever tasks they are sent."""
    reply, request = socket_pair(zmq.REP, zmq.REQ)
    await request.send(b"request")
    assert await reply.recv() == b"request"
    reply.turn_budget = budget

    async def answer(data: bytes) -> None:
        await reply.send(data)

    tasks = [asyncio.ensure_future(answer(b"one")), asyncio.ensure_future(answer(b"2"))]
    results = await asyncio.wait_for(
        asyncio.gather(*tasks, return_exceptions=True), timeout=10
    )
    assert results[0] is None
    assert results[1].errno == zmq.EFSM
    assert await request.recv() == b"one"
