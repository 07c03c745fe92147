"""Waiting until a socket has peers, and subscribers: the first message arrives."""

from __future__ import annotations

import time
from typing import Any

import pytest

import zmq
import zmq.sugar.readiness.subscriptions
from tests.fixtures.waiting import Deadline
from zmq.utils.monitor import parse_monitor_message


def port(sock: Any) -> str:
    """Bind to a free port; return the address."""
    sock.bind("tcp://127.0.0.1:0")
    address: str = sock.last_endpoint.decode()
    return address


async def test_peers_that_are_there_count(flavour: Any, make: Any) -> None:
    push, pull = make(zmq.PUSH), make(zmq.PULL)
    address = port(push)
    pull.connect(address)
    assert await flavour.get(push.wait_connected(timeout=10)) == [address]
    assert await flavour.get(pull.wait_connected(timeout=10)) == [address]
    assert await flavour.get(pull.wait_connected(timeout=0)) == [address]
    other = make(zmq.PULL)
    other.connect(address)
    assert await flavour.get(push.wait_connected(2, 10)) == [address] * 2


async def test_peers_that_come_later(flavour: Any, make: Any) -> None:
    push = make(zmq.PUSH)
    address = port(push)
    found = []

    async def wait() -> None:
        found.extend(await flavour.get(push.wait_connected(n=3, timeout=20)))

    waiting = flavour.start(wait)
    await flavour.turn()
    for _ in range(3):
        assert waiting.waits()
        make(zmq.PULL).connect(address)
    await waiting.result()
    assert found == [address] * 3


async def test_a_peer_that_goes(flavour: Any, make: Any) -> None:
    push, pull = make(zmq.PUSH), make(zmq.PULL)
    pull.connect(port(push))
    assert len(await flavour.get(push.wait_connected(timeout=10))) == 1
    pull.close()
    deadline = Deadline(10)

    async def ask_again_and_again() -> None:
        while not deadline.passed:
            await flavour.get(push.wait_connected(timeout=0))
            await flavour.turn()

    with pytest.raises(zmq.TimedOut):
        await ask_again_and_again()


async def test_nobody_comes(flavour: Any, make: Any) -> None:
    push = make(zmq.PUSH)
    with pytest.raises(TimeoutError, match="neither bound nor connected"):
        await flavour.get(push.wait_connected(timeout=0.01))
    push.connect("tcp://127.0.0.1:9")
    begin = time.monotonic()
    with pytest.raises(zmq.TimedOut) as caught:
        await flavour.get(push.wait_connected(2, timeout=0.1))
    assert 0.09 < time.monotonic() - begin < 5
    assert str(caught.value) == (
        "0 of 2 peers connected to the PUSH socket within timeout=0.1 s: it has none,"
        " of connect tcp://127.0.0.1:9"
    )


@pytest.mark.parametrize("bind_first", [False, True])
async def test_inproc(flavour: Any, make: Any, bind_first: bool) -> None:
    """It needs no tracking, as nothing is unknown."""
    push, pull = make(zmq.PUSH, track_peers=False), make(zmq.PULL, track_peers=False)
    address = "inproc://ready"
    first, second = (push, pull) if bind_first else (pull, push)
    pull.connect(address) if first is pull else push.bind(address)
    with pytest.raises(zmq.TimedOut):
        await flavour.get(first.wait_connected(timeout=0))

    async def wait() -> None:
        assert await flavour.get(first.wait_connected(timeout=10)) == [address]

    waiting = flavour.start(wait)
    await flavour.turn()
    assert waiting.waits()
    push.bind(address) if second is push else pull.connect(address)
    await waiting.result()
    assert await flavour.get(second.wait_connected(timeout=10)) == [address]


async def test_untracked(flavour: Any, make: Any) -> None:
    push = make(zmq.PUSH, track_peers=False)
    push.connect("tcp://127.0.0.1:9")
    with pytest.raises(RuntimeError, match=r"socket\(zmq.PUSH, track_peers=True\)"):
        await flavour.get(push.wait_connected())
    pub = make(zmq.PUB, track_peers=False)
    with pytest.raises(RuntimeError, match=r"socket\(zmq.PUB, track_peers=True\)"):
        await flavour.get(pub.wait_subscribed())
    with pytest.raises(zmq.ZMQError, match="no subscribers") as caught:
        await flavour.get(push.wait_subscribed())
    assert caught.value.errno == zmq.ENOTSUP


