"""Closing sockets and contexts while others wait."""

from __future__ import annotations

import gc
import signal
import threading
import weakref
from typing import Any

import anyio
import pytest
import trio
from tests.fixtures.waiting import until

import zmq
import zmq.trio

WAITS = ["recv", "recv_multipart", "recv_string", "poll"]


def is_closed_error(error: Any, loop: str) -> bool:
    theirs = trio if loop == "trio" else anyio
    return isinstance(error, theirs.ClosedResourceError) and isinstance(
        error, zmq.ZMQError
    )


@pytest.mark.parametrize("method", WAITS)
@pytest.mark.parametrize("how", ["itself", "shadow", "thread"])
async def test_closed_under_those_who_wait(
    loop: str, make_socket: Any, until_waiting: Any, method: str, how: str
) -> None:
    pull = make_socket(zmq.PULL)
    errors: list[Any] = []

    async def wait() -> None:
        try:
            await getattr(pull, method)()
        except zmq.ZMQError as error:
            errors.append(error)

    with anyio.fail_after(10):
        async with anyio.create_task_group() as group:
            group.start_soon(wait)
            group.start_soon(wait)
            await until_waiting(pull, 2)
            if how == "itself":
                pull.close()
            elif how == "shadow":
                zmq.Socket(pull).close()
            else:
                threading.Thread(target=zmq.Socket(pull).close).start()
    assert len(errors) == 2
    for error in errors:
        assert is_closed_error(error, loop)
        assert error.errno == zmq.ENOTSOCK
        assert "closed while" in str(error)


async def test_use_after_closing(loop: str, make_socket: Any) -> None:
    sock = make_socket(zmq.DEALER)
    await sock.aclose()
    for use in (
        lambda: sock.send(b""), sock.recv, sock.recv_multipart, sock.poll,
        sock.wait_connected,
    ):  # fmt: skip
        with pytest.raises(zmq.ZMQError) as caught:
            await use()
        assert is_closed_error(caught.value, loop)
    await sock.aclose()


async def test_closed_under_those_who_watch(
    loop: str, context: Any, until_waiting: Any
) -> None:
    """Pollers, and who waits for peers, get the same error."""
    pull = context.socket(zmq.PULL, track_peers=True)
    xpub = context.socket(zmq.XPUB)
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    errors: list[Any] = []
    begun = 0

    async def catch(wait: Any) -> None:
        nonlocal begun
        begun += 1
        try:
            await wait()
        except zmq.ZMQError as error:
            errors.append(error)

    with anyio.fail_after(10):
        async with anyio.create_task_group() as group:
            for wait in (poller.poll, pull.wait_connected, xpub.wait_subscribed):
                group.start_soon(catch, wait)
            await until_waiting(pull, 1)
            await until(lambda: begun == 3)
            pull.close()
            xpub.close()
    assert len(errors) == 3
    assert all(is_closed_error(error, loop) for error in errors)
    with pytest.raises(zmq.ZMQError) as caught:
        await poller.poll()
    assert is_closed_error(caught.value, loop)


async def test_iterating_ends(loop: str, pair: Any, until_waiting: Any) -> None:
    push, pull = pair
    got: list[list[bytes]] = []

    async def iterate() -> None:
        async for message in pull:
            got.append(message)

    async with anyio.create_task_group() as group:
        group.start_soon(iterate)
        await push.send_multipart([b"a", b"b"])
        await push.send(b"c")
        while len(got) < 2:
            await anyio.lowlevel.checkpoint()
        await until_waiting(pull)
        pull.close()
    assert got == [[b"a", b"b"], [b"c"]]
    async for _ in pull:
        raise AssertionError


async def test_the_descriptor_is_forgotten(
    loop: str, make_socket: Any, until_waiting: Any
) -> None:
    """libzmq closes a socket at once, and others may have the descriptor's number."""
    for _ in range(20):
        pull = make_socket(zmq.PULL)
        async with anyio.create_task_group() as group:

            async def wait(pull: Any = pull) -> None:
                with pytest.raises(zmq.ZMQError):
                    await pull.recv()

            group.start_soon(wait)
            await until_waiting(pull)
            with zmq.Context() as context, context.socket(zmq.PULL) as other:
                closed = pull.fd
                pull.close()
                again = make_socket(zmq.PULL)
                with anyio.move_on_after(0.001):
                    await again.recv()
                assert again.fd != other.fd
                assert closed >= 0


