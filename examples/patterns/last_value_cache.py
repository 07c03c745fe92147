"""Last-value cache: a new subscriber gets the last message of its topics at once.

The cache stands between publishers and subscribers. It is an XPUB, which receives
subscriptions: for each of them it sends what it knows about that topic.
"""

import threading

import zmq


def cache(frontend: "zmq.Socket[bytes]", backend: "zmq.Socket[bytes]") -> None:
    """Forward messages, remember the last of each topic, greet new subscribers."""
    last: dict[bytes, list[bytes]] = {}
    poller = zmq.Poller()
    poller.register(frontend, zmq.POLLIN)
    poller.register(backend, zmq.POLLIN)
    with frontend, backend:
        try:
            while True:
                ready = dict(poller.poll())
                if frontend in ready:
                    message = frontend.recv_multipart()
                    last[message[0]] = message
                    backend.send_multipart(message)
                if backend in ready:
                    event = backend.recv()
                    topic = event[1:]
                    if event[:1] == b"\x01":  # a subscription, not the end of one
                        for name, message in last.items():
                            if name.startswith(topic):
                                backend.send_multipart(message)
        except zmq.ContextTerminated:
            pass


def main() -> None:
    """Publish before anybody has subscribed."""
    context = zmq.Context()
    frontend, backend = context.socket(zmq.SUB), context.socket(zmq.XPUB)
    frontend.subscribe("")
    frontend.bind("inproc://publishers")
    backend.xpub_verbose = True  # tell of every subscriber, not of the first only
    port = backend.bind_to_random_port("tcp://127.0.0.1")
    thread = threading.Thread(target=cache, args=(frontend, backend))
    thread.start()

    # An XPUB may wait until the cache's subscription has arrived; a PUB may not.
    publisher = context.socket(zmq.XPUB)
    publisher.connect("inproc://publishers")
    publisher.recv()
    for price in ("11.20", "11.25", "11.30"):
        publisher.send_multipart([b"price.tea", price.encode()])

    for name in ("early", "late"):
        with context.socket(zmq.SUB) as subscriber:
            subscriber.connect(f"tcp://127.0.0.1:{port}")
            subscriber.subscribe("price.")
            if name == "early":  # wait until the cache has got the last price
                while subscriber.recv_multipart()[1] != b"11.30":
                    pass
                print("the early subscriber has seen the last price")
            else:
                topic, price = subscriber.recv_multipart()
                print(f"the late one begins with {topic.decode()} = {price.decode()}")

    publisher.close()
    context.term()
    thread.join()


if __name__ == "__main__":
    main()
