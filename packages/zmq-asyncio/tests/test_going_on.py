"""A task that waits for a message goes on as soon as its loop has heard of it."""

from __future__ import annotations

import asyncio
import contextvars
from typing import Any

import pytest
from tests.fixtures.waiting import turns

import zmq
from zmq import backend

NAME: contextvars.ContextVar[str] = contextvars.ContextVar("NAME")


async def test_in_the_turn_in_which_the_loop_hears_of_it(loop: Any, pair: Any) -> None:
    """It takes no other turn, with a look for other events of the system."""
    push, pull = pair
    task = loop.create_task(_receive(pull))
    await turns()
    counted: list[int] = []
    zmq.Socket(push).send(b"x")
    loop.call_soon(_count, loop, counted, task)
    assert await task == b"x"
    # What is due has been called once before: asyncio calls it before what it hears.
    assert len(counted) == (0 if type(loop).__module__.startswith("uvloop") else 1)


def _count(loop: Any, counted: list[int], task: Any) -> None:
    if not task.done():
        counted.append(len(counted))
        loop.call_soon(_count, loop, counted, task)


async def _receive(sock: Any) -> Any:
    return await sock.recv()


async def test_in_its_own_context(loop: Any, pair: Any) -> None:
    """Context variables and the current task are its own."""
    push, pull = pair

    async def receive(name: str) -> tuple[Any, str, Any]:
        NAME.set(name)
        return await pull.recv(), NAME.get(), asyncio.current_task()

    NAME.set("mine")
    tasks = [loop.create_task(receive(name)) for name in ("a", "b")]
    await turns()
    await push.send_many([[b"0"], [b"1"]])
    assert await asyncio.gather(*tasks) == [
        (b"0", "a", tasks[0]),
        (b"1", "b", tasks[1]),
    ]
    assert NAME.get() == "mine"


def test_what_a_task_raises_ends_the_loop_only(loop: Any, pair: Any) -> None:
    """Whoever else was to hear of the message hears of it."""
    push, pull = pair

    async def interrupt() -> None:
        await pull.recv()
        raise KeyboardInterrupt

    async def start() -> None:
        # A shadow waits for the same descriptor.
        other = type(pull).from_socket(pull)
        tasks.extend([loop.create_task(interrupt()), loop.create_task(_receive(other))])
        await turns()
        await push.send_many([[b"0"], [b"1"]])
        await loop.create_future()

    tasks: list[asyncio.Task[Any]] = []
    with pytest.raises(KeyboardInterrupt):
        loop.run_until_complete(start())
    assert isinstance(tasks[0].exception(), KeyboardInterrupt)
    assert loop.run_until_complete(asyncio.wait_for(tasks[1], 5)) == b"1"


async def test_message_of_a_cancellation(loop: Any, pair: Any) -> None:
    """It reaches the coroutine, as with futures of asyncio."""
    _, pull = pair

    async def receive() -> Any:
        try:
            await pull.recv()
        except asyncio.CancelledError as error:
            return error.args

    for message in [("why",), ()]:
        task = loop.create_task(receive())
        await turns()
        task.cancel(*message)
        assert await task == message


async def _awaiting(future: Any) -> Any:
    return await future


@pytest.mark.parametrize("several", [False, True])
async def test_attempts_of_a_receive_that_waits(
    loop: Any, pair: Any, monkeypatch: pytest.MonkeyPatch, several: bool
) -> None:
    """After one in vain there is one more, when a message has come."""
    push, pull = pair
    name = "_try_recv_multipart" if several else "_try_recv"
    attempt, calls = getattr(pull, name), []

    def counting(_: Any, *args: Any) -> Any:
        calls.append(args)
        return attempt(*args)

    monkeypatch.setattr(type(pull), name, counting)
    pull.turn_budget = 60_000  # or a slow machine has the loop turn first
    for _ in range(2):  # with the first one the loop begins to listen
        calls.clear()
        receiving = pull.recv_multipart() if several else pull.recv()
        task = loop.create_task(_awaiting(receiving))
        await turns()
        zmq.Socket(push).send(b"x")
        assert await task == ([b"x"] if several else b"x")
    # The first one is compiled, where the backend has that.
    assert len(calls) == (2 if backend.EagerSocket is None else 1)


async def test_what_was_refused_before_is_not_refused_now(loop: Any, pair: Any) -> None:
    """A receive in vain says nothing of later ones."""
    push, pull = pair
    for flags in 0, zmq.DONTWAIT:
        for receive in pull.recv, pull.recv_multipart, pull.recv_json:
            in_vain = pull.recv()
            assert not in_vain.done()
            in_vain.cancel()
            zmq.Socket(push).send(b"1")
            assert await receive(flags) in (b"1", [b"1"], 1)


async def test_another_use_between_an_attempt_and_the_wait(
    loop: Any, pair: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What that has taken notice of is not waited for in vain."""
    push, pull = pair
    waiters = type(pull._waiters)
    listen = waiters.listen

    def listen_late(self: Any, sock: Any, events: int) -> None:
        # As another thread could: libzmq's descriptor tells of the message no more.
        zmq.Socket(push).send(b"x")
        assert zmq.Socket(pull).get(zmq.EVENTS) & zmq.POLLIN
        listen(self, sock, events)

    monkeypatch.setattr(waiters, "listen", listen_late)
    receiving = pull.recv()
    monkeypatch.undo()
    assert await asyncio.wait_for(receiving, 10) == b"x"
