"""Broker: clients and workers both connect to a queue, and know only its address."""

import threading
from contextlib import suppress

import zmq


def serve(context: "zmq.Context[zmq.Socket[bytes]]", url: str, name: str) -> None:
    """Answer requests until the context ends."""
    with context.socket(zmq.REP) as worker:
        worker.connect(url)
        try:
            while True:
                request = worker.recv_string()
                worker.send_string(f"{request} done by {name}")
        except zmq.ContextTerminated:
            pass


def queue(frontend: "zmq.Socket[bytes]", backend: "zmq.Socket[bytes]") -> None:
    """Pass requests to the workers and replies to the clients."""
    with frontend, backend, suppress(zmq.ContextTerminated):
        zmq.proxy(frontend, backend)


def main() -> None:
    """Send requests of two clients through the queue."""
    context = zmq.Context()
    frontend, backend = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
    frontend_port = frontend.bind_to_random_port("tcp://127.0.0.1")
    backend_port = backend.bind_to_random_port("tcp://127.0.0.1")
    backend_url = f"tcp://127.0.0.1:{backend_port}"

    threads = [threading.Thread(target=queue, args=(frontend, backend))]
    for name in ("worker 1", "worker 2"):
        threads.append(
            threading.Thread(target=serve, args=(context, backend_url, name))
        )
    for thread in threads:
        thread.start()

    for client_name in ("ada", "grace"):
        with context.socket(zmq.REQ) as client:
            client.connect(f"tcp://127.0.0.1:{frontend_port}")
            for number in range(2):
                client.send_string(f"{client_name}'s job {number}")
                print(client.recv_string().partition(" done by ")[0], "is done")

    context.term()  # ends the proxy and the workers
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
