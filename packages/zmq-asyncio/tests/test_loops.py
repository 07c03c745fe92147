"""Sockets before, between and after event loops."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from tests.fixtures.steps import FINALIZERS, HandlerError

import zmq
import zmq.asyncio


def test_made_before_the_loop_runs(loop: Any, pair: Any) -> None:
    push, pull = pair

    async def exchange() -> Any:
        await push.send(b"x")
        return await pull.recv()

    assert loop.run_until_complete(exchange()) == b"x"


def test_several_loops_in_turn(new_loop: Any, pair: Any) -> None:
    push, pull = pair

    async def exchange(i: int) -> Any:
        receiving = asyncio.ensure_future(pull.recv())
        await asyncio.sleep(0)
        await push.send(b"%d" % i)
        return await receiving

    for i in range(5):
        loop = new_loop()
        assert loop.run_until_complete(exchange(i)) == b"%d" % i
        loop.close()


def test_loops_by_turns(new_loop: Any, pair: Any) -> None:
    push, pull = pair
    loops = [new_loop(), new_loop()]

    async def exchange(i: int) -> Any:
        receiving = asyncio.ensure_future(pull.recv())
        await asyncio.sleep(0)
        await push.send(b"%d" % i)
        return await receiving

    for i in range(6):
        assert loops[i % 2].run_until_complete(exchange(i)) == b"%d" % i
    for loop in loops:
        loop.close()


def interrupted(step: int, call: Callable[[], object]) -> bool:
    """Call, and raise as a handler does where it has called a function of the engine's.

    Only what finds out which loop it is in counts.

    :param step: the number of that function, from 1.
    :returns: whether there are so many.
    """
    left = step

    def trace(frame: Any, event: str, _: Any) -> None:
        nonlocal left
        names = set()
        while frame is not None and frame.f_code.co_name != "state_in":
            names.add(frame.f_code.co_name)
            frame = frame.f_back
        left -= frame is not None and names.isdisjoint(FINALIZERS)
        if left == 0:
            sys.settrace(None)
            raise HandlerError

    sys.settrace(trace)
    try:
        call()
    except HandlerError:
        return True
    finally:
        sys.settrace(None)
    return False


@pytest.mark.parametrize("then", ["in this one", "in the one before"])
def test_handler_raises_on_the_way_to_a_loop(
    new_loop: Any, pair: Any, then: str
) -> None:
    push, pull = pair
    before = new_loop()

    async def exchange(first: bytes) -> Any:
        receiving = asyncio.ensure_future(pull.recv())
        await asyncio.sleep(0)
        await push.send(first)
        return await asyncio.wait_for(receiving, 10)

    async def receive() -> None:
        pull.recv().cancel()

    for step in count(1):
        loop = new_loop()
        task = loop.create_task(receive())
        more = interrupted(step, lambda: loop.run_until_complete(task))  # noqa: B023
        other = before if then == "in the one before" else loop
        assert other.run_until_complete(exchange(b"x")) == b"x", step
        loop.close()
        if not more:
            break
    assert step > 3
    before.close()


def test_loop_closed_with_waiters(new_loop: Any, pair: Any) -> None:
    push, pull = pair

    async def leave() -> list[Any]:
        return [pull.recv(), pull.poll(), pull.recv_string()]

    loop = new_loop()
    left = loop.run_until_complete(leave())
    loop.close()

    async def exchange() -> Any:
        await push.send(b"x")
        return await pull.recv()

    other = new_loop()
    assert other.run_until_complete(exchange()) == b"x"
    other.close()
    del left


def test_closed_after_the_loop(new_loop: Any, pair: Any) -> None:
    _, pull = pair
    loop = new_loop()

    async def leave() -> Any:
        return pull.recv()

    answer = loop.run_until_complete(leave())
    loop.close()
    pull.close()
    assert pull.closed
    assert not answer.done()


async def test_waited_for_in_another_loop(loop: Any, pair: Any, in_thread: Any) -> None:
    _, pull = pair
    answer = pull.recv()

    def elsewhere() -> None:
        async def receive() -> None:
            await pull.recv()

        with pytest.raises(RuntimeError, match="another event loop"):
            asyncio.run(receive())

    thread = in_thread(elsewhere)
    while thread.alive:
        await asyncio.sleep(0.001)
    thread.result()
    answer.cancel()


async def test_two_threads_with_a_shadow_each(loop: Any, pair: Any) -> None:
    push, pull = pair
    received: list[bytes] = []

    def elsewhere() -> None:
        async def receive() -> None:
            shadow = zmq.asyncio.Socket(pull)
            received.append(await asyncio.wait_for(shadow.recv(), 10))

        asyncio.run(receive())

    thread = threading.Thread(target=elsewhere)
    thread.start()
    here = asyncio.ensure_future(pull.recv())
    await push.send_many([[b"1"], [b"2"]])
    received.append(await asyncio.wait_for(here, 10))
    while thread.is_alive():
        await asyncio.sleep(0.001)
    assert sorted(received) == [b"1", b"2"]


def test_without_a_loop(pair: Any, run_python: Any) -> None:
    run_python(
        """
        import asyncio, zmq, zmq.asyncio
        with zmq.asyncio.Context() as ctx, ctx.socket(zmq.PULL) as sock:
            asyncio.set_event_loop(None)
            try:
                sock.recv()
            except RuntimeError as error:
                assert "loop" in str(error)
            else:
                raise SystemExit("no error")
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
            answer = sock.poll(1)
            assert loop.run_until_complete(answer) == 0
            loop.close()
        """
    )


class Proactor(asyncio.SelectorEventLoop):
    """As that of Windows, it cannot wait for descriptors."""

    add_reader = asyncio.AbstractEventLoop.add_reader
    remove_reader = asyncio.AbstractEventLoop.remove_reader
    add_writer = asyncio.AbstractEventLoop.add_writer
    remove_writer = asyncio.AbstractEventLoop.remove_writer


def test_loop_that_cannot_select(pair: Any, tcp_streams: Any, wait_for: Any) -> None:
    push, pull = pair
    one, other = tcp_streams

    async def scenario() -> None:
        for i in range(50):
            receiving = asyncio.ensure_future(pull.recv())
            await asyncio.sleep(0)
            await push.send(b"%d" % i)
            assert await asyncio.wait_for(receiving, 5) == b"%d" % i
        poller = zmq.asyncio.Poller()
        poller.register(one, zmq.POLLIN)
        poller.register(pull, zmq.POLLIN)
        assert await poller.poll(10) == []
        asyncio.get_running_loop().call_later(0.01, other.send, b"x")
        assert await poller.poll(5000) == [(one.fileno(), zmq.POLLIN)]
        one.recv(1)
        poller.modify(one, zmq.POLLOUT)
        assert await poller.poll(5000) == [(one.fileno(), zmq.POLLOUT)]

    loop = Proactor()
    loop.run_until_complete(asyncio.wait_for(scenario(), 20))
    assert "zmq selector" in [thread.name for thread in threading.enumerate()]
    loop.close()
    wait_for(
        lambda: "zmq selector" not in [thread.name for thread in threading.enumerate()]
    )
