"""Several who send and receive on the same socket at once: nobody is forgotten."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from tests.torture.scale import scaled


@pytest.mark.parametrize("each", [1, 3])
async def test_both_ways_at_once(flavour: Any, socket_pair: Any, each: int) -> None:
    """What the attempt of one leaves to be had wakes another, or the same one again."""
    count = scaled(100, 10_000)
    pair = socket_pair(zmq.DEALER, zmq.DEALER, sndhwm=2, rcvhwm=2, transport="tcp")
    got: dict[Any, list[int]] = {sock: [] for sock in pair}

    async def send(sock: Any, first: int) -> None:
        for i in range(first, first + count):
            await flavour.get(sock.send_multipart([b"%d" % i, b"x"]))

    async def receive(sock: Any) -> None:
        for _ in range(count):
            number, _ = await flavour.get(sock.recv_multipart())
            got[sock].append(int(number))

    started = [
        flavour.start(*call)
        for sock in pair
        for i in range(each)
        for call in ((send, sock, i * count), (receive, sock))
    ]
    for one in started:
        await one.result()
    for sock in pair:
        assert sorted(got[sock]) == list(range(each * count))
