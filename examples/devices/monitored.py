"""A monitored queue: what passes is copied to whoever wants to look."""

import zmq
from zmq.devices import ThreadMonitoredQueue


def main() -> None:
    """Let a spectator see a request and its reply."""
    queue = ThreadMonitoredQueue(zmq.ROUTER, zmq.DEALER, zmq.PUB, b"request", b"reply")
    for_clients = queue.bind_in_to_random_port("tcp://127.0.0.1")
    for_workers = queue.bind_out_to_random_port("tcp://127.0.0.1")
    for_spectators = queue.bind_mon_to_random_port("tcp://127.0.0.1")
    queue.start()

    with zmq.Context() as context:
        spectator = context.socket(zmq.SUB)
        spectator.subscribe("")
        spectator.connect(f"tcp://127.0.0.1:{for_spectators}")
        worker, client = context.socket(zmq.REP), context.socket(zmq.REQ)
        worker.connect(f"tcp://127.0.0.1:{for_workers}")
        client.routing_id = b"ada"
        client.connect(f"tcp://127.0.0.1:{for_clients}")

        # The copies are published: a spectator who comes late misses the beginning.
        while not spectator.poll(20):
            client.send(b"2 + 2")
            worker.send(b"4" if worker.recv() == b"2 + 2" else b"?")
            client.recv()
        client.send(b"3 + 3")
        worker.recv()
        worker.send(b"6")
        client.recv()
        while b"3 + 3" not in (copy := spectator.recv_multipart()):
            pass
        print(copy)
        print(spectator.recv_multipart())
        print("passed:", queue.statistics()["frontend_messages"] >= 2)
        context.destroy(linger=0)
    queue.stop()
    queue.join(timeout=5)


if __name__ == "__main__":
    main()
