"""Nothing is lost by cancellation, at any moment."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from tests.fixtures.storms import END, Sender
from tests.fixtures.waiting import until
from tests.torture.scale import scaled

import zmq
import zmq.trio


async def recv_into(sock: Any) -> int:
    buffer = bytearray(10)
    return int(buffer[: await sock.recv_into(buffer)])


async def poll(sock: Any) -> int:
    await sock.poll()
    return int(await sock.recv(zmq.DONTWAIT))


async def poller(sock: Any) -> int:
    poller = zmq.trio.Poller()
    poller.register(sock, zmq.POLLIN)
    await poller.poll()
    return int(await sock.recv(zmq.DONTWAIT))


async def multipart(sock: Any) -> int:
    return int((await sock.recv_multipart())[0])


async def many(sock: Any) -> int:
    return int((await sock.recv_many(1))[0][0])


async def by_iteration(sock: Any) -> int:
    return int((await sock.__anext__())[0])


WAYS: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "recv_json": lambda sock: sock.recv_json(),
    "recv_multipart": multipart,
    "recv_into": recv_into,
    "recv_many": many,
    "anext": by_iteration,
    "poll": poll,
    "poller": poller,
}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", WAYS)
async def test_storm(loop: str, make_socket: Any, endpoint: Any, way: str) -> None:
    """Cancel receives at random moments, against a sender that is slow and fast."""
    rnd = random.Random(way + loop)
    pull = make_socket(zmq.PULL, rcvhwm=5)
    pull.bind(endpoint())
    original = zmq.Context(pull.context)
    messages, enough = scaled(150, 20_000), scaled(150, 20_000)
    for pauses in (None, rnd):
        address = pull.last_endpoint.decode()
        sender = Sender(original, address, pauses, hwm=5)
        received: list[int] = []
        cancelled = 0
        sender.start()
        while received[-1:] != [END]:
            try:
                received.append(await cancelled_soon(WAYS[way], pull, rnd))
            except (TimeoutError, zmq.Again):
                cancelled += 1
            if (len(received) >= messages) if pauses is None else (cancelled >= enough):
                sender.enough.set()
        sender.join()
        assert received[:-1] == list(range(sender.sent))


async def cancelled_soon(way: Any, sock: Any, rnd: random.Random) -> int:
    """Receive, unless another task or the time is faster."""
    result: list[int] = []
    async with anyio.create_task_group() as group:

        async def cancel() -> None:
            for _ in range(rnd.randrange(6)):
                await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()

        group.start_soon(cancel)
        result.append(await way(sock))
        group.cancel_scope.cancel()
    if not result:
        raise TimeoutError
    return result[0]


async def test_cancelled_before_takes_nothing(loop: str, pair: Any) -> None:
    push, pull = pair
    await push.send(b"x")
    for way in (pull.recv, pull.recv_multipart, pull.recv_string, pull.poll):
        with anyio.CancelScope() as scope:
            scope.cancel()
            await way()
        assert scope.cancelled_caught
    with anyio.CancelScope() as scope:
        scope.cancel()
        await push.send(b"cancelled")
    assert scope.cancelled_caught
    assert await pull.recv_many(9) == [[b"x"]]


async def test_cancelled_sends_send_nothing(
    loop: str, make_socket: Any, endpoint: Any
) -> None:
    """What a send was reported to have sent arrives, in order, and nothing else."""
    push, pull = make_socket(zmq.PUSH, sndhwm=1), make_socket(zmq.PULL, rcvhwm=1)
    push.bind(endpoint())
    pull.connect(push.last_endpoint.decode())
    rnd = random.Random(1)
    sent: list[int] = []
    received: list[int] = []

    async def receive() -> None:
        while received[-1:] != [END]:
            for _ in range(rnd.randrange(12)):
                await anyio.lowlevel.checkpoint()
            received.append(int(await pull.recv()))

    count = scaled(400, 40_000)
    async with anyio.create_task_group() as group:
        group.start_soon(receive)
        for i in range(count):
            async with anyio.create_task_group() as inner:

                async def send(i: int = i) -> None:
                    await push.send(b"%d" % i)
                    sent.append(i)

                inner.start_soon(send)
                for _ in range(rnd.randrange(6)):
                    await anyio.lowlevel.checkpoint()
                inner.cancel_scope.cancel()
        await push.send(b"%d" % END)
    assert received == [*sent, END]
    assert count / 20 < len(sent) < count


async def test_the_turn_passes_on(loop: str, pair: Any, until_waiting: Any) -> None:
    """One who is cancelled when it was its turn leaves the message to the next one."""
    push, pull = pair
    got: list[bytes] = []

    async def receive(scope: anyio.CancelScope) -> None:
        with scope:
            got.append(await pull.recv())

    for _ in range(30):
        scopes = [anyio.CancelScope() for _ in range(3)]
        with anyio.fail_after(5):
            async with anyio.create_task_group() as group:
                for number, scope in enumerate(scopes, 1):
                    group.start_soon(receive, scope)
                    await until_waiting(pull, number)
                zmq.Socket(push).send(b"7")
                assert pull.get(zmq.EVENTS) == zmq.POLLIN
                (channel,) = pull._channels.values()
                assert [waiter.woken for waiter in channel.all()] == [
                    True,
                    False,
                    False,
                ]
                scopes[0].cancel()
                await until(lambda: got)
                for scope in scopes:
                    scope.cancel()
        assert got == [b"7"]
        got.clear()
        assert await pull.poll(0) == 0


async def test_the_listener_passes_on(
    loop: str, make_socket: Any, endpoint: Any, until_waiting: Any
) -> None:
    """Of several who wait one listens: when that is cancelled, another one does."""
    pull = make_socket(zmq.PULL)
    pull.bind("tcp://127.0.0.1:0")
    shadow = zmq.trio.Socket(pull)
    push = zmq.Context(pull.context).socket(zmq.PUSH)
    push.connect(pull.last_endpoint.decode())
    got: list[bytes] = []

    async def receive(sock: Any, scope: anyio.CancelScope) -> None:
        with scope:
            got.append(await sock.recv())

    with push, anyio.fail_after(10):
        for order in ((pull, shadow, pull), (shadow, pull, shadow)):
            scopes = [anyio.CancelScope() for _ in order]
            async with anyio.create_task_group() as group:
                for i, sock in enumerate(order):
                    group.start_soon(receive, sock, scopes[i])
                    await until_waiting(sock, i // 2 + 1)
                scopes[0].cancel()
                push.send(b"1")
                await until(lambda: got)
                push.send(b"2")
            assert sorted(got) == [b"1", b"2"]
            got.clear()
