"""What nobody has looked at goes back, as it came, and in its order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.fixtures.steps import collect

import zmq


def drop(answers: list[Any]) -> None:
    """Free them, also where references are not counted."""
    answers.clear()
    collect(2)


@pytest.mark.parametrize("size", [0, 1, 5, 20000])
async def test_recv_into_gives_the_message_back(
    loop: Any, pair: Any, size: int
) -> None:
    """All of it, also what had no place in the buffer."""
    push, pull = pair
    data = bytes(range(256)) * (size // 256 + 1)
    await push.send(data[:size])
    await push.send(b"next")
    buffer = bytearray(3)
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    answers = [pull.recv_into(buffer)]
    assert answers[0].done()
    n = min(size, 3)
    assert buffer[:n] == data[:n]
    with pytest.warns(RuntimeWarning, match=r"recv_into\(\) of .* never awaited"):
        drop(answers)
    assert await pull.recv() == data[:size]
    assert await pull.recv() == b"next"


async def test_recv_into_that_waited_gives_the_message_back(
    loop: Any, pair: Any
) -> None:
    push, pull = pair
    buffer = bytearray(3)
    answer = pull.recv_into(buffer)
    answer.add_done_callback(lambda _: None)  # observed, but not awaited
    await push.send(b"message")
    while not answer.done():
        await asyncio.sleep(0)
    assert buffer == b"mes"
    assert answer.cancel()
    assert await pull.recv() == b"message"


@pytest.mark.parametrize(
    ("buffer", "nbytes", "error"),
    [
        (b"constant", 0, BufferError),
        (bytearray(2), 3, ValueError),
        (bytearray(2), -1, ValueError),
        ("text", 0, TypeError),
        (None, 0, TypeError),
        (memoryview(bytearray(8))[::2], 0, BufferError),
    ],
)
async def test_recv_into_what_is_no_buffer(
    loop: Any, pair: Any, buffer: Any, nbytes: int, error: type[Exception]
) -> None:
    """The error is that of a synchronous socket, and the message stays."""
    push, pull = pair
    await push.send(b"message")
    shadow = zmq.Socket(pull)
    with pytest.raises(error) as synchronous:
        shadow.recv_into(buffer, nbytes=nbytes)
    with pytest.raises(error) as asynchronous:
        await pull.recv_into(buffer, nbytes=nbytes)
    assert str(asynchronous.value) == str(synchronous.value)
    assert await pull.recv() == b"message"


@pytest.mark.parametrize("budget", [0, 1000], ids=["by the loop", "at once"])
async def test_order_of_what_is_received_again(
    loop: Any, pair: Any, budget: int
) -> None:
    """It keeps its place, also before what is given back only later."""
    push, pull = pair
    sent = [b"%d" % i for i in range(6)]
    await push.send_many([[data] for data in sent])
    pull.turn_budget = 1000
    first, second, third = pull.recv(), pull.recv_multipart(), pull.recv()
    assert first.cancel()
    pull.turn_budget = budget
    for receive in (pull.recv, pull.recv_multipart, lambda: pull.recv_many(1)):
        again = receive()
        again.add_done_callback(lambda _: None)
        while not again.done():
            await asyncio.sleep(0)
        assert again.cancel()
    pull.turn_budget = 1000
    first = pull.recv()
    assert second.cancel()
    assert first.cancel()
    assert third.cancel()
    for _ in range(20):
        assert pull.recv().cancel()
    assert [await pull.recv() for _ in sent] == sent


@pytest.mark.parametrize("method", ["recv", "recv_multipart"])
async def test_order_of_what_is_received_again_at_once(
    loop: Any, pair: Any, method: str
) -> None:
    push, pull = pair
    sent = [b"%d" % i for i in range(4)]
    await push.send_many([[data] for data in sent])
    pull.turn_budget = 1000
    first, second, third = pull.recv(), pull.recv(), pull.recv()
    assert first.cancel()
    again = getattr(pull, method)()
    for answer in (second, again, third):
        assert answer.cancel()
    assert [await pull.recv() for _ in sent] == sent


@pytest.mark.parametrize("observed", [False, True])
async def test_bursts_among_other_receivers(
    loop: Any, pair: Any, observed: bool
) -> None:
    """Whatever is given back, and when: it comes again in the order it was sent."""
    push, pull = pair
    pull.turn_budget = 1000  # or a busy machine has what is ready wait for a turn
    if observed:
        answers = [pull.recv_multipart() for _ in range(3)]
        for answer in answers:
            answer.add_done_callback(lambda _: None)
    await push.send_many([[b"%d" % i] for i in range(5)])
    if observed:
        await asyncio.wait(answers)
    else:
        answers = [pull.recv_multipart() for _ in range(3)]
    first, second, third = answers
    assert first.cancel()
    assert third.cancel()
    burst = pull.recv_many(10)  # 0 and 2, that were given back, 3 and 4
    assert burst.done()
    assert burst.cancel()
    assert second.cancel()
    assert await pull.recv_many(10) == [[b"%d" % i] for i in range(5)]
