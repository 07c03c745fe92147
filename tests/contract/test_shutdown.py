"""Ending a context in time, waking who waits, and closing when all has been sent."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from typing import Any

import pytest

import zmq
import zmq.utils.monitor

WAITS = ["recv", "recv_multipart", "recv_many", "poll", "send", "Poller"]


@pytest.fixture(params=WAITS)
def waiting(request: pytest.FixtureRequest, flavour: Any) -> Any:
    """Start a scenario that waits for a socket for ever, in one of the ways."""
    how: str = request.param

    def start(context: Any) -> Any:
        sock = context.socket(zmq.PUSH if how == "send" else zmq.PULL)
        poller = flavour.poller_class()
        poller.register(sock, zmq.POLLIN)
        calls: dict[str, Any] = {
            "recv_many": lambda: sock.recv_many(10),
            "send": lambda: sock.send(b""),
            "Poller": lambda: poller.poll(),
        }

        async def wait() -> None:
            await flavour.get(calls.get(how, getattr(sock, how, None))())

        return sock, flavour.start(wait)

    return start


async def test_shutdown_wakes_who_waits(flavour: Any, waiting: Any) -> None:
    context = flavour.context_class()
    sock, started = waiting(context)
    await flavour.turn()
    assert started.waits()
    context.shutdown()
    with pytest.raises(zmq.ContextTerminated):
        await started.result()
    assert not context.closed
    with pytest.raises(zmq.ContextTerminated):
        await flavour.get(sock.poll(0))
    with pytest.raises(zmq.ContextTerminated):
        context.socket(zmq.PUSH)
    sock.close()
    context.shutdown()
    context.term(timeout=5)
    assert context.closed
    context.shutdown()


async def test_destroy_wakes_who_waits(flavour: Any, waiting: Any) -> None:
    context = flavour.context_class()
    sock, started = waiting(context)
    await flavour.turn()
    assert started.waits()
    context.destroy(linger=0, timeout=5)
    assert context.closed
    assert sock.closed
    if flavour.asynchronous:
        # As by close(): who awaits a future of a socket that is closed is cancelled. A
        # poller is not of one socket.
        with pytest.raises((asyncio.CancelledError, zmq.ContextTerminated)):
            await started.result()
    else:
        with pytest.raises(zmq.ContextTerminated):
            await started.result()


async def test_term_tells_what_is_open(flavour: Any) -> None:
    context = flavour.context_class()
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    pull.bind("tcp://127.0.0.1:0")
    address = pull.last_endpoint.decode()
    push.connect(address)
    push.connect("inproc://somewhere")
    begin = time.monotonic()
    with pytest.raises(zmq.TimedOut, match="has not ended within") as caught:
        context.term(timeout=0.05)
    assert time.monotonic() - begin < 5
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.errno == zmq.ETIMEDOUT
    by_type = {left.socket_type: left for left in caught.value.sockets}
    assert set(by_type) == {zmq.PUSH, zmq.PULL}
    assert by_type[zmq.PULL].endpoints == (("bind", address),)
    assert by_type[zmq.PUSH].endpoints == (
        ("connect", address),
        ("connect", "inproc://somewhere"),
    )
    for left in by_type.values():
        assert left.closed is None
        assert 0 <= left.age < 60
    assert f"PULL socket bound to {address}, made " in str(caught.value)
    pull.close()
    with pytest.raises(zmq.TimedOut, match="PUSH socket connected to") as caught:
        context.term(timeout=0)
    assert [left.socket_type for left in caught.value.sockets] == [zmq.PUSH]
    push.close()
    context.term(timeout=5)
    assert context.closed
    context.term(timeout=5)


async def test_term_tells_what_may_linger(flavour: Any) -> None:
    context = flavour.context_class()
    push = context.socket(zmq.PUSH)
    push.linger = 2000
    push.connect("tcp://127.0.0.1:9")
    await flavour.get(push.send(b"x"))
    with context.socket(zmq.PUSH) as other:
        other.linger = 0
        other.connect("tcp://127.0.0.1:9")
    push.close()
    with pytest.raises(zmq.TimedOut, match="with LINGER 2000, may still") as caught:
        context.term(timeout=0.05)
    (left,) = caught.value.sockets
    assert left.endpoints == (("connect", "tcp://127.0.0.1:9"),)
    assert left.closed is not None
    assert left.linger == 2000
    context.term(timeout=10)
    assert context.closed


@pytest.mark.parametrize("timeout", [-1, float("nan")])
async def test_no_time(context: Any, timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout"):
        context.term(timeout=timeout)
    with pytest.raises(TypeError, match="timeout"):
        context.term(timeout="1")
    with context.socket(zmq.PUSH) as sock:
        with pytest.raises(ValueError, match="timeout"):
            context.destroy(timeout=timeout)
        if hasattr(context, "aclose"):
            with pytest.raises(ValueError, match="timeout"):
                await context.aclose(timeout=timeout)
        assert not sock.closed
    assert not context.closed


async def test_flush_after_a_shutdown(flavour: Any, make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:9")
    push.context.shutdown()
    with pytest.raises(zmq.ContextTerminated, match=r"^Context was terminated$"):
        await _close(flavour, push, flush=5)
    assert push.closed


async def _close(flavour: Any, sock: Any, **kwargs: Any) -> None:
    if flavour.asynchronous:
        await sock.aclose(**kwargs)
    else:
        sock.close(**kwargs)


@pytest.mark.parametrize("transport", ["tcp", "ipc", "inproc"])
@pytest.mark.parametrize("bound", [False, True])
async def test_flush(
    flavour: Any, make_socket: Any, endpoint: Any, transport: str, bound: bool
) -> None:
    """What was sent before arrives though the context ends at once."""
    n = 1000
    with zmq.Context() as other:
        context = other if transport == "inproc" else zmq.Context()
        pull = context.socket(zmq.PULL)
        pull.rcvtimeo = 10_000
        push = make_socket(zmq.PUSH) if transport != "inproc" else None
        if push is None:
            push = flavour.context_class(other).socket(zmq.PUSH)
        push.linger = 0
        first, second = (push, pull) if bound else (pull, push)
        first.bind(endpoint(transport))
        second.connect(first.last_endpoint.decode())
        for i in range(n):
            await flavour.get(push.send(b"%d" % i))
        received: list[int] = []

        def receive() -> None:
            received.extend(int(pull.recv()) for _ in range(n))

        thread = threading.Thread(target=receive)
        thread.start()
        await _close(flavour, push, flush=10)
        assert push.closed
        if transport != "inproc":
            push.context.term(timeout=10)
        thread.join()
        assert received == list(range(n))
        pull.close()
        if transport != "inproc":
            context.term()


async def test_flush_without_a_peer(flavour: Any, make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:9")
    push.connect("tcp://127.0.0.1:19")
    await flavour.get(push.send(b"x"))
    context = push.context
    begin = time.monotonic()
    with pytest.raises(
        zmq.TimedOut, match=r"no connection to tcp://127\.0\.0\.1:"
    ) as caught:
        await _close(flavour, push, flush=0.3)
    assert time.monotonic() - begin < 5
    assert "PUSH socket (connect tcp://127.0.0.1:9, " in str(caught.value)
    assert push.closed
    context.term(timeout=5)  # what was left was dropped


async def test_flush_with_nothing_to_send(flavour: Any, make_socket: Any) -> None:
    for kind in (zmq.PUSH, zmq.PULL, zmq.SUB, zmq.PUB, zmq.REQ, zmq.ROUTER):
        sock = make_socket(kind)
        await _close(flavour, sock, flush=5)
        assert sock.closed
        await _close(flavour, sock, flush=0)
        sock = make_socket(kind)
        sock.connect("tcp://127.0.0.1:9")
        await _close(flavour, sock, flush=5)
        assert sock.closed


async def test_flush_to_who_does_not_read(flavour: Any, make_socket: Any) -> None:
    with zmq.Context() as other, other.socket(zmq.PULL) as pull:
        pull.rcvhwm = 1
        pull.bind("tcp://127.0.0.1:0")
        push = make_socket(zmq.PUSH, sndhwm=0)
        push.connect(pull.last_endpoint.decode())
        for _ in range(100):
            await flavour.get(push.send(bytes(1_000_000)))
        with pytest.raises(zmq.TimedOut, match="a peer does not take it, or is absent"):
            await _close(flavour, push, flush=0.3)
        assert push.closed


async def test_flush_of_a_monitored_socket(flavour: Any, make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    monitor = push.get_monitor_socket()
    push.connect("tcp://127.0.0.1:9")
    await _close(flavour, push, flush=5)
    seen = 0
    while seen != zmq.Event.MONITOR_STOPPED:
        assert await flavour.get(monitor.poll(5000))
        message = zmq.utils.monitor.parse_monitor_message(
            await flavour.get(monitor.recv_multipart())
        )
        seen = message["event"]
    monitor.close()


async def test_flush_is_refused(flavour: Any, make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    for wrong in (-1, float("nan")):
        with pytest.raises(ValueError, match="flush"):
            await _close(flavour, push, flush=wrong)
    with pytest.raises(TypeError, match="flush"):
        await _close(flavour, push, flush="1")
    for linger in ("x", math.inf, 1 << 40):
        with pytest.raises((TypeError, OverflowError), match="linger"):
            await _close(flavour, push, flush=1, linger=linger)
    assert not push.closed
    if flavour.asynchronous:
        with pytest.raises(ValueError, match="aclose"):
            push.close(flush=1)
    assert not push.closed