async def test_wrong_arguments(flavour: Any, make: Any) -> None:
    pub = make(zmq.PUB)
    for n in (0, -1):
        with pytest.raises(ValueError, match="n="):
            await flavour.get(pub.wait_connected(n))
        with pytest.raises(ValueError, match="n="):
            await flavour.get(pub.wait_subscribed(n=n))
    for method in (pub.wait_connected, pub.wait_subscribed):
        with pytest.raises(TypeError, match="n must be"):
            await flavour.get(method(n="1"))
        with pytest.raises(ValueError, match="timeout"):
            await flavour.get(method(timeout=-1))
        with pytest.raises(TypeError, match="timeout"):
            await flavour.get(method(timeout="1"))
    with pytest.raises(TypeError, match="topic"):
        await flavour.get(pub.wait_subscribed(1))
    with pytest.raises(ValueError, match="shadow"):
        type(pub)(pub, track_peers=True)


@pytest.mark.parametrize("method", ["wait_connected", "wait_subscribed"])
@pytest.mark.parametrize("how", ["close", "shutdown", "destroy"])
async def test_closed_meanwhile(flavour: Any, make: Any, how: str, method: str) -> None:
    context = flavour.context_class()
    push = make(zmq.PUB, context)
    push.connect("tcp://127.0.0.1:9")

    async def wait() -> None:
        await flavour.get(getattr(push, method)())

    waiting = flavour.start(wait)
    await flavour.turn()
    assert waiting.waits()
    if how == "close":
        push.close()
        with pytest.raises(zmq.ZMQError) as caught:
            await waiting.result()
        assert caught.value.errno == zmq.ENOTSOCK
    else:
        if how == "destroy":  # in an event loop nobody can end the wait before this
            context.destroy(linger=0, timeout=10)
        else:
            context.shutdown()
        with pytest.raises(zmq.ContextTerminated):
            await waiting.result()
        push.close()
    context.term(timeout=10)
    assert context.closed


async def test_monitors_of_the_program(flavour: Any, make: Any) -> None:
    push, pull = make(zmq.PUSH), make(zmq.PULL)
    wanted = zmq.Event.HANDSHAKE_SUCCEEDED | zmq.Event.MONITOR_STOPPED
    for _ in range(2):
        monitor = push.get_monitor_socket(wanted)
        assert push.get_monitor_socket() is monitor
        address = port(push)
        pull.connect(address)
        message = await flavour.get(monitor.recv_multipart())
        event = parse_monitor_message(message)
        assert event["event"] == zmq.Event.HANDSHAKE_SUCCEEDED
        assert event["endpoint"].decode() == address
        push.disable_monitor()
        event = parse_monitor_message(await flavour.get(monitor.recv_multipart()))
        assert event["event"] == zmq.Event.MONITOR_STOPPED
        monitor.close()
    assert len(await flavour.get(push.wait_connected(2, 10))) == 2
    monitor = push.get_monitor_socket(wanted)
    push.close()
    event = parse_monitor_message(await flavour.get(monitor.recv_multipart()))
    assert event["event"] == zmq.Event.MONITOR_STOPPED
    monitor.close()


@pytest.mark.skipif(not zmq.has("curve"), reason="libzmq has no CURVE")
async def test_wrong_key(flavour: Any, make: Any) -> None:
    public, secret = zmq.curve_keypair()
    other, _ = zmq.curve_keypair()
    server, client = make(zmq.PULL), make(zmq.PUSH)
    server.curve_server = True
    server.curve_secretkey = secret
    client.curve_publickey, client.curve_secretkey = public, secret
    client.curve_serverkey = other
    client.connect(port(server))
    with pytest.raises(
        zmq.HandshakeFailed, match="the handshake with tcp://"
    ) as caught:
        await flavour.get(client.wait_connected(timeout=20))
    assert caught.value.event & zmq.Event.HANDSHAKE_FAILED_NO_DETAIL
    assert caught.value.endpoint == server.last_endpoint.decode()


@pytest.mark.skipif(not zmq.has("curve"), reason="libzmq has no CURVE")
async def test_denied(flavour: Any, make: Any) -> None:
    with zmq.Context() as context:
        handler = context.socket(zmq.REP)
        handler.bind("inproc://zeromq.zap.01")
        server = context.socket(zmq.PULL, track_peers=True)
        server.linger = 0
        server.plain_server = True
        address = port(server)
        client = make(zmq.PUSH)
        client.plain_username, client.plain_password = b"me", b"wrong"
        client.connect(address)
        assert await flavour.get(_in_turn(flavour, handler))
        version, request, *_ = handler.recv_multipart()
        handler.send_multipart([version, request, b"400", b"no", b"", b""])
        with pytest.raises(zmq.HandshakeFailed, match="status 400") as caught:
            await flavour.get(client.wait_connected(timeout=20))
        assert caught.value.event == zmq.Event.HANDSHAKE_FAILED_AUTH
        assert caught.value.value == 400
        server.close()
        handler.close()


