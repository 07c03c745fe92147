"""Threads that share nothing: each has a socket of its own, and inproc joins them."""

import threading

import zmq

THREADS = 4


def work(context: "zmq.Context[zmq.Socket[bytes]]", ready: threading.Barrier) -> None:
    """Take requests, until the one that is empty."""
    with context.socket(zmq.REP) as worker:
        worker.connect("inproc://workers")
        ready.wait(5)
        while request := worker.recv():
            worker.send(b"%d" % int(request) ** 2)
        worker.send(b"")


def main() -> None:
    """Share out requests to the threads, and collect the replies."""
    with zmq.Context() as context, context.socket(zmq.DEALER) as boss:
        boss.bind("inproc://workers")
        ready = threading.Barrier(THREADS + 1)
        threads = [
            threading.Thread(target=work, args=(context, ready)) for _ in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        ready.wait(5)  # until all have connected
        for number in range(100):
            boss.send_multipart([b"", b"%d" % number])  # REP wants an empty frame
        replies = [int(boss.recv_multipart()[1]) for _ in range(100)]
        print("the sum of the squares is", sum(replies))
        for _ in threads:
            boss.send_multipart([b"", b""])  # in turn, so each gets one
        for thread in threads:
            thread.join()
        print(f"{len(threads)} threads have ended")


if __name__ == "__main__":
    main()
