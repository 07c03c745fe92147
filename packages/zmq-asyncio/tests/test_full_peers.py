"""A send that waits for one peer, while EVENTS says POLLOUT for another."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref
from typing import Any

import pytest

import zmq
import zmq.asyncio


class CountingSocket(zmq.asyncio.Socket):
    """Counts what is attempted once a send has to wait."""

    attempts = 0

    def _try_send_multipart(self, *args: Any, **kwargs: Any) -> Any:
        self.attempts += 1
        return super()._try_send_multipart(*args, **kwargs)


@pytest.fixture
def router(context: Any, endpoint: Any) -> Any:
    router = CountingSocket(context, zmq.ROUTER)
    with router:
        router.router_mandatory = 1
        router.sndhwm = 1
        router.bind(endpoint("inproc"))
        yield router


@pytest.fixture
def peers(router: Any) -> Any:
    """Those of the router that are named "full", and is it, and "free"."""
    with zmq.Socket(router) as shadow, contextlib.ExitStack() as stack:
        plain = zmq.Context(shadow=router.context)
        peers = []
        for name in (b"full", b"free"):
            peer = stack.enter_context(plain.socket(zmq.DEALER))
            peer.routing_id = name
            peer.rcvhwm = 1
            peer.linger = 0
            peer.connect(router.last_endpoint.decode())
            peer.send(b"")
            shadow.recv_multipart()
            peers.append(peer)
        with contextlib.suppress(zmq.Again):
            while True:
                shadow.send_multipart([b"full", b"-"], zmq.DONTWAIT)
        assert shadow.events & zmq.POLLOUT
        yield peers


async def read(peer: Any, until: bytes) -> list[bytes]:
    """Receive what there is, the fillings left out."""
    peer = zmq.asyncio.Socket(peer)
    received = []
    while until not in received:
        content = await asyncio.wait_for(peer.recv(), 5)
        if content != b"-":
            received.append(content)
    return received


def start(router: Any, *message: bytes) -> asyncio.Task[None]:
    async def send() -> None:
        await router.send_multipart(message)

    return asyncio.ensure_future(send())


async def test_it_is_seldom_tried(loop: Any, router: Any, peers: Any) -> None:
    full, free = peers
    sending = start(router, b"full", b"last")
    assert await zmq.asyncio.Socket(free).poll(300) == 0
    assert 3 < router.attempts < 40
    assert await read(full, b"last") == [b"last"]
    await sending


async def test_the_order_is_kept(loop: Any, router: Any, peers: Any) -> None:
    full, free = peers
    contents = [b"%d" % i for i in range(20)]
    sendings = [start(router, b"full", content) for content in contents]
    sendings.append(start(router, b"free", b"end"))
    assert await zmq.asyncio.Socket(free).poll(50) == 0
    assert await read(full, contents[-1]) == contents
    assert await read(free, b"end") == [b"end"]
    await asyncio.gather(*sendings)


async def test_who_gives_up_sends_nothing(loop: Any, router: Any, peers: Any) -> None:
    full, free = peers
    first, second, third = (start(router, b"full", name) for name in (b"1", b"2", b"3"))
    other = zmq.asyncio.Socket(free)
    assert await other.poll(50) == 0
    first.cancel()
    assert await other.poll(50) == 0
    third.cancel()
    assert await read(full, b"2") == [b"2"]
    await second
    assert await zmq.asyncio.Socket(full).poll(50) == 0
    assert first.cancelled()
    assert third.cancelled()


async def test_the_next_one_is_not_kept(loop: Any, router: Any, peers: Any) -> None:
    """Who waits behind one that gives up may have a peer with space."""
    first = start(router, b"full", b"1")
    second = start(router, b"free", b"2")
    assert await zmq.asyncio.Socket(peers[0]).poll(50, 0) == 0
    first.cancel()
    assert await read(peers[1], b"2") == [b"2"]
    await second


async def test_others_may_swallow_the_news(loop: Any, router: Any, peers: Any) -> None:
    full, _ = peers
    sending = start(router, b"full", b"last")
    shadow = zmq.Socket(router)
    for _ in range(20):
        await asyncio.sleep(0)
    while full.poll(0) and full.recv() == b"-":
        shadow.get(zmq.EVENTS)
    await asyncio.wait_for(sending, 5)
    assert full.poll(5000)
    assert full.recv() == b"last"


async def test_nobody_has_to_await_it(loop: Any, router: Any, peers: Any) -> None:
    full, free = peers
    answer = router.send_multipart([b"full", b"last"])
    assert await zmq.asyncio.Socket(free).poll(50) == 0
    assert await read(full, b"last") == [b"last"]
    assert answer.done()


async def test_closing_ends_it(loop: Any, router: Any, peers: Any) -> None:
    sending = start(router, b"full", b"last")
    assert await zmq.asyncio.Socket(peers[1]).poll(50) == 0
    router.close(linger=0)
    with pytest.raises(asyncio.CancelledError):
        await sending


def test_nothing_is_left_behind(loop: Any, router: Any, peers: Any) -> None:
    """Neither the socket nor its timer, when a loop ends while it waits."""

    async def wait(sock: Any) -> None:
        await asyncio.wait([start(sock, b"full", b"last")], timeout=0.05)

    shadow = CountingSocket(router)
    loop.run_until_complete(wait(shadow))
    for task in asyncio.all_tasks(loop):
        task.cancel()
        loop.run_until_complete(asyncio.wait([task]))
    reference = weakref.ref(shadow)
    del shadow, task
    gc.collect()
    assert reference() is None
