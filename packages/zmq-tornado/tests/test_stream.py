"""ZMQStream: callbacks, sending, errors."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any

import pytest
from tornado import gen

import zmq
import zmq.asyncio
from zmq.eventloop.zmqstream import ZMQStream


async def test_send_and_receive(io_loop: Any, streams: Any, log: Any) -> None:
    push, pull = streams
    assert not pull.receiving()
    pull.on_recv(log)
    assert pull.receiving()
    push.send(b"a")
    push.send_multipart([b"b", b"c"])
    push.send_string("dü")
    push.send_string("ü", encoding="latin-1")
    push.send_unicode("e")
    push.send_json({"f": 1})
    push.send_json([1, 2], separators=(" , ", ":"))
    push.send_pyobj({1})
    received = await log.has(8)
    assert received[:5] == [
        [b"a"],
        [b"b", b"c"],
        ["dü".encode()],
        [b"\xfc"],
        [b"e"],
    ]
    assert received[5] == [b'{"f":1}'] or received[5] == [b'{"f": 1}']
    assert received[6] == [b"[1 , 2]"]
    assert pickle.loads(received[7][0]) == {1}


async def test_frames(io_loop: Any, streams: Any, log: Any) -> None:
    push, pull = streams
    pull.on_recv(log, copy=False)
    push.send_multipart([b"a", b"b"], copy=False)
    (message,) = await log.has(1)
    assert [type(frame) for frame in message] == [zmq.Frame] * 2
    assert [frame.bytes for frame in message] == [b"a", b"b"]


async def test_with_the_stream(io_loop: Any, streams: Any, log: Any) -> None:
    push, pull = streams
    pull.on_recv_stream(log)
    push.on_send_stream(log)
    push.send(b"x")
    calls = await log.has(2)
    assert (pull, [b"x"]) in calls
    assert (push, [b"x"], None) in calls
    pull.on_recv_stream(None)
    push.on_send_stream(None)
    assert not pull.receiving()


async def test_stop_and_go_on(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    push, pull = streams
    pull.on_recv(log)
    pull.stop_on_recv()
    push.send(b"1")
    await turns()
    assert log == []
    pull.on_recv(log)
    assert await log.has(1) == [[b"1"]]

    def once(message: Any) -> None:
        log(message)
        pull.stop_on_recv()

    pull.on_recv(once)
    push.send(b"2")
    push.send(b"3")
    assert await log.has(1) == [[b"2"]]
    await turns()
    assert log == []
    pull.on_recv(log)
    assert await log.has(1) == [[b"3"]]


async def test_what_was_sent(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    push, _ = streams
    push.on_send(log)
    push.send(b"a")
    assert log == []  # never within the call
    push.send_multipart([b"b", b"c"])
    assert await log.has(2) == [([b"a"], None), ([b"b", b"c"], None)]
    push.send(bytes(200_000), copy=False, track=True)
    ((_, tracker),) = await log.has(1)
    assert isinstance(tracker, zmq.MessageTracker)
    push.stop_on_send()
    push.send(b"d")
    await turns()
    assert log == []
    push.send(b"e", callback=log)
    push.send(b"f")
    assert await log.has(2) == [([b"e"], None), ([b"f"], None)]


async def test_waiting_to_be_sent(
    io_loop: Any, make_socket: Any, endpoint: Any, log: Any, turns: Any
) -> None:
    stream = ZMQStream(make_socket(zmq.PUSH))
    stream.on_send(log)
    for i in range(5):
        stream.send(b"%d" % i)
    assert stream.sending()
    await turns()
    assert log == []
    pull = make_socket(zmq.PULL)
    address = endpoint()
    pull.bind(address)
    stream.connect(address)
    assert await log.has(5) == [([b"%d" % i], None) for i in range(5)]
    assert not stream.sending()
    assert [pull.recv() for _ in range(5)] == [b"0", b"1", b"2", b"3", b"4"]
    stream.close()


async def test_request_and_reply(io_loop: Any, socket_pair: Any, log: Any) -> None:
    server, client = map(ZMQStream, socket_pair(zmq.REP, zmq.REQ))
    server.on_recv(server.send_multipart)
    client.on_recv(log)
    for i in range(50):
        client.send(b"%d" % i)
        assert await log.has(1) == [[b"%d" % i]]
    # What a REQ socket may not send yet waits for the reply.
    client.send(b"first")
    client.send(b"second")
    assert await log.has(2) == [[b"first"], [b"second"]]
    server.close()
    client.close()


async def test_coroutines(io_loop: Any, streams: Any, log: Any) -> None:
    push, pull = streams

    async def receive(message: Any) -> None:
        await asyncio.sleep(0.001)
        log(message)

    @gen.coroutine
    def sent(message: Any, status: Any) -> Any:
        yield gen.sleep(0.001)
        log("sent")

    pull.on_recv(receive)
    push.on_send(sent)
    for i in range(10):
        push.send(b"%d" % i)
    calls = await log.has(20)
    assert [call for call in calls if call != "sent"] == [
        [b"%d" % i] for i in range(10)
    ]


async def test_errors_of_callbacks(
    io_loop: Any, streams: Any, log: Any, turns: Any
) -> None:
    push, pull = streams

    def fail(message: Any) -> None:
        log(message)
        raise ZeroDivisionError("sync")

    async def fail_later(message: Any) -> None:
        log(message)
        await asyncio.sleep(0)
        raise ZeroDivisionError("async")

    for callback in (fail, fail_later):
        pull.on_recv(callback)
        push.send(b"1")
        push.send(b"2")
        assert await log.has(2) == [[b"1"], [b"2"]]
        await turns()
        errors = [io_loop.unhandled.pop() for _ in range(2)]
        assert [type(error) for error in errors] == [ZeroDivisionError] * 2
        assert not io_loop.unhandled
    push.on_send(lambda message, status: 1 // 0)
    push.send(b"3")
    await log.has(1)
    await turns()
    assert len(io_loop.unhandled) == 2
    io_loop.unhandled.clear()
    assert not pull.closed()


async def test_what_cannot_be_sent(io_loop: Any, streams: Any, log: Any) -> None:
    """Reported, and not raised: callbacks that do so go on, as they always did."""
    push, pull = streams
    pull.on_recv(log)
    push.send("text")
    push.send_multipart([b"good", {"a": "dict"}])
    push.send_multipart([])
    errors = [type(error) for error in io_loop.unhandled]
    assert errors == [TypeError, TypeError, IndexError]
    io_loop.unhandled.clear()
    with pytest.raises(TypeError):
        push.send_string(b"bytes")
    with pytest.raises(TypeError):
        push.send_json(object())
    push.send(b"good")
    assert await log.has(1) == [[b"good"]]


async def test_wrong_direction(
    io_loop: Any, streams: Any, log: Any, turns: Any
) -> None:
    push, pull = streams
    push.on_recv(log)
    pull.send(b"x")
    await turns()
    assert [type(error) for error in io_loop.unhandled] == [zmq.ZMQError] * 2
    io_loop.unhandled.clear()
    assert not push.receiving()


@pytest.mark.parametrize("bad", [3, "text", [print]], ids=repr)
async def test_callbacks_that_cannot_be_called(
    io_loop: Any, streams: Any, log: Any, bad: Any
) -> None:
    push, pull = streams
    for use in (
        pull.on_recv,
        pull.on_recv_stream,
        pull.on_send,
        pull.on_send_stream,
        pull.set_close_callback,
        lambda callback: push.send(b"x", callback=callback),
        lambda callback: push.send_multipart([b"x"], callback=callback),
    ):
        with pytest.raises(TypeError, match="callable") as caught:
            use(bad)
        assert isinstance(caught.value, AssertionError)  # of pyzmq 27
    pull.on_recv(log)
    push.send(b"still usable")
    assert await log.has(1) == [[b"still usable"]]
