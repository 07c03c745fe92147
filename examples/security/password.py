"""PLAIN: a name and a password, for networks on which nobody listens."""

from __future__ import annotations

import logging
import sys

import zmq
from zmq.auth.thread import ThreadAuthenticator


def main() -> None:
    """Come with the right password, and then with a wrong one."""
    logging.basicConfig(format="the log says: %(message)s", stream=sys.stdout)
    with zmq.Context() as context:
        auth = ThreadAuthenticator(context)
        auth.start()
        auth.configure_plain("house", {"ada": "open sesame"})

        server = context.socket(zmq.PULL)
        server.plain_server = True
        server.zap_domain = b"house"
        port = server.bind_to_random_port("tcp://127.0.0.1")

        for password in (b"open sesame", b"open barley"):
            client = context.socket(zmq.PUSH)
            client.linger = 0
            client.plain_username = b"ada"
            client.plain_password = password
            with client.monitor_events() as events:
                client.connect(f"tcp://127.0.0.1:{port}")
                for event in events:
                    if event.event.name.startswith("HANDSHAKE"):
                        print(f"{password.decode()}: {event.event.name}")
                        break
            if event.event == zmq.Event.HANDSHAKE_SUCCEEDED:
                client.send(b"good evening")
                frame = server.recv(copy=False)
                print(f"{frame.user_id} says: {frame.bytes.decode()}")
            client.close()
        server.close()
        auth.stop()


if __name__ == "__main__":
    main()
