"""Heartbeats: notice within a second that a peer is gone, though nothing is sent.

The options of the socket do it: libzmq sends pings, and drops a connection whose peer
does not answer. A monitor tells the program.
"""

import socket

import zmq


def main() -> None:
    """Connect to a listener that accepts, and then never says a word."""
    with zmq.Context() as context, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = context.socket(zmq.DEALER)
        client.linger = 0
        client.handshake_ivl = 300  # ms: a peer that does not speak ZMTP
        with client.monitor_events(
            zmq.Event.CONNECTED | zmq.Event.DISCONNECTED | zmq.Event.CLOSED
        ) as events:
            client.connect(f"tcp://127.0.0.1:{silent.getsockname()[1]}")
            for event in events:
                print("a peer that never speaks:", event.event.name)
                if event.event != zmq.Event.CONNECTED:
                    break
        client.close()

        server, client = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
        for sock in (server, client):
            sock.linger = 0
            sock.heartbeat_ivl = 100  # ms between pings
            sock.heartbeat_timeout = 300  # ms without an answer, then disconnect
            sock.heartbeat_ttl = 300  # what the peer is asked to do likewise
        with client.monitor_events(
            zmq.Event.HANDSHAKE_SUCCEEDED | zmq.Event.DISCONNECTED
        ) as events:
            port = server.bind_to_random_port("tcp://127.0.0.1")
            client.connect(f"tcp://127.0.0.1:{port}")
            print("a peer that answers pings:", next(events).event.name)
            # Pings pass while neither side sends anything: no event comes.
            print("a second later:", events.get(timeout=1000))
            server.close()
            print("and when it has gone:", next(events).event.name)
        client.close()


if __name__ == "__main__":
    main()
