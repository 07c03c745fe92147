"""Let clients in by their address. It keeps strangers out, and encrypts nothing."""

import logging
import sys

import zmq
from zmq.auth.thread import ThreadAuthenticator


def try_to_enter(context: zmq.Context, port: int) -> str:
    """Return the name of the event that ends the handshake."""
    with context.socket(zmq.PUSH) as client:
        client.linger = 0
        handshakes = zmq.Event.HANDSHAKE_SUCCEEDED | zmq.Event.HANDSHAKE_FAILED_AUTH
        with client.monitor_events(handshakes) as events:
            client.connect(f"tcp://127.0.0.1:{port}")
            event = events.get(5000)
            return event.event.name if event else "nothing"


def main() -> None:
    """Come from an address that is welcome, and then from one that is not."""
    logging.basicConfig(format="the log says: %(message)s", stream=sys.stdout)
    with zmq.Context() as context:
        auth = ThreadAuthenticator(context)
        auth.start()  # before the sockets are bound
        auth.allow("127.0.0.1")
        server = context.socket(zmq.PULL)
        # Without a domain, nobody is asked about NULL connections.
        server.zap_domain = b"house"
        port = server.bind_to_random_port("tcp://127.0.0.1")
        print("on the list:", try_to_enter(context, port))
        server.close()
        auth.stop()

        auth = ThreadAuthenticator(context)
        auth.start()
        auth.allow("192.0.2.7")  # and so nobody else
        server = context.socket(zmq.PULL)
        server.zap_domain = b"house"
        port = server.bind_to_random_port("tcp://127.0.0.1")
        print("not on the list:", try_to_enter(context, port))
        server.close()
        auth.stop()


if __name__ == "__main__":
    main()
