"""Options, errors, closing, shadows, monitors."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from zmq.utils.monitor import recv_monitor_message


async def test_options(flavour: Any, make_socket: Any) -> None:
    sock = make_socket(zmq.DEALER)
    sock.linger = 5
    assert sock.linger == sock.LINGER == sock.get(zmq.LINGER) == 5
    sock.setsockopt(zmq.RCVTIMEO, 7)
    assert sock.rcvtimeo == 7
    sock.routing_id = b"me"
    assert sock.get_string(zmq.ROUTING_ID) == "me"
    assert sock.type == zmq.DEALER
    with pytest.raises(AttributeError):
        sock.no_such_option = 1
    sock.bind("inproc://options")
    assert sock.events == sock.get(zmq.EVENTS)


async def test_defaults_of_the_context(flavour: Any, context: Any) -> None:
    context.linger = 3
    with context.socket(zmq.PULL) as sock:
        assert sock.linger == 3


async def test_text_is_refused(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(TypeError):
        await flavour.get(push.send("text"))
    with pytest.raises(TypeError):
        await flavour.get(push.send_multipart([b"bytes", "text"]))
    with pytest.raises(TypeError):
        await flavour.get(push.send_string(b"bytes"))
    with pytest.raises(IndexError):
        await flavour.get(push.send_multipart([]))
    assert await flavour.get(pull.poll(0)) == 0


async def test_what_cannot_be_decoded_is_received(
    flavour: Any, socket_pair: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    for part in (b"\xff", b"{", b"\0", b"good"):
        await flavour.get(push.send(part))
    with pytest.raises(UnicodeDecodeError):
        await flavour.get(pull.recv_string())
    with pytest.raises(ValueError, match="line 1"):
        await flavour.get(pull.recv_json())
    with pytest.raises(ZeroDivisionError):
        await flavour.get(pull.recv_serialized(lambda _: 1 // 0))
    assert await flavour.get(pull.recv()) == b"good"


async def test_what_comes_later_cannot_be_decoded(
    flavour: Any, socket_pair: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)

    async def receive() -> str:
        text: str = await flavour.get(pull.recv_string())
        return text

    receiving = flavour.start(receive)
    assert receiving.waits()
    await flavour.get(push.send(b"\xff"))
    with pytest.raises(UnicodeDecodeError):
        await receiving.result()


async def test_wrong_state(flavour: Any, socket_pair: Any) -> None:
    reply, request = socket_pair(zmq.REP, zmq.REQ)
    with pytest.raises(zmq.ZMQError) as caught:
        await flavour.get(reply.send(b""))
    assert caught.value.errno == zmq.EFSM
    with pytest.raises(zmq.ZMQError) as caught:
        await flavour.get(request.recv())
    assert caught.value.errno == zmq.EFSM


async def test_wrong_direction(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(zmq.ZMQError):
        await flavour.get(push.recv())
    with pytest.raises(zmq.ZMQError):
        await flavour.get(pull.send(b""))


async def test_closed(flavour: Any, make_socket: Any) -> None:
    sock = make_socket(zmq.DEALER)
    sock.close()
    assert sock.closed
    for method, *args in (
        (sock.send, b""),
        (sock.send_multipart, [b""]),
        (sock.send_many, [[b""]]),
        (sock.recv,),
        (sock.recv_multipart,),
        (sock.recv_string,),
        (sock.recv_many, 1),
        (sock.recv_into, bytearray(1)),
        (sock.poll,),
    ):
        with pytest.raises(zmq.ZMQError):
            await flavour.get(method(*args))
    sock.close()


async def test_with(flavour: Any, context: Any) -> None:
    with context.socket(zmq.PULL) as sock, sock.bind("inproc://with"):
        assert not sock.closed
    assert sock.closed


async def test_synchronous_shadow(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    shadow = zmq.Socket.shadow(pull.underlying)
    await flavour.get(push.send_multipart([b"1", b"x"]))
    await flavour.get(push.send_multipart([b"2", b"y"]))
    assert shadow.recv_multipart() == [b"1", b"x"]
    assert await flavour.get(pull.recv_multipart()) == [b"2", b"y"]
    shadow = zmq.Socket(pull)
    await flavour.get(push.send(b"3"))
    assert shadow.recv() == b"3"


async def test_shadow_of_a_synchronous_socket(flavour: Any, context: Any) -> None:
    with zmq.Context() as original:
        shadowed = flavour.context_class(original)
        push, pull = original.socket(zmq.PUSH), shadowed.socket(zmq.PULL)
        with push, pull:
            pull.bind("inproc://shadow")
            push.connect("inproc://shadow")
            push.send(b"x")
            assert await flavour.get(pull.recv()) == b"x"
            again = type(pull).shadow(pull)
            push.send(b"y")
            assert await flavour.get(again.recv()) == b"y"


async def test_monitor(flavour: Any, make_socket: Any) -> None:
    server, client = make_socket(zmq.REP), make_socket(zmq.REQ)
    with server.get_monitor_socket(zmq.EVENT_LISTENING) as monitor:
        server.bind("tcp://127.0.0.1:0")
        message = await flavour.get(recv_monitor_message(monitor))
        assert message["event"] == zmq.EVENT_LISTENING
        assert message["endpoint"] == server.last_endpoint.rstrip(b"\0")
        server.disable_monitor()
    client.close()
