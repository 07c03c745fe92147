"""Many clients connect at once while the configuration changes under them."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import zmq
import zmq.auth
from zmq.utils.monitor import recv_monitor_message

VERDICTS = (
    zmq.EVENT_HANDSHAKE_SUCCEEDED
    | zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
)


class Crowd:
    """Clients that all connect at once, each with a monitor."""

    def __init__(self, context: zmq.Context[Any]) -> None:
        self._context = context
        self._clients: dict[Any, tuple[Any, bool]] = {}

    def add(self, endpoint: str, valid: bool, **options: Any) -> None:
        client = self._context.socket(zmq.PUSH)
        for name, value in options.items():
            setattr(client, name, value)
        # who is refused stays away
        client.reconnect_ivl = -1
        monitor = client.get_monitor_socket(VERDICTS)
        self._clients[monitor] = client, valid
        client.connect(endpoint)

    def outcomes(self, seconds: float) -> dict[tuple[bool, int], int]:
        """Count by (valid, event) what became of them."""
        counts: dict[tuple[bool, int], int] = {}
        poller = zmq.Poller()
        for monitor in self._clients:
            poller.register(monitor, zmq.POLLIN)
        end = time.monotonic() + seconds
        left = len(self._clients)
        while left and time.monotonic() < end:
            for monitor, _ in poller.poll(100):
                event = recv_monitor_message(monitor)["event"]
                key = self._clients[monitor][1], int(event)
                counts[key] = counts.get(key, 0) + 1
                poller.unregister(monitor)
                left -= 1
        return counts

    def leave(self) -> None:
        for monitor, (client, _) in self._clients.items():
            client.disable_monitor()
            monitor.close()
            client.close(linger=0)


class Provider:
    def __init__(self, keys: set[bytes]) -> None:
        self.keys = keys

    async def callback(self, domain: str, key: bytes) -> bool:
        return key in self.keys


def changes(
    authenticator: zmq.auth.Authenticator, one: Path, other: Path, keys: set[bytes]
) -> list[Callable[[int], None]]:
    """Return changes under which the same clients stay valid."""
    watched = one.parent / "watched"
    shutil.copytree(one, watched)

    def add_certificate(turn: int) -> None:
        zmq.auth.create_certificates(watched, f"new{turn}")

    return [
        lambda turn: authenticator.configure_curve("*", one),
        lambda turn: authenticator.configure_curve("*", other),
        lambda turn: authenticator.configure_curve_callback("*", Provider(keys)),
        lambda turn: authenticator.configure_curve("*", watched, watch=True),
        add_certificate,
        lambda turn: authenticator.configure_curve(f"domain{turn}", one),
        lambda turn: authenticator.configure_plain("*", {"alice": "secret"}),
        lambda turn: authenticator.configure_plain(f"domain{turn}", {"x": "y"}),
        lambda turn: authenticator.deny(f"10.0.0.{turn % 256}"),
        lambda turn: shutil.rmtree(watched) if turn % 50 == 49 else None,
        lambda turn: watched.mkdir(exist_ok=True),
        lambda turn: authenticator.configure_curve("*", one),
        lambda turn: shutil.copytree(one, watched, dirs_exist_ok=True),
    ]


@pytest.mark.timeout(300)
def test_every_client_gets_what_it_deserves(
    authenticator, make_key, server_key, torture, tmp_path, bind
):
    # 1,000 clients with ZMQ_TORTURE=10 and above
    count = min(1000, 100 * torture)
    one, other = tmp_path / "one", tmp_path / "other"
    valid = [make_key(f"valid{n}", one) for n in range(10)]
    shutil.copytree(one, other)
    invalid = make_key("mallory")
    plain = {"plain_username": b"alice"}
    authenticator.configure_curve("*", one)
    authenticator.configure_plain("*", {"alice": "secret"})
    curve_server = bind(backlog=2000, **server_key.server_options(b"global"))
    plain_server = bind(backlog=2000, plain_server=True, zap_domain=b"global")
    curve_endpoint, plain_endpoint = (
        server.last_endpoint.decode() for server in (curve_server, plain_server)
    )
    end = threading.Event()
    turns = 0

    def change() -> None:
        nonlocal turns
        all_changes = changes(authenticator, one, other, {k.public for k in valid})
        while not end.is_set():
            all_changes[turns % len(all_changes)](turns)
            turns += 1
            # changing as fast as possible would leave no time to connect
            end.wait(0.001)

    with zmq.Context() as context:
        context.max_sockets = 5 * count
        crowd = Crowd(context)
        changer = threading.Thread(target=change)
        changer.start()
        try:
            for number in range(count):
                while turns < number // 8:  # changes must come while clients do
                    assert changer.is_alive()
                    end.wait(0.001)
                key = valid[number % len(valid)]
                if number % 4 == 0:
                    crowd.add(plain_endpoint, True, plain_password=b"secret", **plain)
                elif number % 10 == 1:
                    crowd.add(plain_endpoint, False, plain_password=b"guess", **plain)
                elif number % 10 == 3:
                    crowd.add(curve_endpoint, False, **invalid.options(server_key))
                else:
                    crowd.add(curve_endpoint, True, **key.options(server_key))
            counts = crowd.outcomes(120)
        finally:
            end.set()
            changer.join()
            crowd.leave()
    assert sum(counts.values()) == count
    assert set(counts) == {
        (True, zmq.EVENT_HANDSHAKE_SUCCEEDED),
        (False, zmq.EVENT_HANDSHAKE_FAILED_AUTH),
    }
    assert turns > 10
