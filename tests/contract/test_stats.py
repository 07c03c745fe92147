"""Every flavour counts what its sockets do."""

from __future__ import annotations

from typing import Any

import pytest

import zmq

SIZE = 5 + 5 + 3 + 2 + 6


async def test_numbers(
    flavour: Any, context: Any, make_socket: Any, endpoint: Any
) -> None:
    push = context.socket(zmq.PUSH, count_stats=True)
    pull = make_socket(zmq.PULL, count_stats=True)
    push.bind(endpoint("inproc"))
    pull.connect(push.last_endpoint.decode())
    for sent in (
        push.send(b"12345"),
        push.send(b"12345", copy=False),
        push.send_multipart([b"12", b"3"]),
        push.send_many([[b"1"], [b"2"]]),
        push.send_string("string"),
    ):
        await flavour.get(sent)
    assert push.stats()[:4] == (6, SIZE, 0, 0)
    await flavour.get(pull.recv())
    await flavour.get(pull.recv(copy=False))
    await flavour.get(pull.recv_multipart())
    await flavour.get(pull.recv_into(bytearray(1)))
    await flavour.get(pull.recv_many(1))
    await flavour.get(pull.recv_string())
    assert pull.stats()[:4] == (0, 0, 6, SIZE)
    assert context.stats()[:4] == (6, SIZE, 6, SIZE)
    push.close()
    assert zmq.describe(context).startswith(
        f"context with 1 socket: sent 6 messages ({SIZE} bytes)"
    )


async def test_what_waits_counts_once(
    flavour: Any, make_socket: Any, endpoint: Any
) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL, count_stats=True)
    push.bind(endpoint("inproc"))
    pull.connect(push.last_endpoint.decode())

    async def receive() -> Any:
        return await flavour.get(pull.recv())

    receiving = flavour.start(receive)
    while not pull.stats().receives_waited:
        assert receiving.waits()
        await flavour.get(push.poll(1, zmq.POLLIN))  # others run meanwhile
    await flavour.get(push.send(b"123"))
    assert await receiving.result() == b"123"
    stats = pull.stats()
    assert stats[:4] == (0, 0, 1, 3)
    assert stats[4:8] == (0, 0, 1, 0)


async def test_what_is_refused(flavour: Any, make_socket: Any) -> None:
    push, pull = make_socket(zmq.PUSH, sndtimeo=1), make_socket(zmq.PULL, rcvtimeo=1)
    push.count_stats = pull.count_stats = True
    for flags in 0, zmq.DONTWAIT:
        with pytest.raises(zmq.Again):
            await flavour.get(push.send(b"x", flags))
        with pytest.raises(zmq.Again):
            await flavour.get(pull.recv(flags))
    assert push.stats()[:8] == (0, 0, 0, 0, 1, 2, 0, 0)
    assert pull.stats()[:8] == (0, 0, 0, 0, 0, 0, 1, 2)


async def test_what_is_cancelled_counts_once(flavour: Any, socket_pair: Any) -> None:
    if flavour.name not in ("asyncio", "uvloop", "tornado"):
        pytest.skip("only a future is cancelled when it is done")
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    pull.count_stats = True
    await flavour.get(push.send(b"123"))
    for _ in range(3):
        pull.recv().cancel()
    assert await pull.recv() == b"123"
    assert pull.stats()[:4] == (0, 0, 1, 3)
