"""ZMQStream: callbacks, sending, flushing."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import threading
import time
from typing import Any

import pytest
from tornado import gen
from tornado.ioloop import IOLoop

import zmq
import zmq.asyncio
from zmq.eventloop import zmqstream
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


async def test_flush(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    push, pull = streams
    pull.on_recv(log)
    push.on_send(lambda message, status: None)
    push.send(b"1")
    push.send(b"2")
    assert push.flush() == 2
    assert pull.flush(zmq.POLLOUT) == 0
    assert log == []
    assert pull.flush(zmq.POLLIN, limit=1) == 1
    assert log == [[b"1"]]
    assert pull.flush() == 1
    assert log == [[b"1"], [b"2"]]
    pull.stop_on_recv()
    push.send(b"lost")
    assert pull.flush() == 1
    assert pull.flush() == 0
    assert await pull_rest(pull, log, turns) == [[b"1"], [b"2"]]


async def test_stopped_while_flushing(streams: Any, log: Any, turns: Any) -> None:
    """What comes after the message that stopped receiving is not lost."""
    push, pull = streams

    def once(message: Any) -> None:
        log(message)
        pull.stop_on_recv()

    for i in range(3):
        push.send(b"%d" % i)
    push.flush()
    pull.on_recv(once)
    assert pull.flush(zmq.POLLIN) == 1
    assert await pull_rest(pull, log, turns) == [[b"0"], [b"1"], [b"2"]]


async def pull_rest(pull: Any, log: Any, turns: Any) -> Any:
    pull.on_recv(log)
    await turns()
    return log


async def test_asynchronous_sockets_are_cast_back(
    io_loop: Any, make_socket: Any, endpoint: Any, log: Any
) -> None:
    push = make_socket(zmq.PUSH)
    push.bind(endpoint())
    context = zmq.asyncio.Context(push.context)
    pull = context.socket(zmq.PULL)
    pull.connect(push.last_endpoint.decode())
    with pytest.warns(RuntimeWarning, match=r"base zmq\.Socket"):
        stream = ZMQStream(pull)
    assert type(stream.socket) is zmq.Socket
    stream.on_recv(log)
    push.send(b"x")
    assert await log.has(1) == [[b"x"]]
    stream.close()
    assert pull.closed


async def test_shadowed(io_loop: Any, streams: Any, log: Any, turns: Any) -> None:
    """What a shadow takes is gone, what it leaves still calls back."""
    push, pull = streams
    pull.on_recv(log)
    await turns()
    shadow = zmq.Socket(pull.socket)
    for i in range(20):
        push.socket.send(b"%d" % i)
        assert shadow.get(zmq.EVENTS) & zmq.POLLIN
        if i % 2:
            shadow.recv()
        else:
            assert await log.has(1) == [[b"%d" % i]]


async def test_attributes_of_the_socket(io_loop: Any, streams: Any) -> None:
    _, pull = streams
    assert pull.bind == pull.socket.bind
    assert pull.getsockopt(zmq.RCVHWM) == pull.socket.rcvhwm
    pull.setsockopt(zmq.LINGER, 5)
    assert pull.linger == 5
    assert pull.socket in pull.poller or pull.poller.sockets == []
    for name in ("recv", "recv_multipart", "recv_many", "poll", "nothing"):
        assert not hasattr(pull, name)


async def test_deprecated(io_loop: Any, streams: Any) -> None:
    push, _ = streams
    with pytest.warns(DeprecationWarning, match="on_err does nothing"):
        push.on_err(print)
    with pytest.warns(DeprecationWarning, match="stop_on_err does nothing"):
        push.stop_on_err()


async def test_many_at_once_leave_the_loop_its_turns(
    io_loop: Any, streams: Any, log: Any
) -> None:
    push, pull = streams
    pull.turn_budget = 1
    turned = 0

    def turn() -> None:
        nonlocal turned
        turned += 1
        io_loop.add_callback(turn)

    def receive(message: Any) -> None:
        log(message)
        if len(log) < 20_000:
            push.send_multipart(message)

    pull.on_recv(receive)
    io_loop.add_callback(turn)
    push.send(b"x")
    await log.has(20_000)
    assert turned > 5


def test_made_in_another_thread(socket_pair: Any, log: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    loops: list[IOLoop] = []
    started = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        loops.append(IOLoop.current())
        loops[0].add_callback(started.set)
        loops[0].start()
        loops[0].close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait(10)
    heard = threading.Event()
    stream = ZMQStream(pull, loops[0])
    stream.on_recv(lambda message: heard.set())
    push.send(b"x")
    assert heard.wait(10)
    loops[0].add_callback(stream.close)
    loops[0].add_callback(loops[0].stop)
    thread.join()


def test_socket_expected(io_loop: Any) -> None:
    with pytest.raises(TypeError, match="socket"):
        ZMQStream(None, io_loop)  # type: ignore[arg-type]


async def test_a_peer_that_is_full(
    io_loop: IOLoop, make_socket: Any, endpoint: Any, log: Any
) -> None:
    """What waits for one peer costs nothing, though EVENTS says POLLOUT for another."""
    router = make_socket(zmq.ROUTER, router_mandatory=1, sndhwm=1)
    router.bind(endpoint("inproc"))
    full, free = peers = [
        make_socket(zmq.DEALER, routing_id=name, rcvhwm=1)
        for name in (b"full", b"free")
    ]
    for peer in peers:
        peer.connect(router.last_endpoint.decode())
        peer.send(b"")
        router.recv_multipart()
    with contextlib.suppress(zmq.Again):
        while True:
            router.send_multipart([b"full", b"-"], zmq.DONTWAIT)
    stream = ZMQStream(router, io_loop)
    stream.on_recv(log)
    stream.send_multipart([b"full", b"last"])
    before = time.process_time()
    assert await zmq.asyncio.Socket(free).poll(500) == 0
    assert time.process_time() - before < 0.05
    free.send(b"served meanwhile")
    assert await log.has(1) == [[b"free", b"served meanwhile"]]
    assert stream.sending()
    reader = zmq.asyncio.Socket(full)
    while (content := await asyncio.wait_for(reader.recv(), 5)) == b"-":
        pass
    assert content == b"last"
    stream.close(linger=0)


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


def test_the_logger_of_tornado() -> None:
    from tornado.log import gen_log

    assert zmqstream.gen_log is gen_log
