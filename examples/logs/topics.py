"""Choose by topic: levels, parts of a program, and a logger that knows topics."""

import logging

import zmq
from zmq.log import PUBHandler, TopicLogger


def main() -> None:
    """Log once, and let three subscribers take what they want."""
    with zmq.Context() as context:
        publisher = context.socket(zmq.XPUB)
        publisher.bind("inproc://log")
        subscribers = {}
        for topic in ("shop.", "shop.ERROR", "shop.INFO.till"):
            subscribers[topic] = context.socket(zmq.SUB)
            subscribers[topic].connect("inproc://log")
            subscribers[topic].subscribe(topic)
            publisher.recv()  # the subscription has arrived

        handler = PUBHandler(publisher, root_topic="shop")
        handler.setFormatter(logging.Formatter("%(message)s"))
        log = TopicLogger("shop")
        log.addHandler(handler)
        log.info("door", "open")
        log.info("till.3", "customer %d has paid", 7)
        log.error("till.3", "no paper")
        logging.getLogger("plain").addHandler(handler)
        logging.getLogger("plain").error("till.4::no money")

        for topic, subscriber in subscribers.items():
            print(f"{topic}*")
            while subscriber.poll(0):
                found, text = subscriber.recv_multipart()
                print(f"    {found.decode()}: {text.decode()}")
        handler.close()
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
