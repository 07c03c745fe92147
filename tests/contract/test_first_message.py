"""A publisher that waits for its subscribers: the first message arrives."""

from __future__ import annotations

import random
from typing import Any

import zmq
from tests.torture.scale import scaled


async def test_the_first_message_arrives(
    flavour: Any, make: Any, endpoint: Any
) -> None:
    """Whoever starts first, and whoever is bound."""
    chosen = random.Random(27)
    for i in range(scaled(20, 1000)):
        address = endpoint(chosen.choice(["tcp", "ipc"]))
        if address.startswith("tcp"):
            with zmq.Context() as other, other.socket(zmq.PULL) as free:
                free.bind("tcp://127.0.0.1:0")
                address = free.last_endpoint.decode()
        starts = ["pub", "sub"]
        chosen.shuffle(starts)
        pub_is_bound = chosen.random() < 0.5
        socks: dict[str, Any] = {}
        for name in starts:
            sock = socks[name] = make(zmq.PUB if name == "pub" else zmq.SUB)
            sock.reconnect_ivl = 1
            if name == "sub":
                sock.subscribe(b"topic")
            if (name == "pub") == pub_is_bound:
                sock.bind(address)
            else:
                sock.connect(address)
        pub, sub = socks["pub"], socks["sub"]

        async def receive(sub: Any = sub) -> Any:
            return await flavour.get(sub.recv())

        # A subscriber that is bound sends its subscriptions only when something is done
        # with it.
        receiving = flavour.start(receive)
        await flavour.get(pub.wait_subscribed(b"topic", timeout=20))
        await flavour.get(pub.send(b"topic %d" % i))
        assert await receiving.result() == b"topic %d" % i
        assert len(await flavour.get(sub.wait_connected(timeout=20))) == 1
        pub.close()
        sub.close()