async def test_contexts(loop: str, until_waiting: Any) -> None:
    """The end of one waits for messages, but other tasks go on."""
    got: list[bytes] = []
    async with zmq.trio.Context() as receiving:
        pull = receiving.socket(zmq.PULL)
        pull.bind("tcp://127.0.0.1:0")
        async with anyio.create_task_group() as group:

            async def receive() -> None:
                for _ in range(10):
                    got.append(await pull.recv())

            group.start_soon(receive)
            async with zmq.trio.Context() as context:
                push = context.socket(zmq.PUSH)
                push.connect(pull.last_endpoint.decode())
                await push.send_many([[b"x"]] * 10)
            assert context.closed
    assert len(got) == 10
    assert receiving.closed


async def test_the_end_of_a_context_can_be_cancelled(loop: str) -> None:
    context = zmq.trio.Context()
    push = context.socket(zmq.PUSH)
    push.bind("tcp://127.0.0.1:0")
    push.sndhwm = 5
    with zmq.Context() as other, other.socket(zmq.PULL) as pull:
        pull.rcvhwm = 1
        pull.connect(push.last_endpoint.decode())
        await push.send(bytes(10_000_000))
        push.linger = -1
        with anyio.move_on_after(0.02) as scope:
            await context.aclose()
        assert push.closed
        pull.recv()
        await until(lambda: context.closed)
    del scope


async def test_terminated_under_those_who_wait(
    loop: str, context: Any, until_waiting: Any
) -> None:
    pull = context.socket(zmq.PULL)
    errors: list[type[Exception]] = []

    async def receive() -> None:
        with pull:
            try:
                await pull.recv()
            except zmq.ContextTerminated as error:
                errors.append(type(error))

    with anyio.fail_after(10):
        async with anyio.create_task_group() as group:
            group.start_soon(receive)
            await until_waiting(pull)
            thread = threading.Thread(target=zmq.Context.term, args=(context,))
            thread.start()
    thread.join()
    assert errors == [zmq.ContextTerminated]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs setitimer")
async def test_a_handler_closes(
    loop: str, make_socket: Any, until_waiting: Any
) -> None:
    """While the loop sleeps: nothing else would end that."""
    pull = make_socket(zmq.PULL)
    before = signal.signal(signal.SIGALRM, lambda *_: pull.close())
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with anyio.fail_after(10), pytest.raises(zmq.ZMQError, match="closed"):
            await pull.recv()
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs setitimer")
async def test_a_handler_takes_and_sends(loop: str, pair: Any) -> None:
    """It takes what has woken the task, and sends what is to wake it next."""
    push, pull = pair
    plain_push, plain_pull = zmq.Socket(push), zmq.Socket(pull)
    sent, taken, got = 0, [], []

    def handle(*_: object) -> None:
        nonlocal sent
        for _i in range(2):
            plain_push.send(b"%d" % sent)
            sent += 1
        taken.append(int(plain_pull.recv()))
        if sent < 60:
            signal.setitimer(signal.ITIMER_REAL, 0.002)  # one at a time

    before = signal.signal(signal.SIGALRM, handle)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.002)
        with anyio.fail_after(20):
            while len(got) < 30:
                got.append(int(await pull.recv()))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert sorted(taken + got) == list(range(60))


def test_a_loop_that_ends_while_tasks_wait(run: Any, context: Any) -> None:
    """Then the socket closes all the same, and may wait in the next loop before."""
    pull = context.socket(zmq.PULL)
    push = context.socket(zmq.PUSH)
    pull.bind("inproc://a")
    push.connect("inproc://a")

    async def cancelled() -> None:
        with anyio.move_on_after(0.01):
            await pull.recv()

    async def receive() -> bytes:
        async with anyio.create_task_group() as group:
            group.start_soon(push.send, b"x")
            received: bytes = await pull.recv()
            return received

    run(cancelled)
    assert run(receive) == b"x"
    pull.close()
    push.close()
    context.term()


def test_what_is_dropped_is_freed(run: Any, context: Any) -> None:
    async def wait() -> Any:
        shadow = zmq.trio.Socket(sock)
        with anyio.move_on_after(0.01):
            await shadow.recv()
        return weakref.ref(shadow)

    with context.socket(zmq.PULL) as sock:
        dropped = run(wait)
        gc.collect()
        assert dropped() is None
        assert not sock.closed
