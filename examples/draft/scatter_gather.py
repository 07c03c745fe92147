"""SCATTER and GATHER: a pipeline like PUSH and PULL, whose ends threads may share."""

import threading

import zmq

THREADS, TASKS = 4, 25


def produce(scatter: "zmq.Socket[bytes]") -> None:
    """Send tasks; the other threads do so at the same time, with the same socket."""
    for number in range(TASKS):
        scatter.send(b"%d" % number)


def main() -> None:
    """Send from four threads through one socket, and count what arrives."""
    with zmq.Context() as context:
        scatter, gather = context.socket(zmq.SCATTER), context.socket(zmq.GATHER)
        gather.bind("inproc://tasks")
        scatter.connect("inproc://tasks")
        threads = [
            threading.Thread(target=produce, args=(scatter,)) for _ in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        total = sum(int(gather.recv()) for _ in range(THREADS * TASKS))
        for thread in threads:
            thread.join()
        print(f"{THREADS * TASKS} tasks, their sum is {total}")
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
