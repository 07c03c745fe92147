"""poll, and pollers."""

from __future__ import annotations

import math
import socket
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import zmq


async def test_poll_what_is_there(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    assert await flavour.get(pull.poll(0)) == 0
    assert await flavour.get(push.poll(0, zmq.POLLOUT)) == zmq.POLLOUT
    await flavour.get(push.send(b""))
    assert await flavour.get(pull.poll(0)) == zmq.POLLIN
    assert await flavour.get(pull.poll()) == zmq.POLLIN
    assert await flavour.get(pull.poll(0, zmq.POLLIN | zmq.POLLOUT)) == zmq.POLLIN


@pytest.mark.parametrize("timeout", [0, 10])
async def test_poll_for_flags_that_are_none(
    flavour: Any, socket_pair: Any, timeout: int
) -> None:
    _, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(TypeError, match="an integer is required for flags, got 'x'"):
        await flavour.get(pull.poll(timeout, "x"))


async def test_poll_for_a_time(flavour: Any, socket_pair: Any) -> None:
    _, pull = socket_pair(zmq.PUSH, zmq.PULL)
    began = time.monotonic()
    assert await flavour.get(pull.poll(50)) == 0
    assert 0.045 <= time.monotonic() - began < 5


@pytest.mark.parametrize("timeout", [None, -1, 10_000])
async def test_poll_until_it_comes(
    flavour: Any, socket_pair: Any, timeout: int | None
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)

    async def poll() -> int:
        found: int = await flavour.get(pull.poll(timeout))
        return found

    polling = flavour.start(poll)
    assert polling.waits()
    await flavour.get(push.send(b""))
    assert await polling.result() == zmq.POLLIN


class Milliseconds:
    """A number of a library's own, as numpy has them."""

    def __float__(self) -> float:
        return 20.0


@pytest.mark.parametrize("timeout", [Milliseconds(), Decimal(20), Fraction(41, 2)])
async def test_numbers_of_other_types(
    flavour: Any, socket_pair: Any, timeout: Any
) -> None:
    _, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()
    poller.register(pull, zmq.POLLIN)
    for poll, nothing in ((pull.poll, 0), (poller.poll, [])):
        began = time.monotonic()
        assert await flavour.get(poll(timeout)) == nothing
        assert 0.018 <= time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("timeout", "error"),
    [
        ("20", TypeError),
        (b"x", TypeError),
        ([], TypeError),
        (1j, TypeError),
        (math.nan, ValueError),
    ],
)
async def test_what_is_no_timeout(
    flavour: Any, socket_pair: Any, timeout: Any, error: type[Exception]
) -> None:
    _, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()
    poller.register(pull, zmq.POLLIN)
    for poll in (pull.poll, poller.poll):
        with pytest.raises(error, match="timeout must be a number of ms"):
            await flavour.get(poll(timeout))


async def test_poller(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    other_push, other_pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()
    poller.register(pull, zmq.POLLIN)
    poller.register(other_pull, zmq.POLLIN)
    assert pull in poller
    assert await flavour.get(poller.poll(0)) == []
    assert await flavour.get(poller.poll(10)) == []
    await flavour.get(push.send(b""))
    assert await flavour.get(poller.poll(10_000)) == [(pull, zmq.POLLIN)]
    await flavour.get(other_push.send(b""))
    assert dict(await flavour.get(poller.poll())) == {pull: 1, other_pull: 1}
    poller.modify(pull, zmq.POLLOUT)
    poller.unregister(other_pull)
    assert await flavour.get(poller.poll(0)) == []


async def test_poller_until_it_comes(flavour: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport="tcp")
    poller = flavour.poller_class()
    poller.register(pull, zmq.POLLIN)

    async def poll() -> Any:
        return await flavour.get(poller.poll())

    polling = flavour.start(poll)
    assert polling.waits()
    await flavour.get(push.send(b""))
    assert await polling.result() == [(pull, zmq.POLLIN)]


async def test_poller_with_descriptors(
    flavour: Any, socket_pair: Any, tcp_streams: tuple[socket.socket, socket.socket]
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    one, other = tcp_streams
    poller = flavour.poller_class()
    poller.register(pull, zmq.POLLIN)
    poller.register(one, zmq.POLLIN)
    assert await flavour.get(poller.poll(10)) == []

    async def poll() -> Any:
        return await flavour.get(poller.poll(10_000))

    polling = flavour.start(poll)
    other.send(b"x")
    assert await polling.result() == [(one.fileno(), zmq.POLLIN)]
    poller.register(one.fileno(), zmq.POLLIN)
    poller.register(other, zmq.POLLOUT)
    await flavour.get(push.send(b""))
    found = dict(await flavour.get(poller.poll(10_000)))
    assert found == {
        pull: zmq.POLLIN,
        one.fileno(): zmq.POLLIN,
        other.fileno(): zmq.POLLOUT,
    }


async def test_empty_poller(flavour: Any) -> None:
    assert await flavour.get(flavour.poller_class().poll(10)) == []


async def test_rubbish_in_a_poller(flavour: Any, make_socket: Any) -> None:
    poller = flavour.poller_class()
    poller.register(object(), zmq.POLLIN)
    with pytest.raises(TypeError):
        await flavour.get(poller.poll(10))


async def test_closed_sockets_in_a_poller(flavour: Any, socket_pair: Any) -> None:
    """They are left out, as epoll does it; alone they would be waited for for ever."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()
    poller.register(push, zmq.POLLOUT)
    poller.register(pull, zmq.POLLIN)
    push.close()
    assert await flavour.get(poller.poll(0)) == []
    assert await flavour.get(poller.poll(10)) == []
    pull.close()
    assert await flavour.get(poller.poll(0)) == []
    started = time.monotonic()
    assert await flavour.get(poller.poll(20)) == []
    assert time.monotonic() - started >= 0.019
    for forever in (None, -1):
        with pytest.raises(zmq.ZMQError, match="closed") as caught:
            await flavour.get(poller.poll(forever))
        assert caught.value.errno == zmq.ENOTSOCK


async def test_a_closed_socket_beside_a_ready_one(
    flavour: Any, make_socket: Any, socket_pair: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()
    closed = make_socket(zmq.PULL)
    for sock in (closed, pull):
        poller.register(sock, zmq.POLLIN)
    closed.close()
    await flavour.get(push.send(b""))
    assert await flavour.get(poller.poll()) == [(pull, zmq.POLLIN)]


async def test_closed_while_it_is_polled(flavour: Any, socket_pair: Any) -> None:
    """Whoever waits for it learns of it, also where it waits for others too."""
    _, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = flavour.poller_class()

    async def poll() -> Any:
        return await flavour.get(poller.poll())

    poller.register(pull, zmq.POLLIN)
    _, other = socket_pair(zmq.PUSH, zmq.PULL)
    alone = flavour.start(poll)
    await flavour.get(other.poll(20))  # it has begun to wait
    poller.register(other, zmq.POLLIN)
    both = flavour.start(poll)
    await flavour.get(other.poll(20))
    pull.close()
    for waiting in (alone, both):
        with pytest.raises(zmq.ZMQError, match="closed") as caught:
            await waiting.result()
        assert caught.value.errno == zmq.ENOTSOCK
