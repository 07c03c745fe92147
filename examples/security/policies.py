"""Rules per domain, a check with a deadline, and a record of each decision."""

from __future__ import annotations

import asyncio
import logging
import sys

import zmq
import zmq.asyncio
from zmq.auth import Accept, Client, DomainPolicy, Refuse
from zmq.auth.asyncio import AsyncioAuthenticator

MEMBERS = {"ada": "captain", "bob": "cook"}


async def look_up(client: Client) -> Accept | Refuse:
    """Ask a database, as it were, who may come aboard."""
    if client.user_id == "eve":
        await asyncio.sleep(60)  # a query that hangs
    role = MEMBERS.get(client.user_id)
    return Accept(metadata={"Role": role}) if role else Refuse("No member")


def listen() -> None:
    """Print what the audit log gets."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        logging.Formatter(
            "audit: %(auth_decision)s %(auth_user_id)s at %(auth_domain)s,"
            " %(auth_status)d %(auth_reason)s"
        )
    )
    audit = logging.getLogger("zmq.auth.audit")
    audit.addHandler(handler)
    audit.setLevel(logging.INFO)
    logging.getLogger("zmq.auth").addHandler(logging.NullHandler())


async def knock(
    context: zmq.asyncio.Context, address: bytes, name: str, password: str = "rum"
) -> None:
    """Say hello, and wait until the handshake has ended one way or the other."""
    with context.socket(zmq.PUSH) as client:
        client.linger = 1000
        client.reconnect_ivl = -1
        client.plain_username, client.plain_password = name.encode(), password.encode()
        async with client.events() as events:
            client.connect(address)
            async for event in events:
                if event.event == zmq.Event.HANDSHAKE_SUCCEEDED:
                    await client.send_string("hello")
                    return
                # of status 300 a client hears nothing but that it is disconnected
                if event.event in (
                    zmq.Event.HANDSHAKE_FAILED_AUTH,
                    zmq.Event.DISCONNECTED,
                ):
                    client.linger = 0
                    return


async def main() -> None:
    """Have four clients knock at the ship, and look at the numbers."""
    listen()
    context = zmq.asyncio.Context()
    auth = AsyncioAuthenticator(context)
    auth.start()
    passwords = dict.fromkeys(("ada", "bob", "eve", "mallory"), "rum")
    auth.configure_domain(
        "ship",
        DomainPolicy(
            allow=["127.0.0.0/8"],
            passwords=passwords,
            check=look_up,
            timeout=0.2,
            metadata={"Role": ""},
        ),
    )
    server = context.socket(zmq.PULL)
    server.zap_domain = b"ship"
    server.zap_enforce_domain = True
    server.plain_server = True
    server.bind("tcp://127.0.0.1:*")

    await knock(context, server.last_endpoint, "ada")
    frame = await server.recv(copy=False)
    print(f"{frame.user_id}, {frame['Role']}, says {frame.bytes.decode()}")
    await knock(context, server.last_endpoint, "bob", "tea")
    await knock(context, server.last_endpoint, "mallory")
    await knock(context, server.last_endpoint, "eve")
    metrics = auth.metrics()
    print(f"{metrics.accepted} in, {metrics.refused} not")
    print(f"{metrics.checks['ship'].calls} checks")
    server.close()
    auth.stop()
    context.destroy(linger=0)


if __name__ == "__main__":
    asyncio.run(main())
