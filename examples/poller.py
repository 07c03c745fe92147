"""Wait for several sockets, and for one that is not ZeroMQ's, at the same time."""

import socket

import zmq


def main() -> None:
    """Print from where each message came, in the order of arrival."""
    plain_end, other_end = socket.socketpair()
    context = zmq.Context()
    tasks, boss = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    with context, tasks, boss, plain_end, other_end:
        tasks.bind("inproc://tasks")
        boss.connect("inproc://tasks")

        poller = zmq.Poller()
        poller.register(tasks, zmq.POLLIN)
        poller.register(plain_end, zmq.POLLIN)

        print("nobody sent anything:", poller.poll(timeout=50))
        boss.send(b"sweep the floor")
        for readable, _ in poller.poll(timeout=1000):
            assert readable is tasks
            print("a task:", tasks.recv().decode())
        other_end.send(b"ping")
        for readable, _ in poller.poll(timeout=1000):
            # What is not a ZeroMQ socket is reported by its file descriptor.
            assert readable == plain_end.fileno()
            print("from a plain socket:", plain_end.recv(100).decode())


if __name__ == "__main__":
    main()
