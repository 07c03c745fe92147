"""A streamer: many sources of tasks, many workers, one place where they meet."""

from __future__ import annotations

from collections import Counter

import zmq
from zmq.devices import ThreadDevice


def main() -> None:
    """Send tasks from two sources to two workers."""
    streamer = ThreadDevice(zmq.STREAMER, zmq.PULL, zmq.PUSH)
    for_sources = streamer.bind_in_to_random_port("tcp://127.0.0.1")
    for_workers = streamer.bind_out_to_random_port("tcp://127.0.0.1")
    streamer.start()

    with zmq.Context() as context:
        workers = [context.socket(zmq.PULL) for _ in range(2)]
        for worker in workers:
            # Connected before there are tasks, so that each gets its share.
            with worker.monitor_events(zmq.Event.HANDSHAKE_SUCCEEDED) as events:
                worker.connect(f"tcp://127.0.0.1:{for_workers}")
                events.get(5000)
        sources = [context.socket(zmq.PUSH) for _ in range(2)]
        for first, source in enumerate(sources):
            source.connect(f"tcp://127.0.0.1:{for_sources}")
            for number in range(first, 20, 2):
                source.send_json(number)

        poller = zmq.Poller()
        for worker in workers:
            poller.register(worker, zmq.POLLIN)
        shares: Counter[int] = Counter()
        numbers: set[int] = set()
        while len(numbers) < 20:
            for worker, _ in poller.poll(5000):
                numbers.add(worker.recv_json())
                shares[workers.index(worker)] += 1
        print("all tasks have arrived:", numbers == set(range(20)))
        print("both workers had some:", len(shares) == 2)
        context.destroy(linger=0)
    streamer.stop()
    streamer.join(timeout=5)


if __name__ == "__main__":
    main()
