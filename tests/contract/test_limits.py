"""The high-water mark, and the timeouts."""

from __future__ import annotations

import time
from typing import Any

import pytest

import zmq


async def test_send_waits_at_the_high_water_mark(
    flavour: Any, make_socket: Any, endpoint: Any
) -> None:
    push, pull = make_socket(zmq.PUSH, sndhwm=2), make_socket(zmq.PULL, rcvhwm=2)
    push.bind(endpoint("inproc"))
    pull.connect(push.last_endpoint.decode())

    async def send() -> None:
        for i in range(50):
            await flavour.get(push.send_multipart([b"%d" % i, b"x"]))

    sending = flavour.start(send)
    assert sending.waits()
    for i in range(50):
        assert await flavour.get(pull.recv_multipart()) == [b"%d" % i, b"x"]
    await sending.result()


async def test_send_waits_for_a_peer(flavour: Any, make_socket: Any) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    pull.bind("tcp://127.0.0.1:0")

    async def send() -> None:
        await flavour.get(push.send(b"at last"))

    sending = flavour.start(send)
    assert sending.waits()
    push.connect(pull.last_endpoint.decode())
    assert await flavour.get(pull.recv()) == b"at last"
    await sending.result()


async def test_dontwait(flavour: Any, make_socket: Any) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    for answer in (
        lambda: push.send(b"", zmq.DONTWAIT),
        lambda: push.send_multipart([b""], zmq.DONTWAIT),
        lambda: push.send_many([[b""]], zmq.DONTWAIT),
        lambda: pull.recv(zmq.DONTWAIT),
        lambda: pull.recv_multipart(zmq.DONTWAIT),
        lambda: pull.recv_many(5, zmq.DONTWAIT),
        lambda: pull.recv_string(zmq.DONTWAIT),
        lambda: pull.recv_json(zmq.DONTWAIT),
        lambda: pull.recv_into(bytearray(1), flags=zmq.DONTWAIT),
    ):
        with pytest.raises(zmq.Again):
            await flavour.get(answer())


@pytest.mark.parametrize("timeout", [0, 40])
async def test_timeouts(flavour: Any, make_socket: Any, timeout: int) -> None:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL)
    push.sndtimeo = pull.rcvtimeo = timeout
    for answer in (
        lambda: push.send(b""),
        lambda: push.send_multipart([b""]),
        lambda: push.send_many([[b""]]),
        lambda: pull.recv(),
        lambda: pull.recv_multipart(),
        lambda: pull.recv_many(5),
        lambda: pull.recv_pyobj(),
    ):
        began = time.monotonic()
        with pytest.raises(zmq.Again):
            await flavour.get(answer())
        assert timeout / 1000 - 0.005 <= time.monotonic() - began < 5


async def test_in_time(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    pull.rcvtimeo = 10_000

    async def receive() -> bytes:
        received: bytes = await flavour.get(pull.recv())
        return received

    receiving = flavour.start(receive)
    assert receiving.waits()
    await flavour.get(push.send(b"in time"))
    assert await receiving.result() == b"in time"
