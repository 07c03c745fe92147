"""A forwarder: publishers and subscribers that know one address, and not each other."""

import zmq
from zmq.devices import ThreadProxy


def main() -> None:
    """Pass the news of two publishers on to two subscribers."""
    forwarder = ThreadProxy(zmq.XSUB, zmq.XPUB)
    to_publishers = forwarder.bind_in_to_random_port("tcp://127.0.0.1")
    to_subscribers = forwarder.bind_out_to_random_port("tcp://127.0.0.1")
    forwarder.start()

    with zmq.Context() as context:
        publishers = [context.socket(zmq.XPUB) for _ in range(2)]
        for publisher in publishers:
            publisher.connect(f"tcp://127.0.0.1:{to_publishers}")
        subscribers = {topic: context.socket(zmq.SUB) for topic in ("sports", "")}
        for topic, subscriber in subscribers.items():
            subscriber.connect(f"tcp://127.0.0.1:{to_subscribers}")
            subscriber.subscribe(topic)
            for publisher in publishers:
                # The forwarder passes subscriptions on, to every publisher.
                print("a publisher hears of the subscription to", publisher.recv()[1:])

        publishers[0].send_multipart([b"weather", b"sunny"])
        print("everything:", subscribers[""].recv_multipart())
        publishers[1].send_multipart([b"sports", b"2:1"])
        print("everything:", subscribers[""].recv_multipart())
        print("sports only:", subscribers["sports"].recv_multipart())
        context.destroy(linger=0)
    forwarder.stop()
    forwarder.join(timeout=5)


if __name__ == "__main__":
    main()
