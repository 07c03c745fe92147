"""Nothing is lost by cancellation, at any moment, by any means."""

from __future__ import annotations

import asyncio
import gc
import random
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tests.fixtures.steps import collect
from tests.fixtures.storms import END, Sender
from tests.fixtures.waiting import turns

import zmq
from zmq._engine import Answer

MESSAGES = 500
#: Timers of a loop take a millisecond. ZMQ_TORTURE=84 makes it 100,000 for each way.
CANCELLATIONS = {"by_task": 1000, "by_wait_for": 100, "by_timeout": 100}


async def recv_into(sock: Any) -> int:
    buffer = bytearray(10)
    return int(buffer[: await sock.recv_into(buffer)])


async def poll(sock: Any) -> int:
    await sock.poll()
    return int(await sock.recv(zmq.DONTWAIT))


async def poller(sock: Any) -> int:
    poller = zmq.asyncio.Poller()
    poller.register(sock, zmq.POLLIN)
    await poller.poll()
    return int(await sock.recv(zmq.DONTWAIT))


async def first(answer: Awaitable[Any]) -> int:
    return int((await answer)[0])


async def number(answer: Awaitable[Any]) -> int:
    return int(await answer)


WAYS: dict[str, Callable[[Any], Awaitable[int]]] = {
    "recv": lambda sock: number(sock.recv()),
    "recv_multipart": lambda sock: first(sock.recv_multipart()),
    "recv_string": lambda sock: number(sock.recv_string()),
    "recv_json": lambda sock: sock.recv_json(),
    "recv_serialized": lambda sock: sock.recv_serialized(lambda f: int(f[0])),
    "recv_into": recv_into,
    "recv_many": lambda sock: first(first_of(sock.recv_many(1))),
    "anext": lambda sock: first(sock.__anext__()),
    "poll": poll,
    "poller": poller,
}


async def first_of(answer: Awaitable[Any]) -> Any:
    return (await answer)[0]


async def by_task(loop: Any, receive: Any, delay: float) -> int:
    async def run() -> int:
        result: int = await receive()
        return result

    task = loop.create_task(run())
    await turns(int(delay * 4e4))
    task.cancel()
    return await task  # type: ignore[no-any-return]


async def by_wait_for(loop: Any, receive: Any, delay: float) -> int:
    return await asyncio.wait_for(receive(), delay)


async def by_timeout(loop: Any, receive: Any, delay: float) -> int:
    async with asyncio.timeout(delay):
        return await receive()  # type: ignore[no-any-return]


MEANS = [by_task, by_wait_for]
if sys.version_info >= (3, 11):
    MEANS.append(by_timeout)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("means", MEANS, ids=lambda means: means.__name__)
@pytest.mark.parametrize("way", WAYS)
async def test_storm(
    loop: Any, context: Any, endpoint: Any, way: str, means: Any, torture: int
) -> None:
    """Cancel receives at random moments, against a sender that is slow and fast."""
    rnd = random.Random(way + means.__name__)
    address = endpoint()
    pull = context.socket(zmq.PULL)
    pull.bind(address)
    original = zmq.Context(context)
    enough = CANCELLATIONS[means.__name__] * torture
    for sender in (
        Sender(original, address, None),
        Sender(original, address, rnd, pause=2e-3),
    ):
        fast = sender._random is None
        received = []
        cancelled = 0
        sender.start()
        while True:
            try:
                value = await means(loop, lambda: WAYS[way](pull), rnd.random() * 2e-4)
            except (asyncio.CancelledError, asyncio.TimeoutError):
                cancelled += 1
                continue
            except zmq.Again:
                continue
            if value == END:
                break
            received.append(value)
            if len(received) >= MESSAGES * torture if fast else cancelled >= enough:
                sender.enough.set()
        sender.join()
        assert received == list(range(sender.sent))
    pull.close()
    gc.collect()
    assert not [o for o in gc.get_objects() if isinstance(o, Answer) and not o.done()]


@pytest.mark.timeout(600)
async def test_cancelled_sends_send_nothing(
    loop: Any, make_socket: Any, endpoint: Any, torture: int
) -> None:
    """What a send was reported to have sent arrives, in order, and nothing else."""
    push, pull = make_socket(zmq.PUSH, sndhwm=1), make_socket(zmq.PULL, rcvhwm=1)
    push.bind(endpoint())
    pull.connect(push.last_endpoint.decode())
    rnd = random.Random(1)
    sent, received = [], []

    async def receive() -> None:
        while True:
            await turns(rnd.randrange(12))
            received.append(int(await pull.recv()))

    receiving = loop.create_task(receive())
    for i in range(2000 * torture):

        async def send(i: int = i) -> None:
            await push.send(b"%d" % i)
            sent.append(i)

        task = loop.create_task(send())
        await turns(rnd.randrange(6))
        task.cancel()
        await asyncio.wait([task])
    assert 100 < len(sent) < 2000 * torture
    await push.send(b"%d" % END)  # what a cancelled one had sent would come before
    sent.append(END)
    deadline = loop.time() + 10
    while received[-1:] != [END] and loop.time() < deadline:
        await asyncio.sleep(0.001)
    assert received == sent
    receiving.cancel()


