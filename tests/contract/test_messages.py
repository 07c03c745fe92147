"""Sending and receiving of every kind."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import zmq
from zmq.utils.serialize import JSON, Arrays, SignatureError, Signed

FRAMES = [b"", b"one", b"\0" * 300, b"x" * 100_000]


@pytest.fixture
def pair(socket_pair: Any, transport: str) -> Any:
    """A PUSH and a PULL socket, over every transport."""
    return socket_pair(zmq.PUSH, zmq.PULL, transport=transport)


@pytest.mark.parametrize("copy", [True, False])
async def test_send_and_recv(flavour: Any, pair: Any, copy: bool) -> None:
    push, pull = pair
    for frame in FRAMES:
        await flavour.get(push.send(frame, copy=copy))
        received = await flavour.get(pull.recv(copy=copy))
        assert bytes(received) == frame
        assert isinstance(received, bytes if copy else zmq.Frame)
        assert pull.rcvmore is False or pull.rcvmore == 0


@pytest.mark.parametrize("copy", [True, False])
async def test_multipart(flavour: Any, pair: Any, copy: bool) -> None:
    push, pull = pair
    for parts in (FRAMES, [b"one"], [b"part"] * 100, tuple(FRAMES)):
        await flavour.get(push.send_multipart(parts, copy=copy))
        received = await flavour.get(pull.recv_multipart(copy=copy))
        assert [bytes(part) for part in received] == list(parts)


async def test_multipart_from_an_iterator(flavour: Any, pair: Any) -> None:
    push, pull = pair
    await flavour.get(push.send_multipart(part for part in (b"a", b"b")))
    assert await flavour.get(pull.recv_multipart()) == [b"a", b"b"]


async def test_frame_by_frame(flavour: Any, pair: Any) -> None:
    push, pull = pair
    await flavour.get(push.send(b"a", zmq.SNDMORE))
    await flavour.get(push.send(b"b", zmq.SNDMORE))
    await flavour.get(push.send(b"c"))
    received = [await flavour.get(pull.recv())]
    while pull.rcvmore:
        received.append(await flavour.get(pull.recv()))
    assert received == [b"a", b"b", b"c"]


async def test_rest_of_a_message(flavour: Any, pair: Any) -> None:
    push, pull = pair
    await flavour.get(push.send_multipart([b"a", b"b", b"c"]))
    assert await flavour.get(pull.recv()) == b"a"
    assert await flavour.get(pull.recv_multipart()) == [b"b", b"c"]


async def test_string(flavour: Any, pair: Any) -> None:
    push, pull = pair
    await flavour.get(push.send_string("grüße"))
    assert await flavour.get(pull.recv_string()) == "grüße"
    await flavour.get(push.send_string("grüße", encoding="latin-1"))
    assert await flavour.get(pull.recv_string(encoding="latin-1")) == "grüße"
    await flavour.get(push.send_unicode("x"))
    assert await flavour.get(pull.recv_unicode()) == "x"


async def test_json(flavour: Any, pair: Any) -> None:
    push, pull = pair
    value = {"list": [1, 2.5, None, True], "text": "ü"}
    await flavour.get(push.send_json(value))
    assert await flavour.get(pull.recv_json()) == value
    await flavour.get(push.send_json(value, sort_keys=True))
    assert await flavour.get(pull.recv_json(parse_float=str))


async def test_object(flavour: Any, pair: Any) -> None:
    push, pull = pair
    codec = Signed(JSON(), b"k" * 32)
    push.codec = pull.codec = codec
    value = {"list": [1, 2.5, None, True], "text": "ü"}
    await flavour.get(push.send_object(value))
    assert await flavour.get(pull.recv_object()) == value
    await flavour.get(push.send_object(memoryview(b"x" * 100_000), codec=Arrays()))
    received = await flavour.get(pull.recv_object(codec=Arrays(numpy=False)))
    assert received == b"x" * 100_000
    await flavour.get(push.send_multipart([b"no", b"signature"]))
    with pytest.raises(SignatureError):
        await flavour.get(pull.recv_object())
    await flavour.get(push.send_object([1]))
    assert await flavour.get(pull.recv_object()) == [1]


async def test_pyobj(flavour: Any, pair: Any) -> None:
    push, pull = pair
    value = {1: {2, 3}, "x": (4,)}
    await flavour.get(push.send_pyobj(value))
    assert await flavour.get(pull.recv_pyobj()) == value
    await flavour.get(push.send_pyobj(value, protocol=2))
    assert pickle.loads(await flavour.get(pull.recv())) == value


async def test_serialized(flavour: Any, pair: Any) -> None:
    push, pull = pair

    def serialize(text: str) -> list[bytes]:
        return [word.encode() for word in text.split()]

    def deserialize(frames: list[bytes]) -> str:
        return " ".join(frame.decode() for frame in frames)

    await flavour.get(push.send_serialized("some more words", serialize))
    assert await flavour.get(pull.recv_serialized(deserialize)) == "some more words"
    await flavour.get(push.send_serialized("frames", serialize, copy=False))
    received = await flavour.get(pull.recv_serialized(lambda f: f, copy=False))
    assert isinstance(received[0], zmq.Frame)


async def test_recv_into(flavour: Any, pair: Any) -> None:
    push, pull = pair
    buffer = bytearray(8)
    await flavour.get(push.send(b"12345"))
    assert await flavour.get(pull.recv_into(buffer)) == 5
    assert buffer[:5] == b"12345"
    await flavour.get(push.send(b"abcdef"))
    assert await flavour.get(pull.recv_into(buffer, nbytes=2)) == 6
    assert buffer[:5] == b"ab345"


async def test_tracker(flavour: Any, pair: Any, wait_for: Any) -> None:
    push, pull = pair
    data = bytes(200_000)
    tracker = await flavour.get(push.send(data, copy=False, track=True))
    assert isinstance(tracker, zmq.MessageTracker)
    received = await flavour.get(pull.recv(copy=False))
    assert bytes(received) == data
    del received
    await flavour.turn()  # the loop refers to what it has just given to a task
    wait_for(lambda: tracker.done)


async def test_what_comes_later(flavour: Any, pair: Any) -> None:
    push, pull = pair

    async def receive() -> list[Any]:
        return [
            await flavour.get(pull.recv()),
            await flavour.get(pull.recv_multipart()),
            await flavour.get(pull.recv_string()),
            await flavour.get(pull.recv_json()),
        ]

    receiving = flavour.start(receive)
    await flavour.get(push.send(b"1"))
    assert receiving.waits()
    await flavour.get(push.send_multipart([b"2", b"3"]))
    await flavour.get(push.send_string("4"))
    await flavour.get(push.send_json(5))
    assert await receiving.result() == [b"1", [b"2", b"3"], "4", 5]


async def test_order_of_many(flavour: Any, pair: Any) -> None:
    push, pull = pair

    async def send() -> None:
        for i in range(3000):
            await flavour.get(push.send(b"%d" % i))

    sending = flavour.start(send)
    received = [int(await flavour.get(pull.recv())) for _ in range(3000)]
    assert received == list(range(3000))
    await sending.result()


async def test_request_and_reply(flavour: Any, socket_pair: Any) -> None:
    server, client = socket_pair(zmq.REP, zmq.REQ)

    async def serve() -> None:
        for _ in range(100):
            await flavour.get(server.send(await flavour.get(server.recv())))

    serving = flavour.start(serve)
    for i in range(100):
        await flavour.get(client.send(b"%d" % i))
        assert await flavour.get(client.recv()) == b"%d" % i
    await serving.result()


async def test_router_and_dealer(flavour: Any, socket_pair: Any) -> None:
    router, dealer = socket_pair(zmq.ROUTER, zmq.DEALER)
    await flavour.get(dealer.send_multipart([b"a", b"b"]))
    identity, *parts = await flavour.get(router.recv_multipart())
    assert parts == [b"a", b"b"]
    await flavour.get(router.send_multipart([identity, b"c"]))
    assert await flavour.get(dealer.recv_multipart()) == [b"c"]


async def test_publish_and_subscribe(
    flavour: Any, make_socket: Any, endpoint: Any
) -> None:
    publisher, subscriber = make_socket(zmq.XPUB), make_socket(zmq.SUB)
    publisher.bind(endpoint("inproc"))
    subscriber.connect(publisher.last_endpoint.decode())
    subscriber.subscribe("topic")
    assert await flavour.get(publisher.recv()) == b"\1topic"
    await flavour.get(publisher.send(b"other"))
    await flavour.get(publisher.send(b"topic 1"))
    assert await flavour.get(subscriber.recv()) == b"topic 1"
