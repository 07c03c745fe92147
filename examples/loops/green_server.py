"""gevent: blocking code in greenlets, many at a time in one thread."""

from __future__ import annotations

import gevent

import zmq.green as zmq


def serve(server: zmq.Socket) -> None:
    """Square numbers until there is an empty request."""
    while request := server.recv():
        server.send(b"%d" % int(request) ** 2)
    server.send(b"bye")


def ask(context: zmq.Context, numbers: range) -> int:
    """Ask for some squares, and add them up."""
    with context.socket(zmq.REQ) as client:
        client.connect("inproc://squares")
        total = 0
        for number in numbers:
            client.send(b"%d" % number)
            total += int(client.recv())  # other greenlets run meanwhile
        return total


def main() -> None:
    """Run a server and ten clients as greenlets."""
    with zmq.Context() as context, context.socket(zmq.REP) as server:
        server.bind("inproc://squares")
        serving = gevent.spawn(serve, server)
        clients = [gevent.spawn(ask, context, range(n, 100, 10)) for n in range(10)]
        gevent.joinall(clients, timeout=20)
        print("the sum of the squares is", sum(client.value for client in clients))
        with context.socket(zmq.REQ) as last:
            last.connect("inproc://squares")
            last.send(b"")
            print(last.recv().decode())
        serving.join(timeout=5)


if __name__ == "__main__":
    main()
