"""Load balancing: a broker that gives each task to a worker that has asked for it.

A DEALER shares out tasks in turn, whether a worker is busy or not. Here the workers say
when they are ready, and the broker keeps a list of those who are: the one that has been
idle the longest gets the next task.
"""

import threading
import time
from collections import Counter, deque

import zmq

READY = b"READY"


def work(context: "zmq.Context[zmq.Socket[bytes]]", name: str, seconds: float) -> None:
    """Ask for a task, do it, and ask again along with the result."""
    with context.socket(zmq.REQ) as worker:
        worker.routing_id = name.encode()
        worker.connect("inproc://workers")
        worker.send(READY)
        try:
            while True:
                client, empty, task = worker.recv_multipart()
                time.sleep(seconds)  # the work
                worker.send_multipart([client, empty, task.upper()])
        except zmq.ContextTerminated:
            pass


def broker(
    clients: "zmq.Socket[bytes]", workers: "zmq.Socket[bytes]", done: "Counter[bytes]"
) -> None:
    """Give each task to the worker that has waited the longest."""
    idle: deque[bytes] = deque()
    poller = zmq.Poller()
    poller.register(workers, zmq.POLLIN)
    with clients, workers:
        try:
            while True:
                # Without an idle worker, leave the tasks where they are.
                if idle:
                    poller.register(clients, zmq.POLLIN)
                elif clients in poller:
                    poller.unregister(clients)
                ready = dict(poller.poll())
                if workers in ready:
                    worker, _, *message = workers.recv_multipart()
                    idle.append(worker)
                    if message != [READY]:
                        done[worker] += 1
                        clients.send_multipart(message)
                elif clients in ready:
                    request = clients.recv_multipart()
                    workers.send_multipart([idle.popleft(), b"", *request])
        except zmq.ContextTerminated:
            pass


def main() -> None:
    """Share 24 tasks among a fast and a slow worker."""
    context = zmq.Context()
    clients, workers = context.socket(zmq.ROUTER), context.socket(zmq.ROUTER)
    clients.bind("inproc://clients")
    workers.bind("inproc://workers")
    done: Counter[bytes] = Counter()
    threads = [
        threading.Thread(target=broker, args=(clients, workers, done)),
        threading.Thread(target=work, args=(context, "fast", 0.001)),
        threading.Thread(target=work, args=(context, "slow", 0.05)),
    ]
    for thread in threads:
        thread.start()

    with context.socket(zmq.DEALER) as client:
        client.connect("inproc://clients")
        for number in range(24):
            client.send_multipart([b"", b"task %d" % number])
        for _ in range(24):
            client.recv_multipart()
    print("tasks done:", sum(done.values()))
    print("the fast worker did most of them:", done[b"fast"] > done[b"slow"])
    context.term()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
