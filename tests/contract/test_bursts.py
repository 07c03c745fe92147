"""send_many and recv_many."""

from __future__ import annotations

from typing import Any

import pytest

import zmq


async def test_there_and_back(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    messages = [[b"%d" % i] * (1 + i % 3) for i in range(100)]
    assert await flavour.get(push.send_many(messages)) == 100
    assert await flavour.get(pull.recv_many(30)) == messages[:30]
    assert await flavour.get(pull.recv_many(1000)) == messages[30:]


async def test_it_waits_for_the_first_only(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)

    async def receive() -> Any:
        return await flavour.get(pull.recv_many(10))

    receiving = flavour.start(receive)
    assert receiving.waits()
    await flavour.get(push.send_multipart([b"a", b"b"]))
    assert await receiving.result() == [[b"a", b"b"]]


async def test_it_sends_what_it_can(
    flavour: Any, make_socket: Any, endpoint: Any
) -> None:
    push, pull = make_socket(zmq.PUSH, sndhwm=5), make_socket(zmq.PULL, rcvhwm=5)
    push.bind(endpoint("inproc"))
    pull.connect(push.last_endpoint.decode())
    messages = [[b"%d" % i] for i in range(50)]

    async def send() -> list[int]:
        left, counts = messages, []
        while left:
            counts.append(await flavour.get(push.send_many(left)))
            left = left[counts[-1] :]
        return counts

    sending = flavour.start(send)
    received: list[Any] = []
    while len(received) < 50:
        received += await flavour.get(pull.recv_many(7))
    assert received == messages
    counts = await sending.result()
    assert len(counts) > 1
    assert all(counts)


async def test_frames_and_iterators(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    messages = ((part for part in (b"a", zmq.Frame(b"b"))) for _ in range(3))
    assert await flavour.get(push.send_many(messages)) == 3
    received = await flavour.get(pull.recv_many(9, copy=False))
    assert [[frame.bytes for frame in message] for message in received] == [
        [b"a", b"b"]
    ] * 3
    assert await flavour.get(push.send_many([])) == 0


@pytest.mark.parametrize(
    ("messages", "error"),
    [
        (b"bytes", TypeError),
        ("text", TypeError),
        ([b"bytes"], TypeError),
        ([[b"good"], ["text"]], TypeError),
        ([[b"good"], []], IndexError),
        ([[b"good"], 5], TypeError),
    ],
)
async def test_nothing_is_sent_of_what_is_wrong(
    flavour: Any, socket_pair: Any, messages: Any, error: type[Exception]
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(error):
        await flavour.get(push.send_many(messages))
    assert await flavour.get(pull.poll(0)) == 0


async def test_wrong_arguments(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    await flavour.get(push.send(b""))
    with pytest.raises(ValueError, match="max_messages"):
        await flavour.get(pull.recv_many(0))
    with pytest.raises(TypeError):
        await flavour.get(pull.recv_many("x"))
    with pytest.raises(zmq.ZMQError):
        await flavour.get(pull.recv_many(1, zmq.SNDMORE))
    with pytest.raises(zmq.ZMQError):
        await flavour.get(push.send_many([[b""]], zmq.SNDMORE))
    assert await flavour.get(pull.recv_many(1)) == [[b""]]
