"""Publish and subscribe: each subscriber receives the topics it asked for."""

import threading

import zmq


def subscribe(
    subscriber: "zmq.Socket[bytes]", name: str, received: "list[str]"
) -> None:
    """Collect messages until the one that says it is over."""
    with subscriber:
        while True:
            topic, message = subscriber.recv_multipart()
            if topic == b"over":
                break
            received.append(f"{name} got {topic.decode()}: {message.decode()}")


def main() -> None:
    """Publish to two subscribers and print what each of them got."""
    with zmq.Context() as context, context.socket(zmq.XPUB) as publisher:
        port = publisher.bind_to_random_port("tcp://127.0.0.1")
        # Tell of every subscription, also of one that somebody else has already.
        publisher.xpub_verbose = True
        received: list[str] = []
        threads = []
        for name, topics in (("reader", ["news"]), ("fan", ["news", "sports"])):
            subscriber = context.socket(zmq.SUB)
            subscriber.connect(f"tcp://127.0.0.1:{port}")
            for topic in (*topics, "over"):
                subscriber.subscribe(topic)
                # An XPUB socket receives the subscriptions. Having waited for them,
                # nothing is published before those who want it are there.
                publisher.recv()
            thread = threading.Thread(
                target=subscribe, args=(subscriber, name, received)
            )
            thread.start()
            threads.append(thread)
        publisher.send_multipart([b"news", b"it rains"])
        publisher.send_multipart([b"sports", b"two to one"])
        publisher.send_multipart([b"over", b""])
        for thread in threads:
            thread.join()
        print("\n".join(sorted(received)))


if __name__ == "__main__":
    main()
