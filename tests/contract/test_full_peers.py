"""Sending to a peer that is full, while EVENTS says POLLOUT for another one."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Any

import pytest

import zmq

#: Milliseconds for which it is measured.
MEASURED = 500
#: How often anybody may go to sleep meanwhile. Two senders look every 20 ms, after some
#: shorter pauses: 60 times. Those who wake each other would do so thousands of times.
MOST_SLEEPS = 150
#: Seconds of processor time that this may take, also where Python itself is slow: who
#: never sleeps takes all of them.
MOST_TIME = MEASURED / 1000 / 2
#: Seconds after which a message is late.
LATE = 0.25


def sleeps() -> int:
    """How often a thread of this process has gone to sleep."""
    if sys.platform == "win32":
        return 0  # it does not tell
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw


async def assert_idle(flavour: Any, sock: Any) -> None:
    """Wait for what does not come, and look what else goes on meanwhile."""
    slept, spent = sleeps(), time.process_time()
    assert await flavour.get(sock.poll(MEASURED)) == 0
    slept, spent = sleeps() - slept, time.process_time() - spent
    assert slept < MOST_SLEEPS, "it is woken again and again"
    assert spent < MOST_TIME, "it never sleeps"


class FullAndFree:
    """A ROUTER that refuses what its peer "full" has no space for, and its peers."""

    def __init__(self, flavour: Any, make_socket: Any, endpoint: Any) -> None:
        self._flavour = flavour
        address = endpoint("inproc")
        self.router = make_socket(zmq.ROUTER, router_mandatory=1, sndhwm=1)
        self.router.bind(address)
        self.full, self.free = (
            make_socket(zmq.DEALER, routing_id=name, rcvhwm=1)
            for name in (b"full", b"free")
        )
        for peer in (self.full, self.free):
            peer.connect(address)
        self.filled = 0

    async def fill(self) -> None:
        """Have the one peer full, and wait until that is so."""
        get = self._flavour.get
        for peer in (self.full, self.free):
            await get(peer.send(b"here"))
            await get(self.router.recv_multipart())
        with contextlib.suppress(zmq.Again):
            while True:
                await get(self.router.send_multipart([b"full", b"-"], zmq.DONTWAIT))
                self.filled += 1
        assert self.router.get(zmq.EVENTS) & zmq.POLLOUT

    def send(self, content: bytes, router: Any = None) -> Any:
        """Start to send to the full one."""

        async def send() -> None:
            sock = router or self.router
            await self._flavour.get(sock.send_multipart([b"full", content]))

        return self._flavour.start(send)

    async def assert_idle(self) -> None:
        await assert_idle(self._flavour, self.free)

    async def assert_sent(self, *contents: bytes) -> None:
        """Read all from the full one: what waited has to follow, in any order."""
        get = self._flavour.get
        for _ in range(self.filled):
            assert await get(self.full.recv()) == b"-"
        began = time.monotonic()
        self.full.rcvtimeo = 5000
        assert {await get(self.full.recv()) for _ in contents} == set(contents)
        assert time.monotonic() - began < LATE


@pytest.fixture
def peers(flavour: Any, make_socket: Any, endpoint: Any) -> FullAndFree:
    return FullAndFree(flavour, make_socket, endpoint)


async def test_send_waits_alone_for_a_full_peer(peers: Any) -> None:
    await peers.fill()
    sending = peers.send(b"last")
    await peers.assert_idle()
    await peers.assert_sent(b"last")
    await sending.result()


async def test_with_a_receiver(flavour: Any, peers: Any) -> None:
    """Who waits to receive is served meanwhile, and does not wake the sender."""

    async def receive() -> Any:
        return await flavour.get(peers.router.recv_multipart())

    await peers.fill()
    receiving, sending = flavour.start(receive), peers.send(b"last")
    await peers.assert_idle()
    for content in (b"1", b"2", b"3"):
        await flavour.get(peers.free.send(content))
        began = time.monotonic()
        assert await receiving.result() == [b"free", content]
        assert time.monotonic() - began < LATE
        receiving = flavour.start(receive)
    await peers.assert_idle()
    assert sending.waits()
    await peers.assert_sent(b"last")
    await sending.result()
    await flavour.get(peers.free.send(b"end"))
    assert await receiving.result() == [b"free", b"end"]


async def test_with_polls(flavour: Any, peers: Any) -> None:
    async def poll() -> Any:
        return await flavour.get(peers.router.poll(10_000))

    await peers.fill()
    polling, sending = flavour.start(poll), peers.send(b"last")
    await peers.assert_idle()
    assert await flavour.get(peers.router.poll(0, zmq.POLLOUT)) == zmq.POLLOUT
    await flavour.get(peers.free.send(b""))
    assert await polling.result() == zmq.POLLIN
    await peers.assert_sent(b"last")
    await sending.result()


@pytest.mark.parametrize("shadow", [False, True])
async def test_with_another_sender(peers: Any, shadow: bool) -> None:
    """They do not wake each other for what neither can have."""
    await peers.fill()
    other = type(peers.router)(shadow=peers.router) if shadow else peers.router
    sendings = [peers.send(b"one"), peers.send(b"other", other)]
    await peers.assert_idle()
    await peers.assert_sent(b"one", b"other")
    for sending in sendings:
        await sending.result()


async def test_until_the_time_is_over(flavour: Any, peers: Any) -> None:
    await peers.fill()
    waiting = peers.send(b"waiting")  # so that it is not alone
    assert waiting.waits()
    await peers.assert_idle()
    peers.router.sndtimeo = 100
    began = time.monotonic()
    with pytest.raises(zmq.Again):
        await flavour.get(peers.router.send_multipart([b"full", b"late"]))
    assert 0.095 <= time.monotonic() - began < 5
    await peers.assert_sent(b"waiting")
    await waiting.result()


async def test_a_publisher_that_drops_nothing(
    flavour: Any, make_socket: Any, endpoint: Any
) -> None:
    """Its EVENTS always say POLLOUT."""
    xpub = make_socket(zmq.XPUB, sndhwm=1, xpub_nodrop=1)
    sub = make_socket(zmq.SUB, rcvhwm=1)
    xpub.bind(endpoint("inproc"))
    sub.subscribe(b"")
    sub.connect(xpub.last_endpoint.decode())
    await flavour.get(xpub.recv())
    filled = 0
    with contextlib.suppress(zmq.Again):
        while True:
            await flavour.get(xpub.send(b"-", zmq.DONTWAIT))
            filled += 1

    async def send() -> None:
        await flavour.get(xpub.send(b"last"))

    sending = flavour.start(send)
    await assert_idle(flavour, xpub)
    for _ in range(filled):
        assert await flavour.get(sub.recv()) == b"-"
    sub.rcvtimeo = 5000
    assert await flavour.get(sub.recv()) == b"last"
    await sending.result()
