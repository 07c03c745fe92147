"""Slow joiners: what a PUB sends too early is lost, and three ways to wait."""

import threading

import zmq

Sock = "zmq.Socket[bytes]"


def subscribe(context: "zmq.Context[zmq.Socket[bytes]]", port: int) -> Sock:
    """Return a subscriber of everything, whose connection has only begun."""
    subscriber = context.socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.connect(f"tcp://127.0.0.1:{port}")
    subscriber.subscribe("")
    return subscriber


def too_early(context: "zmq.Context[zmq.Socket[bytes]]") -> str:
    """Publish right after the subscriber has called connect()."""
    with context.socket(zmq.PUB) as publisher:
        port = publisher.bind_to_random_port("tcp://127.0.0.1")
        with subscribe(context, port) as subscriber:
            publisher.send(b"first")
            return "received" if subscriber.poll(200) else "lost"


def wait_for_subscriptions(context: "zmq.Context[zmq.Socket[bytes]]") -> str:
    """Let the publisher wait: an XPUB receives the subscriptions."""
    with context.socket(zmq.XPUB) as publisher:
        port = publisher.bind_to_random_port("tcp://127.0.0.1")
        with subscribe(context, port) as subscriber:
            assert publisher.recv() == b"\x01"  # subscribed to the empty topic
            publisher.send(b"first")
            return subscriber.recv().decode()


def welcome(context: "zmq.Context[zmq.Socket[bytes]]") -> str:
    """Let the subscriber wait: the publisher greets everybody who connects."""
    with context.socket(zmq.XPUB) as publisher:
        publisher.set(zmq.XPUB_WELCOME_MSG, b"welcome")
        port = publisher.bind_to_random_port("tcp://127.0.0.1")
        with subscribe(context, port) as subscriber:
            # An XPUB greets only when it is used or polled. This also waits for the
            # subscription, which may come a moment after the greeting has left.
            publisher.poll(5000)
            assert subscriber.recv() == b"welcome"
            publisher.send(b"first")
            return subscriber.recv().decode()


def report_ready(context: "zmq.Context[zmq.Socket[bytes]]") -> str:
    """Have subscribers report, on a second socket, that they get what is published."""
    with context.socket(zmq.PUB) as publisher, context.socket(zmq.PULL) as reports:
        port = publisher.bind_to_random_port("tcp://127.0.0.1")
        reports_port = reports.bind_to_random_port("tcp://127.0.0.1")
        received: list[str] = []

        def run() -> None:
            with (
                subscribe(context, port) as subscriber,
                context.socket(zmq.PUSH) as report,
            ):
                report.connect(f"tcp://127.0.0.1:{reports_port}")
                while subscriber.recv() != b"ping":
                    pass
                report.send(b"ready")
                while (message := subscriber.recv()) == b"ping":
                    pass
                received.append(message.decode())

        thread = threading.Thread(target=run)
        thread.start()
        while not reports.poll(10):
            publisher.send(b"ping")
        publisher.send(b"first")
        thread.join()
        return received[0]


def main() -> None:
    """Try all of them."""
    with zmq.Context() as context:
        print("without waiting:", too_early(context))
        print("waiting for subscriptions:", wait_for_subscriptions(context))
        print("a welcome message:", welcome(context))
        print("subscribers report:", report_ready(context))


if __name__ == "__main__":
    main()
