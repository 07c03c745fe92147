"""CURVE with certificates: the server knows its clients, each by a file."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import zmq
import zmq.auth
from zmq.auth.thread import ThreadAuthenticator


def make_certificates(home: Path) -> None:
    """Make keys for the server and two clients; one of them is on the list."""
    guests = home / "guests"
    guests.mkdir()
    zmq.auth.create_certificates(home, "server")
    for name in ("ada", "mallory"):
        zmq.auth.create_certificates(home, name, {"name": name})
    # Only public keys leave the computer that they were made on.
    (home / "ada.key").rename(guests / "ada.key")


def enter(context: zmq.Context, home: Path, name: str, port: int) -> bool:
    """Send a greeting with the keys of a client; tell whether it got in."""
    with context.socket(zmq.PUSH) as client:
        client.linger = 1000
        client.curve_serverkey, _ = zmq.auth.load_certificate(home / "server.key")
        keys = zmq.auth.load_certificate(home / f"{name}.key_secret")
        client.curve_publickey, client.curve_secretkey = keys
        with client.monitor_events() as events:
            client.connect(f"tcp://127.0.0.1:{port}")
            for event in events:
                if event.event == zmq.Event.HANDSHAKE_SUCCEEDED:
                    client.send_string(f"it is {name}")
                    return True
                if event.event == zmq.Event.HANDSHAKE_FAILED_AUTH:
                    client.linger = 0
                    return False
    return False


def main() -> None:
    """Let in who is on the list, and then one more."""
    logging.basicConfig(format="the log says: %(message)s", stream=sys.stdout)
    with tempfile.TemporaryDirectory() as directory, zmq.Context() as context:
        home = Path(directory)
        make_certificates(home)

        auth = ThreadAuthenticator(context)
        auth.start()
        auth.configure_curve("house", home / "guests", watch=True)
        server = context.socket(zmq.PULL)
        server.rcvtimeo = 5000
        server.zap_domain = b"house"
        server.curve_server = True
        _, server.curve_secretkey = zmq.auth.load_certificate(
            home / "server.key_secret"
        )
        port = server.bind_to_random_port("tcp://127.0.0.1")

        key, _ = zmq.auth.load_certificate(home / "guests" / "ada.key")
        print("ada gets in:", enter(context, home, "ada", port))
        frame = server.recv(copy=False)
        print("her words:", frame.bytes.decode())
        print("her key comes with them:", frame.peer_key == key)

        print("mallory gets in:", enter(context, home, "mallory", port))
        (home / "mallory.key").rename(home / "guests" / "mallory.key")
        print("after an invitation:", enter(context, home, "mallory", port))
        print("his words:", server.recv_string())
        server.close()
        auth.stop()


if __name__ == "__main__":
    main()
