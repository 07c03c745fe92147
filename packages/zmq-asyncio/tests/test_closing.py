"""Closing sockets and contexts while others wait."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
import weakref
from typing import Any

import pytest
from tests.fixtures.steps import collect
from tests.fixtures.waiting import turns

import zmq
import zmq.asyncio

WAITS = ["recv", "recv_multipart", "recv_string", "poll"]


@pytest.mark.parametrize("method", WAITS)
@pytest.mark.parametrize("how", ["itself", "shadow", "thread"])
async def test_closed_under_those_who_wait(
    loop: Any, make_socket: Any, method: str, how: str
) -> None:
    pull = make_socket(zmq.PULL)

    async def wait() -> None:
        await getattr(pull, method)()

    task = loop.create_task(wait())
    observed = asyncio.ensure_future(getattr(pull, method)())
    await asyncio.sleep(0)
    if how == "itself":
        pull.close()
    elif how == "shadow":
        zmq.Socket(pull).close()
    else:
        threading.Thread(target=zmq.Socket(pull).close).start()
    for waiting in (task, observed):
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(waiting, 5)
    assert pull.closed


async def test_sends_are_cancelled(loop: Any, make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    sending = push.send(b"x")
    await asyncio.sleep(0)
    push.close()
    assert sending.cancelled()


async def test_poller_gets_an_error(loop: Any, make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    poller = zmq.asyncio.Poller()
    poller.register(pull, zmq.POLLIN)
    polling = poller.poll()
    await asyncio.sleep(0)
    pull.close()
    with pytest.raises(zmq.ZMQError):
        await asyncio.wait_for(polling, 5)


async def test_terminated(loop: Any, unhandled: Any) -> None:
    original = zmq.Context()
    context = zmq.asyncio.Context(original)
    pull = context.socket(zmq.PULL)

    async def wait() -> None:
        await pull.recv()

    task = loop.create_task(wait())
    observed = pull.recv_multipart()
    polling = pull.poll()
    await asyncio.sleep(0)
    thread = threading.Thread(target=original.term)
    thread.start()
    for waiting in (task, observed, polling):
        with pytest.raises(zmq.ContextTerminated):
            await asyncio.wait_for(waiting, 5)
    pull.close()
    thread.join()


async def test_destroyed(loop: Any) -> None:
    context = zmq.asyncio.Context()
    pull = context.socket(zmq.PULL)
    waiting = pull.recv()
    context.destroy()
    assert waiting.cancelled()


@pytest.mark.parametrize("shadowed", [False, True])
async def test_descriptors_are_forgotten(
    loop: Any, context: Any, shadowed: bool
) -> None:
    """The next socket gets the same descriptor, and must be heard of."""
    for i in range(50):
        with context.socket(zmq.PUSH) as push, context.socket(zmq.PULL) as pull:
            pull.bind(f"inproc://{i}")
            push.connect(f"inproc://{i}")
            receiving = asyncio.ensure_future(pull.recv())
            await asyncio.sleep(0)
            await push.send(b"x")
            assert await asyncio.wait_for(receiving, 5) == b"x"
            if shadowed:
                zmq.Socket(pull).close()


@pytest.mark.filterwarnings("ignore:Unclosed socket:ResourceWarning")
def test_dropped_with_its_loop(new_loop: Any) -> None:
    """One that is waited for by a future that nobody cancels, as asyncio.run() ends."""
    context = zmq.asyncio.Context()
    kept: list[Any] = []

    async def wait() -> None:
        pull = context.socket(zmq.PULL)
        pull.bind("inproc://dropped")
        pull.recv()
        kept.append(weakref.ref(pull))
        await turns()

    own = new_loop()
    own.run_until_complete(wait())
    own.close()
    del own
    collect()
    assert kept[0]() is None
    context.term(timeout=5)


@pytest.mark.filterwarnings("ignore:Unclosed socket:ResourceWarning")
async def test_dropped(loop: Any, context: Any) -> None:
    """Sockets that nobody waits for are closed when they are dropped."""
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc") else 0
    for i in range(20):
        push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        pull.bind(f"inproc://dropped-{i}")
        push.connect(f"inproc://dropped-{i}")
        receiving = asyncio.ensure_future(pull.recv())
        await asyncio.sleep(0)
        await push.send(b"x")
        await receiving
        shadow = zmq.asyncio.Socket(pull)
        assert await shadow.poll(1) == 0
        del push, pull, shadow, receiving
    gc.collect()
    # libzmq's own thread closes what they leave.
    end = loop.time() + 10
    while before and len(os.listdir("/proc/self/fd")) >= before + 20:
        assert loop.time() < end
        await asyncio.sleep(0.002)


async def test_waiting_keeps_the_socket(loop: Any, context: Any, endpoint: Any) -> None:
    address = endpoint()
    push = context.socket(zmq.PUSH)
    push.bind(address)

    async def receive() -> Any:
        pull = context.socket(zmq.PULL)
        pull.connect(address)
        with pull:
            return await pull.recv()

    task = loop.create_task(receive())
    await asyncio.sleep(0)
    gc.collect()
    await push.send(b"x")
    assert await asyncio.wait_for(task, 5) == b"x"
    push.close()


async def test_sends_that_nobody_awaits(loop: Any, pair: Any) -> None:
    """They need only a turn of the loop: they are not lost by the end of the socket."""
    push, pull = pair
    push.turn_budget = 0
    for i in range(3):
        push.send(b"%d" % i)
    push.close()
    assert [await pull.recv() for _ in range(3)] == [b"0", b"1", b"2"]


async def test_closed_in_a_thread_with_sends_left(loop: Any, pair: Any) -> None:
    """Only the thread of the loop may touch its futures."""
    push, pull = pair
    push.turn_budget = 0
    sending = push.send(b"x")
    thread = threading.Thread(target=push.close)
    thread.start()
    thread.join()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert await pull.poll(0) == 0


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no such signals")
@pytest.mark.parametrize("method", ["recv", "poll", "Poller"])
@pytest.mark.parametrize("how", ["term", "destroy"])
def test_taken_away_by_a_signal_handler(
    in_thread: Any, wait_for: Any, how: str, method: str
) -> None:
    """The loop sleeps underneath the handler, and has to wake up."""
    context = zmq.asyncio.Context()
    pull = context.socket(zmq.PULL)
    poller = zmq.asyncio.Poller()
    poller.register(pull, zmq.POLLIN)
    waiting: list[float] = []
    handled: list[float] = []

    def handler(*_: object) -> None:
        handled.append(time.monotonic())
        if how == "term":
            pull.close()
            context.term()
        else:
            context.destroy(linger=0)

    def interrupt() -> None:
        wait_for(lambda: waiting)
        # The loop sleeps a few calls later; where it does not yet, nothing is proven.
        time.sleep(0.05)
        signal.pthread_kill(main, signal.SIGUSR1)

    async def wait() -> None:
        call = poller.poll() if method == "Poller" else getattr(pull, method)()
        asyncio.get_running_loop().call_soon(lambda: waiting.append(time.monotonic()))
        with pytest.raises((asyncio.CancelledError, zmq.ZMQError)):
            await asyncio.wait_for(call, 10)

    main = threading.main_thread().ident
    assert main is not None
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        interrupting = in_thread(interrupt)
        asyncio.run(wait())
        interrupting.result()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert context.closed
    assert time.monotonic() - handled[0] < 1
