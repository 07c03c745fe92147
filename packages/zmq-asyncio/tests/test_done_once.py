"""What libzmq has done is not done again, whatever is raised afterwards."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import zmq
import zmq.asyncio

ROUNDS = 3


class BrokenError(Exception):
    """Raised by those who are told of an operation."""


@pytest.fixture
def unraisable(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The exceptions that were reported because nobody could get them."""
    seen: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: seen.append(args.exc_value))
    yield seen
    assert seen
    assert all(isinstance(error, BrokenError) for error in seen)


def broken() -> None:
    raise BrokenError


@pytest.mark.parametrize("method", ["send", "send_multipart", "send_many"])
async def test_sent_once(loop: Any, pair: Any, unraisable: Any, method: str) -> None:
    push, pull = pair
    push._watch(broken, zmq.POLLOUT)
    argument: Any = {"send": b"x", "send_multipart": [b"x"], "send_many": [[b"x"]]}
    for _ in range(ROUNDS):
        await getattr(push, method)(argument[method])
    push._unwatch(broken)
    await push.send(b"last")
    received = [await pull.recv() for _ in range(ROUNDS)]
    assert received == [b"x"] * ROUNDS
    assert await pull.recv() == b"last"


@pytest.mark.parametrize(
    "method", ["recv", "recv_multipart", "recv_many", "recv_string"]
)
async def test_received_once(
    loop: Any, pair: Any, unraisable: Any, method: str
) -> None:
    push, pull = pair
    arguments = (1,) if method == "recv_many" else ()
    for number in range(ROUNDS + 1):
        await push.send(str(number).encode())
    await pull.poll()
    pull._watch(broken, zmq.POLLIN)
    received = [await getattr(pull, method)(*arguments) for _ in range(ROUNDS)]
    pull._unwatch(broken)
    assert "".join(c for c in repr(received) if c.isdigit()) == "012"
    assert await pull.recv() == b"3"


async def test_errors_are_reported_once(loop: Any, make_socket: Any) -> None:
    request = make_socket(zmq.REQ)
    await request.poll(0, zmq.POLLOUT)
    for _ in range(2):
        with pytest.raises(zmq.ZMQError) as caught:
            await request.recv()
        assert caught.value.errno == zmq.EFSM
    future = make_socket(zmq.PUSH).send("a str")
    with pytest.raises(TypeError):
        await future


class ClosedMeanwhile(zmq.asyncio.Socket):
    """A socket that another thread closes as soon as its descriptor is known."""

    def get(self, option: int) -> Any:
        value = super().get(option)
        if option == zmq.FD:
            thread = threading.Thread(target=zmq.Socket(self).close)
            thread.start()
            thread.join()
        return value


@pytest.mark.parametrize("what", ["recv", "poll", "poller"])
async def test_a_descriptor_is_held_before_it_is_watched(
    loop: Any, context: Any, what: str
) -> None:
    for _ in range(ROUNDS):
        sock = ClosedMeanwhile(context, zmq.PULL)
        poller = zmq.asyncio.Poller()
        poller.register(sock, zmq.POLLIN)
        wait: Any = poller.poll if what == "poller" else getattr(sock, what)
        with pytest.raises((zmq.ZMQError, asyncio.CancelledError)) as caught:
            await asyncio.wait_for(wait(), 5)
        if isinstance(caught.value, zmq.ZMQError):
            assert caught.value.errno == zmq.ENOTSOCK


def test_a_loop_that_closes_at_that_moment(new_loop: Any, context: Any) -> None:
    """The message that a future of a closed loop would have got is not lost."""
    push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    pull.bind("inproc://closing")
    push.connect("inproc://closing")
    loop = new_loop()

    async def wait() -> Any:
        waiting = pull.recv()
        await asyncio.sleep(0)
        return waiting

    waiting = loop.run_until_complete(wait())
    waiting.add_done_callback(lambda _: None)
    loop.close()
    zmq.Socket(push).send(b"kept")
    assert zmq.Socket(pull).poll(5000)
    assert zmq.Socket(pull).recv() == b"kept"
    push.close()
    pull.close()
