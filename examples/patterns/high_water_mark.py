"""High-water marks: which sockets wait, which drop, and how to see it.

Over inproc there is one queue between two sockets: it holds the sum of both marks.
"""

import zmq


def pair(
    context: "zmq.Context[zmq.Socket[bytes]]", sender: int, receiver: int
) -> "tuple[zmq.Socket[bytes], zmq.Socket[bytes]]":
    """Return two connected sockets that queue ten messages between them."""
    out, back = context.socket(sender), context.socket(receiver)
    out.linger = 0
    out.sndhwm = back.rcvhwm = 5
    return out, back


def push_waits(context: "zmq.Context[zmq.Socket[bytes]]") -> None:
    """PUSH, DEALER, REQ and PAIR wait; a time-out or DONTWAIT makes that an error."""
    push, pull = pair(context, zmq.PUSH, zmq.PULL)
    with push, pull:
        pull.bind("inproc://push")
        push.connect("inproc://push")
        sent = 0
        try:
            while True:
                push.send(b"x", zmq.DONTWAIT)
                sent += 1
        except zmq.Again:
            print(f"PUSH: would wait after {sent} messages")


def pub_drops(context: "zmq.Context[zmq.Socket[bytes]]") -> None:
    """PUB drops what does not fit, for that subscriber, and says nothing."""
    for nodrop in (False, True):
        publisher, subscriber = pair(context, zmq.XPUB, zmq.SUB)
        with publisher, subscriber:
            publisher.xpub_nodrop = nodrop
            publisher.bind(f"inproc://pub-{nodrop}")
            subscriber.connect(f"inproc://pub-{nodrop}")
            subscriber.subscribe("")
            publisher.recv()
            refused = 0
            for _ in range(100):
                try:
                    publisher.send(b"x", zmq.DONTWAIT)
                except zmq.Again:
                    refused += 1
            received = 0
            while subscriber.poll(0):
                subscriber.recv()
                received += 1
            option = "with XPUB_NODROP" if nodrop else "by default"
            print(f"XPUB {option}: {received} of 100 arrive, {refused} sends refused")


def router_drops(context: "zmq.Context[zmq.Socket[bytes]]") -> None:
    """ROUTER drops what it cannot route, unless it is told to complain."""
    with context.socket(zmq.ROUTER) as router:
        router.send_multipart([b"nobody", b"hello"])
        print("ROUTER by default: a message for an unknown peer is dropped")
        router.router_mandatory = True
        try:
            router.send_multipart([b"nobody", b"hello"])
        except zmq.ZMQError as error:
            print(
                "ROUTER with ROUTER_MANDATORY:",
                "EHOSTUNREACH" if error.errno == zmq.EHOSTUNREACH else error,
            )


def conflate_keeps_the_last(context: "zmq.Context[zmq.Socket[bytes]]") -> None:
    """CONFLATE keeps one message: the last one. It is for single frames only."""
    with context.socket(zmq.PUSH) as push, context.socket(zmq.PULL) as pull:
        pull.conflate = push.conflate = True  # over tcp, on either side
        pull.bind("inproc://conflate")
        push.connect("inproc://conflate")
        for number in range(100):
            push.send(b"%d" % number)
        print("PULL with CONFLATE:", pull.recv().decode(), "is all that is left")


def main() -> None:
    """Fill the queues of four kinds of sockets."""
    with zmq.Context() as context:
        push_waits(context)
        pub_drops(context)
        router_drops(context)
        conflate_keeps_the_last(context)


if __name__ == "__main__":
    main()
