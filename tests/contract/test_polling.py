"""poll, and pollers."""

from __future__ import annotations

import socket
import time
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


async def test_closed_socket_in_a_poller(flavour: Any, make_socket: Any) -> None:
    sock = make_socket(zmq.PULL)
    poller = flavour.poller_class()
    poller.register(sock, zmq.POLLIN)
    sock.close()
    with pytest.raises(zmq.ZMQError):
        await flavour.get(poller.poll(10))
