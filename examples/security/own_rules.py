"""Rules of your own, in asyncio: two doors, and keys that are looked up."""

from __future__ import annotations

import asyncio
import logging
import sys

import zmq
import zmq.asyncio
from zmq.auth.asyncio import AsyncioAuthenticator

Keys = tuple[bytes, bytes]


class Members:
    """Asks a database, as it were, about the keys of clients."""

    def __init__(self) -> None:
        self.doors: dict[bytes, set[str]] = {}

    async def callback(self, domain: str, key: bytes) -> bool:
        """Tell whether this key opens the door of that domain."""
        await asyncio.sleep(0)  # a query
        return domain in self.doors.get(key, ())


def open_door(
    context: zmq.asyncio.Context, domain: str, keys: Keys
) -> zmq.asyncio.Socket:
    """Return the server of a domain."""
    server = context.socket(zmq.PULL)
    server.zap_domain = domain.encode()
    server.curve_server = True
    server.curve_secretkey = keys[1]
    server.bind("tcp://127.0.0.1:*")
    return server


async def knock(
    context: zmq.asyncio.Context, address: bytes, keys: Keys, server_key: bytes
) -> str:
    """Return the event that ends the handshake."""
    with context.socket(zmq.PUSH) as client:
        client.linger = 0
        client.curve_serverkey = server_key
        client.curve_publickey, client.curve_secretkey = keys
        async with client.events() as events:
            client.connect(address)
            async for event in events:
                if event.event.name.startswith("HANDSHAKE"):
                    return event.event.name
    return "nothing"


async def main() -> None:
    """Try two doors with the keys of two people."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("the log says: %(message)s"))
    logging.getLogger("zmq.auth").addHandler(handler)
    server_keys, ada, bob = (zmq.curve_keypair() for _ in range(3))
    members = Members()
    members.doors = {ada[0]: {"kitchen", "cellar"}, bob[0]: {"kitchen"}}

    with zmq.asyncio.Context() as context:
        auth = AsyncioAuthenticator(context)
        auth.start()
        for domain in ("kitchen", "cellar"):
            auth.configure_curve_callback(domain, members)
        doors = {
            domain: open_door(context, domain, server_keys)
            for domain in ("kitchen", "cellar")
        }
        for name, keys in (("ada", ada), ("bob", bob)):
            for domain, door in doors.items():
                address = door.last_endpoint
                event = await knock(context, address, keys, server_keys[0])
                print(f"{name} at the {domain}: {event}")
        auth.stop()
        context.destroy(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
