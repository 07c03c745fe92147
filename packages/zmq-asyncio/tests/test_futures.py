"""What the methods return are futures, and more."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.fixtures.steps import collect

import zmq
from zmq._engine import Answer


async def test_they_are_futures(loop: Any, pair: Any) -> None:
    push, pull = pair
    push.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    pending = pull.recv()
    done = push.send(b"x")
    for answer in (pending, done, pull.poll(), push.poll(0), pull.recv_string()):
        assert isinstance(answer, asyncio.Future)
        assert isinstance(answer, Answer)
        assert asyncio.isfuture(answer)
        assert asyncio.ensure_future(answer) is answer
        assert answer.get_loop() is loop
        assert "Future" in repr(answer) or type(answer).__name__ in repr(answer)
        answer.cancel()


async def test_done(loop: Any, pair: Any) -> None:
    push, pull = pair
    # Or a busy machine has what is ready wait for a turn.
    push.turn_budget = pull.turn_budget = 1000
    sent = push.send(b"x")
    assert sent.done()
    assert not sent.cancelled()
    assert sent.exception() is None
    assert sent.result() is None
    assert not sent.cancel()
    received = pull.recv()
    assert received.done()
    assert received.result() == b"x"
    assert not received.cancel()
    assert await received == b"x"
    assert await received == b"x"
    with pytest.raises(asyncio.InvalidStateError):
        received.set_result(1)
    with pytest.raises(asyncio.InvalidStateError):
        received.set_exception(ValueError())


@pytest.mark.parametrize("early", [True, False])
async def test_callbacks(loop: Any, pair: Any, early: bool) -> None:
    push, pull = pair
    called: asyncio.Future[Any] = loop.create_future()
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    if early:
        await push.send(b"x")
    answer = pull.recv()
    assert answer.done() is early
    answer.add_done_callback(called.set_result)
    if not early:
        assert answer.remove_done_callback(called.set_result) == 1
        answer.add_done_callback(called.set_result)
        await push.send(b"x")
    assert await asyncio.wait_for(called, 5) is answer
    assert answer.result() == b"x"


@pytest.mark.parametrize("early", [True, False])
async def test_with_the_functions_of_asyncio(loop: Any, pair: Any, early: bool) -> None:
    push, pull = pair

    async def send() -> None:
        await push.send_many([[b"%d" % i] for i in range(4)])

    if early:
        await send()
    else:
        loop.call_later(0.01, lambda: loop.create_task(send()))
    one = pull.recv()
    done, _ = await asyncio.wait([one], timeout=5)
    assert done == {one}
    assert one.result() == b"0"
    assert await asyncio.gather(pull.recv(), pull.recv_string()) == [b"1", "2"]
    assert await asyncio.shield(asyncio.wait_for(pull.recv(), 5)) == b"3"


@pytest.mark.parametrize("early", [True, False])
async def test_they_are_no_coroutines(loop: Any, pair: Any, early: bool) -> None:
    """Or asyncio.wait would refuse them."""
    push, pull = pair
    if early:
        await push.send(b"x")
    answer = pull.recv()
    assert not asyncio.iscoroutine(answer)
    with pytest.raises(TypeError):
        await asyncio.create_task(answer)


async def test_two_tasks_await_the_same(loop: Any, pair: Any) -> None:
    push, pull = pair
    answer = pull.recv()

    async def wait() -> Any:
        return await answer

    tasks = [loop.create_task(wait()) for _ in range(3)]
    await asyncio.sleep(0)
    await push.send(b"x")
    assert await asyncio.gather(*tasks) == [b"x"] * 3


async def test_cancelling_the_future_cancels_the_task(loop: Any, pair: Any) -> None:
    _, pull = pair
    for answer in (pull.recv(), pull.poll()):

        async def wait(answer: Any = answer) -> Any:
            return await answer

        task = loop.create_task(wait())
        await asyncio.sleep(0)
        assert answer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_old_style_generators(loop: Any, pair: Any) -> None:
    push, pull = pair

    class Old:
        def __await__(self) -> Any:
            yield from push.send(b"x")
            return (yield from pull.recv())

    assert await Old() == b"x"


def drop(receive: Any) -> None:
    """Forget to await, also where references are not counted."""
    receive()
    collect(2)


async def test_not_awaited_is_not_received(loop: Any, pair: Any) -> None:
    push, pull = pair
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    await push.send(b"1")
    await push.send_multipart([b"2", b"3"])
    with pytest.warns(RuntimeWarning, match="never awaited"):
        drop(pull.recv)
    assert await pull.poll(0) == zmq.POLLIN
    assert await pull.recv() == b"1"
    with pytest.warns(RuntimeWarning, match="never awaited"):
        drop(pull.recv_multipart)
    assert await pull.recv_multipart() == [b"2", b"3"]


@pytest.mark.parametrize("method", ["recv", "recv_multipart", "recv_string"])
async def test_parts_of_a_cancelled_gather(
    loop: Any, pair: Any, make_socket: Any, method: str
) -> None:
    push, pull = pair
    silent = make_socket(zmq.PULL)
    for early in (True, False):
        if early:
            await push.send(b"x")
        gathering = asyncio.gather(getattr(pull, method)(), silent.recv())
        await asyncio.sleep(0)
        if not early:
            await push.send(b"x")
            for _ in range(10):
                await asyncio.sleep(0)
        gathering.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gathering
        assert await asyncio.wait_for(pull.recv(), 5) == b"x"


@pytest.mark.parametrize("first", [0, 1, 2])
async def test_a_part_of_a_message_goes_back(loop: Any, pair: Any, first: int) -> None:
    push, pull = pair
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    parts = [b"a", b"b", b"c"]
    await push.send_multipart(parts)
    await push.send(b"next")
    for number in range(first):
        assert await pull.recv() == parts[number]
    with pytest.warns(RuntimeWarning, match="never awaited"):
        drop(pull.recv)
    assert pull.recv().cancel()
    assert await pull.recv_multipart() == parts[first:]
    assert await pull.recv_multipart() == [b"next"]


async def test_a_part_of_a_message_goes_back_in_time_only(loop: Any, pair: Any) -> None:
    """Not when what comes after it has been received: that would be another message."""
    push, pull = pair
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    await push.send_multipart([b"a", b"b"])
    await push.send(b"next")
    first, second = pull.recv(), pull.recv()
    assert await second == b"b"
    assert not first.cancel()
    del first
    assert await pull.recv() == b"next"
