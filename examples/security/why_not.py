"""Why does it not connect? What the monitors of both sides say in each case."""

from __future__ import annotations

import logging
import socket
import sys
import tempfile
from typing import Callable

import zmq
import zmq.auth
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.events import MonitorEvents

Sock = "zmq.Socket[bytes]"
Prepare = Callable[[Sock], None]

SERVER, CLIENT, OTHER = (zmq.curve_keypair() for _ in range(3))
DECISIVE = (
    zmq.Event.CONNECT_RETRIED
    | zmq.Event.DISCONNECTED
    | zmq.Event.HANDSHAKE_SUCCEEDED
    | zmq.Event.HANDSHAKE_FAILED_AUTH
    | zmq.Event.HANDSHAKE_FAILED_NO_DETAIL
    | zmq.Event.HANDSHAKE_FAILED_PROTOCOL
)


def nothing(sock: Sock) -> None:
    """Leave the socket as it is: NULL."""


def curve_server(sock: Sock) -> None:
    """Make a CURVE server that asks an authenticator about its clients."""
    sock.curve_server = True
    sock.curve_secretkey = SERVER[1]
    sock.zap_domain = b"house"
    sock.zap_enforce_domain = True


def curve_client(sock: Sock) -> None:
    """Make a CURVE client that does everything right."""
    sock.curve_publickey, sock.curve_secretkey = CLIENT
    sock.curve_serverkey = SERVER[0]


def misled_client(sock: Sock) -> None:
    """Make a CURVE client with the public key of another server."""
    curve_client(sock)
    sock.curve_serverkey = OTHER[0]


def first_event(events: MonitorEvents) -> str:
    """Return the first decisive event, with the name of its value."""
    event = events.get(5000)
    if event is None:
        return "nothing"
    if event.event == zmq.Event.HANDSHAKE_FAILED_PROTOCOL:
        return f"{event.event.name}, {zmq.Event(event.value).name}"
    if event.event == zmq.Event.HANDSHAKE_FAILED_AUTH:
        return f"{event.event.name}, {event.value}"
    return event.event.name


def try_both(
    title: str,
    prepare_server: Prepare,
    prepare_client: Prepare,
    kind: int = zmq.PULL,
) -> None:
    """Connect a PUSH socket to a server, and print what both sides see."""
    context = zmq.Context.instance()
    with context.socket(kind) as server, context.socket(zmq.PUSH) as client:
        server.linger = client.linger = 0
        prepare_server(server)
        prepare_client(client)
        with (
            server.monitor_events(DECISIVE) as server_events,
            client.monitor_events(DECISIVE) as client_events,
        ):
            print(f"{title}:")
            port = server.bind_to_random_port("tcp://127.0.0.1")
            client.connect(f"tcp://127.0.0.1:{port}")
            print(f"    client: {first_event(client_events)}")
            print(f"    server: {first_event(server_events)}")


def try_alone(title: str, listener: socket.socket, limit: int = 0) -> None:
    """Connect to something that is no ZeroMQ server."""
    host, port = listener.getsockname()
    with zmq.Context.instance().socket(zmq.PUSH) as client:
        client.linger = 0
        if limit:
            client.handshake_ivl = limit
        with client.monitor_events(DECISIVE) as events:
            client.connect(f"tcp://{host}:{port}")
            print(f"{title}:\n    client: {first_event(events)}")


def main() -> None:
    """Go through the usual mistakes."""
    logging.basicConfig(format="    the log: %(message)s", stream=sys.stdout)
    with socket.socket() as unheard:  # bound, but it does not listen
        unheard.bind(("127.0.0.1", 0))
        try_alone("nobody listens", unheard)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        try_alone("somebody listens and says nothing", silent, limit=200)

    try_both("types that do not fit", nothing, nothing, kind=zmq.PUB)
    try_both("the client has no CURVE", curve_server, nothing)
    try_both("the server has no CURVE", nothing, curve_client)
    try_both("the wrong key of the server", curve_server, misled_client)

    auth = ThreadAuthenticator()
    auth.start()
    try_both("the domain is not configured", curve_server, curve_client)
    with tempfile.TemporaryDirectory() as empty:
        auth.configure_curve("house", empty)
        try_both("the client is not on the list", curve_server, curve_client)
    auth.configure_curve("house", zmq.auth.CURVE_ALLOW_ANY)
    try_both("all is well", curve_server, curve_client)
    auth.stop()


if __name__ == "__main__":
    main()
