"""No await stays pending when its event is there."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
import time
from typing import Any

import pytest
from tests.fixtures.waiting import turns

import zmq
import zmq.asyncio

LATE = 0.05


@pytest.mark.timeout(600)
async def test_with_everybody_at_it(
    loop: Any, context: Any, endpoint: Any, torture: int
) -> None:
    """Readers, writers, EVENTS, synchronous shadows and threads on the same sockets."""
    one, other = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
    with one, other:
        one.bind(endpoint("tcp"))
        other.connect(one.last_endpoint.decode())
        await _stress(loop, one, other, end=time.monotonic() + 2.0 * torture)


async def _stress(loop: Any, one: Any, other: Any, end: float) -> None:
    rnd = random.Random(2)
    shadows = [zmq.Socket(one), zmq.Socket(other)]
    late: list[str] = []
    count = 0

    async def read(sock: Any) -> None:
        nonlocal count
        while True:
            await sock.recv_multipart()
            count += 1

    async def write(sock: Any) -> None:
        while True:
            for _ in range(rnd.randrange(1, 20)):
                await sock.send_multipart([b"x", b"y"])
            await asyncio.sleep(rnd.choice([0, 0, 0.0005, 0.005, 0.02]))

    async def disturb() -> None:
        while True:
            shadow = rnd.choice(shadows)
            shadow.get(zmq.EVENTS)
            if rnd.random() < 0.3:
                with contextlib.suppress(zmq.Again):  # full, when readers are slow
                    shadow.send_multipart([b"x", b"y"], zmq.DONTWAIT)
            await asyncio.sleep(rnd.choice([0, 0.001]))

    def disturb_from_a_thread(stop: threading.Event) -> None:
        while not stop.wait(0.0007):
            for shadow in shadows:
                shadow.poll(0)

    async def watch() -> None:
        """Look for a message that stays although there are readers."""
        since: dict[Any, float] = {}
        while True:
            await asyncio.sleep(0.005)
            for sock in (one, other):
                before = count
                if sock.get(zmq.EVENTS) & zmq.POLLIN:
                    began, at = since.setdefault(sock, (time.monotonic(), before))  # type: ignore[arg-type]
                    if time.monotonic() - began > LATE and count == at:
                        late.append(f"{sock} for {time.monotonic() - began} s")
                else:
                    since.pop(sock, None)

    stop = threading.Event()
    thread = threading.Thread(target=disturb_from_a_thread, args=(stop,))
    thread.start()
    tasks = [
        loop.create_task(job)
        for sock in (one, other)
        for job in (read(sock), read(sock), write(sock), write(sock))
    ]
    tasks += [loop.create_task(disturb()), loop.create_task(watch())]
    while time.monotonic() < end and not late:
        await asyncio.sleep(0.05)
    stop.set()
    thread.join()
    for task in tasks:
        assert not task.done()
        task.cancel()
    assert not late
    assert count > 100


@pytest.mark.parametrize("transport", ["inproc", "tcp"])
async def test_silence_then_one(
    loop: Any, make_socket: Any, endpoint: Any, transport: str, torture: int
) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    pull.bind(endpoint(transport))
    push.connect(pull.last_endpoint.decode())
    shadow = zmq.Socket(pull)
    for i in range(100 * torture):
        receiving = loop.create_task(_receive(pull))
        await asyncio.sleep(0)
        await push.send(b"x")
        if i % 2:
            shadow.get(zmq.EVENTS)  # swallows what made the descriptor readable
        began = time.monotonic()
        await asyncio.wait_for(receiving, 5)
        assert time.monotonic() - began < LATE * 10


async def _receive(sock: Any) -> Any:
    return await sock.recv()


async def test_an_address_that_is_refused(loop: Any, pair: Any) -> None:
    """That swallows what made the descriptor readable, too."""
    push, pull = pair
    receiving = loop.create_task(_receive(pull))
    await turns()
    zmq.Socket(push).send(b"x")
    with pytest.raises(zmq.ZMQError):
        pull.bind("none://such")
    assert await asyncio.wait_for(receiving, 5) == b"x"


async def test_put_back_by_a_shadow(loop: Any, pair: Any) -> None:
    _, pull = pair
    receiving = loop.create_task(_receive(pull))
    polling = loop.create_task(_poll(zmq.asyncio.Socket(pull)))
    await asyncio.sleep(0)
    zmq.Socket(pull)._unrecv([b"back"])
    assert await asyncio.wait_for(polling, 5) == zmq.POLLIN
    assert await asyncio.wait_for(receiving, 5) == b"back"


async def _poll(sock: Any) -> Any:
    return await sock.poll()


async def test_sent_by_a_thread(loop: Any, pair: Any) -> None:
    push, pull = pair
    shadow = zmq.Socket(push)
    for _ in range(50):
        receiving = loop.create_task(_receive(pull))
        await asyncio.sleep(0)
        thread = threading.Thread(target=shadow.send, args=(b"x",))
        thread.start()
        assert await asyncio.wait_for(receiving, 5) == b"x"
        thread.join()
