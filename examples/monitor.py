"""Watch what happens to a socket's connections."""

import zmq
from zmq.utils.monitor import recv_monitor_message


def main() -> None:
    """Print the events of a server's socket while a client comes and goes."""
    with zmq.Context() as context, context.socket(zmq.REP) as server:
        monitor = server.get_monitor_socket()
        port = server.bind_to_random_port("tcp://127.0.0.1")
        with context.socket(zmq.REQ) as client:
            client.connect(f"tcp://127.0.0.1:{port}")
            client.send(b"hello")
            server.recv()
        while monitor.poll(timeout=5000):
            event = recv_monitor_message(monitor)
            print(zmq.Event(event["event"]).name)
            if event["event"] == zmq.Event.DISCONNECTED:
                break
        server.disable_monitor()
        monitor.close()


if __name__ == "__main__":
    main()
