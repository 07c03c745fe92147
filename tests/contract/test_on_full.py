"""What becomes of messages at the high-water mark, in every flavour."""

from __future__ import annotations

from typing import Any

import pytest

import zmq

ROOM = 4


@pytest.fixture(params=["push", "pub"])
def make_pair(
    request: pytest.FixtureRequest, context: Any, make_socket: Any, endpoint: Any
) -> Any:
    """Make a sender with a policy, and its receiver."""
    push = request.param == "push"

    def make(on_full: str) -> Any:
        sender = context.socket(zmq.PUSH if push else zmq.PUB, on_full=on_full)
        sender.sndhwm = ROOM // 2
        sender.bind(endpoint("inproc"))
        receiver = make_socket(zmq.PULL if push else zmq.SUB, rcvhwm=ROOM // 2)
        if not push:
            receiver.subscribe(b"")
        receiver.connect(sender.last_endpoint.decode())
        return sender, receiver

    return make


async def test_drop(flavour: Any, make_pair: Any) -> None:
    sender, receiver = make_pair("drop")
    for i in range(20):
        await flavour.get(sender.send(b"%d" % i))
        await flavour.get(sender.send_multipart([b"%d" % i, b"x"]))
    assert sender.dropped == 40 - ROOM
    for i in range(ROOM):
        assert (await flavour.get(receiver.recv_multipart()))[0] == b"%d" % (i // 2)
    sender.close()


async def test_raise(flavour: Any, make_pair: Any) -> None:
    sender, receiver = make_pair("raise")
    for i in range(ROOM):
        await flavour.get(sender.send(b"%d" % i))
    for send in (
        lambda: sender.send(b"x"),
        lambda: sender.send(b"x", copy=False),
        lambda: sender.send_multipart([b"x", b"y"]),
        lambda: sender.send_many([[b"x"]]),
        lambda: sender.send_string("x"),
    ):
        with pytest.raises(zmq.Again, match=r"on_full=.raise. says not to wait"):
            await flavour.get(send())
    for i in range(ROOM):
        assert await flavour.get(receiver.recv()) == b"%d" % i
    await flavour.get(sender.send(b"room again"))
    assert await flavour.get(receiver.recv()) == b"room again"
    sender.close()


async def test_wait(flavour: Any, make_pair: Any) -> None:
    sender, receiver = make_pair("wait")

    async def send() -> None:
        for i in range(50):
            await flavour.get(sender.send_multipart([b"%d" % i, b"x"]))

    sending = flavour.start(send)
    for i in range(50):
        assert await flavour.get(receiver.recv_multipart()) == [b"%d" % i, b"x"]
    await sending.result()
    assert sender.dropped == 0
    sender.close()
