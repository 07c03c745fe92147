"""Ask and answer: a REQ socket and the REP socket that serves it.

The server is a thread here only so that the example is one file; over tcp it could as
well be another process on another machine.
"""

import threading

import zmq


def serve(server: "zmq.Socket[bytes]") -> None:
    """Greet whoever asks, until told to stop."""
    with server:
        while True:
            name = server.recv_string()
            server.send_string(f"Hello, {name}!")
            if name == "stop":
                break


def main() -> None:
    """Ask three times and print the answers."""
    with zmq.Context() as context, context.socket(zmq.REQ) as client:
        server = context.socket(zmq.REP)
        port = server.bind_to_random_port("tcp://127.0.0.1")
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        client.connect(f"tcp://127.0.0.1:{port}")
        for name in ("Ada", "Grace", "stop"):
            client.send_string(name)
            print(client.recv_string())
        thread.join()


if __name__ == "__main__":
    main()