def _in_turn(flavour: Any, handler: Any) -> Any:
    ready = handler.poll(20_000)
    if not flavour.asynchronous:
        return ready

    async def answer() -> int:
        return int(ready)

    return answer()


async def test_subscriptions_stay_readable(flavour: Any, make: Any) -> None:
    xpub = make(zmq.XPUB, track_peers=False)
    address = port(xpub)
    sub = make(zmq.SUB, track_peers=False)
    sub.connect(address)
    for topic in (b"a", b"b", b"ab"):
        sub.subscribe(topic)
    await flavour.get(xpub.wait_subscribed(b"abc", 2, timeout=10))
    await flavour.get(xpub.wait_subscribed("b", timeout=10))
    with pytest.raises(zmq.TimedOut) as caught:
        await flavour.get(xpub.wait_subscribed(b"c", timeout=0.05))
    assert str(caught.value) == (
        "0 of 1 subscribers of b'c' came to the XPUB socket within timeout=0.05 s: it"
        " has subscriptions to b'a' (1), b'b' (1), b'ab' (1)"
    )
    got = [await flavour.get(xpub.recv()) for _ in range(3)]
    assert got == [b"\1a", b"\1b", b"\1ab"]
    sub.unsubscribe(b"a")
    sub.subscribe(b"c")
    await flavour.get(xpub.wait_subscribed(b"c", timeout=10))
    assert await flavour.get(xpub.recv()) == b"\0a"
    assert await flavour.get(xpub.recv()) == b"\1c"


@pytest.mark.parametrize("how", ["close", "destroy"])
async def test_several_wait_for_a_socket_that_is_closed(
    flavour: Any, make: Any, how: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(zmq.sugar.readiness.subscriptions, "_PAUSE", 1000)
    context = flavour.context_class()
    pub = make(zmq.PUB, context)

    async def wait() -> None:
        await flavour.get(pub.wait_subscribed())

    waiting = [flavour.start(wait) for _ in range(3)]
    await flavour.turn()
    for one in waiting:
        assert one.waits()
    pub.close() if how == "close" else context.destroy(timeout=10)
    for one in waiting:
        with pytest.raises(zmq.ZMQError) as caught:
            await one.result()
        assert caught.value.errno == (zmq.ENOTSOCK if how == "close" else zmq.ETERM)
    context.term(timeout=10)


@pytest.mark.parametrize("kind", [zmq.PUB, zmq.XPUB])
async def test_several_wait_for_subscribers(
    flavour: Any, make: Any, kind: int, monkeypatch: Any
) -> None:
    """Whoever reads a subscription tells the others at once."""
    monkeypatch.setattr(zmq.sugar.readiness.subscriptions, "_PAUSE", 1000)
    publisher = make(kind, track_peers=kind == zmq.PUB)
    address = port(publisher)

    def wait_for(topic: str) -> Any:
        async def wait() -> None:
            await flavour.get(publisher.wait_subscribed(topic, timeout=20))

        return flavour.start(wait)

    topics = ["a", "b", "a", "c"]
    waiting = [wait_for(topic) for topic in topics]
    await flavour.turn()
    sub = make(zmq.SUB)
    sub.connect(address)
    for topic in ("b", "a", "c"):
        assert waiting[topics.index(topic)].waits()
        if topic == "c" and kind == zmq.PUB:
            await flavour.get(publisher.send(b"other"))  # may find what comes next
        sub.subscribe(topic)
        for one, its_topic in zip(waiting, topics):
            if its_topic == topic:
                await one.result()


async def test_tracked_pub(flavour: Any, make: Any) -> None:
    pub = make(zmq.PUB)
    assert pub.type == zmq.PUB
    assert "zmq.PUB" in repr(pub)
    address = port(pub)
    subs = [make(zmq.SUB) for _ in range(3)]
    for sub in subs:
        sub.subscribe("news")
        sub.connect(address)
    await flavour.get(pub.wait_subscribed("news", 3, timeout=10))
    assert len(await flavour.get(pub.wait_connected(3, timeout=10))) == 3
    await flavour.get(pub.send(b"news today"))
    for sub in subs:
        assert await flavour.get(sub.recv()) == b"news today"
    assert await flavour.get(pub.poll(0)) == 0
    with pytest.raises(zmq.ZMQError, match="cannot receive"):
        pub.recv()
    subs.pop().close()
    subs.pop().unsubscribe("news")
    end = time.monotonic() + 10
    while True:
        try:
            await flavour.get(pub.wait_subscribed("news", 2, timeout=0))
        except zmq.TimedOut:
            if "(1)" in str(pub._subscriptions.topics):
                break
        assert time.monotonic() < end
    await flavour.get(pub.wait_subscribed("news", timeout=0))