async def test_order_of_several_who_wait(loop: Any, pair: Any) -> None:
    push, pull = pair
    tasks = [loop.create_task(first(pull.recv_multipart())) for _ in range(50)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    rest = [task for i, task in enumerate(tasks) if i % 3]
    await push.send_many([[b"%d" % i] for i in range(len(rest))])
    assert await asyncio.gather(*rest) == list(range(len(rest)))
    assert await pull.poll(0) == 0


async def test_cancelled_when_it_was_its_turn(loop: Any, pair: Any) -> None:
    """The turn passes on to the next one."""
    push, pull = pair
    for _ in range(100):
        one = loop.create_task(first(pull.recv_multipart()))
        other = loop.create_task(first(pull.recv_multipart()))
        await asyncio.sleep(0)
        await push.send(b"7")
        one.cancel()
        assert await asyncio.wait_for(other, 5) == 7
        assert one.cancelled()


@pytest.mark.parametrize("ready", [True, False])
async def test_gather_that_is_cancelled(loop: Any, pair: Any, ready: bool) -> None:
    """What its parts have received goes back in the order in which it came."""
    push, pull = pair
    sent = [b"%d" % i for i in range(5)]
    if ready:
        await push.send_many([[data] for data in sent])
    never = loop.create_future()
    parts = [pull.recv(), pull.recv_multipart(), pull.recv_string(), pull.recv_many(1)]
    everything = asyncio.gather(*parts, never)
    if not ready:
        await push.send_many([[data] for data in sent])
        await asyncio.wait(parts)
    everything.cancel()
    with pytest.raises(asyncio.CancelledError):
        await everything
    assert [await pull.recv() for _ in sent] == sent


def drop(answers: list[Any], i: int) -> None:
    """Free one, also where references are not counted."""
    answers[i] = None
    collect(2)


async def test_dropped_in_any_order(loop: Any, pair: Any) -> None:
    push, pull = pair
    pull.turn_budget = 1000  # or on a busy machine some have to wait for a turn
    sent = [b"%d" % i for i in range(6)]
    await push.send_many([[data] for data in sent])
    answers = [pull.recv() for _ in range(5)]
    for i in (3, 0, 4, 1, 2):
        with pytest.warns(RuntimeWarning, match="never awaited"):
            drop(answers, i)
    assert [await pull.recv() for _ in sent] == sent


@pytest.mark.parametrize("size", [5, 100_000])
async def test_dropped_in_a_cycle(loop: Any, pair: Any, size: int) -> None:
    """The message goes back, although all of the cycle is garbage: its frames, too."""
    push, pull = pair
    pull.turn_budget = 1000
    sent = [[b"a" * size, b"b"], [b"c"]]
    await push.send_many(sent)
    # In front of the future in the order of the collector, which is that of making.
    cycle = [await pull.recv_multipart(copy=False)]
    pull._unrecv(cycle.pop())
    cycle += [pull.recv_multipart(copy=False), cycle]
    del cycle
    with pytest.warns(RuntimeWarning, match="never awaited"):
        collect(2)
    assert [await pull.recv_multipart() for _ in sent] == sent


async def test_cancelled_in_any_order(loop: Any, pair: Any) -> None:
    """Very many, some of them again and again."""
    push, pull = pair
    sent = [b"%d" % i for i in range(600)]
    await push.send_many([[data] for data in sent])
    answers = [pull.recv() for _ in range(500)]
    random.Random(3).shuffle(answers)
    for answer in answers:
        assert answer.cancel()
    for _ in range(400):
        assert pull.recv().cancel()
    assert [await pull.recv() for _ in sent] == sent


async def test_send_that_would_wait_for_a_turn_only(loop: Any, pair: Any) -> None:
    """The loop has to turn first; cancelled before that, nothing is sent."""
    push, pull = pair
    push.turn_budget = 0
    sending = push.send(b"cancelled")
    assert not sending.done()
    assert sending.cancel()
    await push.send(b"sent")
    assert await pull.recv() == b"sent"
    assert await pull.poll(0) == 0
