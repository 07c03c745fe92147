"""ROUTER on both sides: clients choose by its name which worker gets a request."""

import zmq
from zmq.devices import ThreadMonitoredQueue


def main() -> None:
    """Send to one of two workers, and get the reply of that one."""
    queue = ThreadMonitoredQueue(zmq.ROUTER, zmq.ROUTER, zmq.PUB)
    for_clients = queue.bind_in_to_random_port("tcp://127.0.0.1")
    for_workers = queue.bind_out_to_random_port("tcp://127.0.0.1")
    queue.start()

    with zmq.Context() as context:
        workers = {}
        for name in (b"left", b"right"):
            workers[name] = context.socket(zmq.DEALER)
            workers[name].routing_id = name  # what the queue knows the worker by
            with workers[name].monitor_events(zmq.Event.HANDSHAKE_SUCCEEDED) as events:
                workers[name].connect(f"tcp://127.0.0.1:{for_workers}")
                events.get(5000)
        client = context.socket(zmq.DEALER)
        client.routing_id = b"ada"
        client.connect(f"tcp://127.0.0.1:{for_clients}")

        for name in (b"right", b"left"):
            client.send_multipart([name, b"turn"])
            sender, request = workers[name].recv_multipart()
            print(f"{name.decode()} gets {request!r} from {sender.decode()}")
            workers[name].send_multipart([sender, request + b"ed"])
            print("ada gets", client.recv_multipart())
        context.destroy(linger=0)
    queue.stop()
    queue.join(timeout=5)


if __name__ == "__main__":
    main()
