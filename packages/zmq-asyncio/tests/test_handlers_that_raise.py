"""A signal handler that raises while a message is received: it comes all the same."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tests.fixtures.steps import (
    STRIDE,
    HandlerError,
    all_messages,
    collect,
    each_step,
    where_interrupted,
)
from tests.fixtures.waiting import turn_until, turns

import zmq
import zmq.asyncio

PLACES = [os.path.join("zmq", "_engine", ""), "zmq/backend/cffi/"]
pytestmark = [
    # A future that is dropped, as the interrupted code does, says so.
    pytest.mark.filterwarnings("ignore:.*never awaited:RuntimeWarning"),
    # What is raised in a callback of the backend is reported, as it fails no operation.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

MESSAGES = {"one": [b"one"], "large": [b"L" * 20_000], "three": [b"1", b"2", b"3"]}


class HandlerFailureError(Exception):
    """Raised by a handler, and an error like others."""


async def of_task(receiving: Awaitable[Any]) -> Any:
    """Await what is received."""
    return await receiving


async def of_future(receiving: Any) -> Any:
    """Return the result of a future that nobody awaits."""
    await turn_until(receiving.done)
    return receiving.result()


RECEIVE: dict[str, Callable[[Any], Any]] = {
    "recv": lambda sock: sock.recv(),
    "recv_frame": lambda sock: sock.recv(copy=False),
    "recv_multipart": lambda sock: sock.recv_multipart(),
    "recv_string": lambda sock: sock.recv_string(encoding="latin-1"),
    "recv_many": lambda sock: sock.recv_many(5),
    "recv_into": lambda sock: sock.recv_into(bytearray(20_000)),
}
AWAIT: dict[str, Callable[[Any], Any]] = {"awaited": of_task, "observed": of_future}


def as_frames(name: str, result: Any, message: list[bytes]) -> list[bytes]:
    """Return the frames of what an operation has received."""
    if name == "recv_many":
        (result,) = result
    if name == "recv_into":
        return message[:1]
    if isinstance(result, str):
        return [result.encode("latin-1")]
    frames = result if isinstance(result, list) else [result]
    return [f.bytes if isinstance(f, zmq.Frame) else f for f in frames]


async def ended(task: asyncio.Task[Any], fired: list[str]) -> None:
    """Wait until a task has ended; for some turns only, once it was interrupted."""
    left = 50
    while left and not task.done():
        left -= bool(fired)
        await turns()


@pytest.fixture
def sockets(context: Any, make_socket: Any) -> Any:
    """A socket that sends, an asynchronous one, and another object for that one."""
    sender = zmq.Context.shadow(context).socket(zmq.PAIR)
    receiver = make_socket(zmq.PAIR)
    sender.bind("inproc://interrupted")
    receiver.connect("inproc://interrupted")
    yield sender, receiver, zmq.Socket(shadow=receiver.underlying)
    sender.close(linger=0)


ERRORS = {"base": HandlerError, "error": HandlerFailureError}
CASES = [
    ("recv", "awaited", "first", "one", "base"),
    ("recv", "awaited", "ready", "one", "base"),
    ("recv", "awaited", "ready", "three", "error"),
    ("recv", "awaited", "waiting", "one", "base"),
    ("recv", "awaited", "waiting", "one", "error"),
    ("recv", "awaited", "waiting", "three", "base"),
    ("recv", "observed", "ready", "one", "error"),
    ("recv", "observed", "waiting", "one", "base"),
    ("recv", "observed", "waiting", "one", "error"),
    ("recv_frame", "awaited", "waiting", "large", "base"),
    ("recv_multipart", "awaited", "first", "three", "error"),
    ("recv_multipart", "awaited", "ready", "three", "base"),
    ("recv_multipart", "observed", "waiting", "three", "base"),
    ("recv_string", "awaited", "first", "one", "base"),
    ("recv_string", "observed", "waiting", "one", "base"),
    ("recv_many", "awaited", "first", "three", "base"),
    ("recv_many", "observed", "waiting", "three", "base"),
    ("recv_into", "awaited", "first", "one", "base"),
    ("recv_into", "observed", "waiting", "one", "base"),
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_at_each_step(sockets: Any, case: Any, torture: int) -> None:
    """What the operation has not returned is on the socket again."""
    sender, receiver, plain = sockets
    name, how, when, size, kind = case
    message = MESSAGES[size]
    error = ERRORS[kind]
    armed: list[bool] = []  # when the operation begins that is to be interrupted
    got: list[Any] = []

    async def receive() -> None:
        if when != "first":
            # The first of a loop finds out first what loop that is.
            sender.send(b"before")
            assert await receiver.recv() == b"before"
        if when != "waiting":
            sender.send_multipart(message)
            armed.append(True)
        receiving = RECEIVE[name](receiver)
        task = asyncio.ensure_future(AWAIT[how](receiving))
        del receiving
        if when == "waiting":
            await turns()
            sender.send_multipart(message)
            armed.append(True)
        got.append(await task)

    stride = STRIDE if torture > 1 else 7 * STRIDE
    for step in each_step(stride, 1 + CASES.index(case) % stride):
        got.clear()
        armed.clear()
        fired: list[str] = []
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)
        task = loop.create_task(receive())

        def run(loop: Any = loop, task: Any = task, fired: Any = fired) -> None:
            loop.run_until_complete(ended(task, fired))

        where = where_interrupted(
            step, run, PLACES, error=error, armed=armed, fired=fired
        )
        # A task whose callback in the loop has been interrupted before its first step,
        # or as it woke the task, waits for ever: the loop has dropped that.
        task.cancel()
        loop.run_until_complete(ended(task, [where or ""]))
        if task.done() and not task.cancelled():
            task.exception()
        del task, run
        received = [as_frames(name, result, message) for result in got]
        found = [frame for frames in received for frame in frames]
        if name == "recv" and size == "three":
            # A frame goes back only until the next one is received.
            collect()
        found += [frame for frames in all_messages(plain) for frame in frames]
        if found[:1] == [b"before"]:
            del found[0]
        if not found:
            collect()  # a future that was dropped may have all
            found += [frame for frames in all_messages(plain) for frame in frames]
        loop.close()
        del loop
        assert found == message, f"raised in {where}"
        if where is None:
            assert got
            return


@pytest.mark.timeout(300)
@pytest.mark.parametrize("when", ["ready", "waiting", "over"])
def test_polls_at_each_step(when: str, torture: int) -> None:
    """Whatever a poll was interrupted in, its socket can be closed."""

    async def poll(
        poller: zmq.asyncio.Poller, sender: zmq.Socket[bytes], armed: list[bool]
    ) -> None:
        if when == "ready":
            sender.send(b"")
        armed.append(True)
        polling = poller.poll(1 if when == "over" else 5000)
        await turns()
        if when == "waiting":
            sender.send(b"")
        await polling

    stride = STRIDE if torture > 1 else 3 * STRIDE
    for step in each_step(stride):
        context = zmq.Context()
        sender = context.socket(zmq.PAIR)
        receiver = zmq.asyncio.Socket(context, zmq.PAIR)
        sender.bind("inproc://polled")
        receiver.connect("inproc://polled")
        poller = zmq.asyncio.Poller()
        poller.register(receiver, zmq.POLLIN)
        armed: list[bool] = []
        fired: list[str] = []
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)
        task = loop.create_task(poll(poller, sender, armed))

        def run(loop: Any = loop, task: Any = task, fired: Any = fired) -> None:
            loop.run_until_complete(ended(task, fired))

        try:
            where_interrupted(step, run, PLACES, armed=armed, fired=fired)
            receiver.close()
            loop.run_until_complete(turns())
            sender.close()
            context.term(timeout=5)
        except Exception as error:
            raise AssertionError(f"raised in {fired}") from error
        finally:
            task.cancel()
            loop.run_until_complete(turns())
            loop.close()
        if not fired:
            assert step > stride
            return
