"""End at a signal: finish what was begun, refuse nothing silently, and go.

Process managers (systemd, Docker, Kubernetes) send SIGTERM, and kill what is still
there some seconds later.
"""

import multiprocessing
import os
import signal
import socket
from multiprocessing.connection import Connection

import zmq


def serve(starter: Connection) -> None:
    """Say the address, and answer requests until SIGTERM or Ctrl-C."""
    # A signal handler must not touch sockets. It wakes the poller by a byte.
    wakeup, signalled = socket.socketpair()
    signalled.setblocking(False)
    signal.set_wakeup_fd(signalled.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    with zmq.Context() as context, context.socket(zmq.REP) as server:
        server.linger = 1000  # ms for the last reply to leave
        server.bind("tcp://127.0.0.1:*")
        starter.send(server.last_endpoint.decode())
        poller = zmq.Poller()
        poller.register(server, zmq.POLLIN)
        poller.register(wakeup, zmq.POLLIN)
        while True:
            ready = dict(poller.poll())
            if server in ready:
                request = server.recv_string()
                server.send_string(f"{request} is done")
            elif wakeup.fileno() in ready:  # only when nothing is left to do
                name = signal.Signals(wakeup.recv(1)[0]).name
                print(f"{name}: the server ends", flush=True)
                break
    signal.set_wakeup_fd(-1)
    wakeup.close()
    signalled.close()


def main() -> None:
    """Start a server, ask it something, and end it."""
    ours, starter = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(starter,))
    process.start()
    with zmq.Context() as context, context.socket(zmq.REQ) as client:
        client.connect(ours.recv())
        client.send_string("the first task")
        print(client.recv_string(), flush=True)  # before what the server prints
        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
        process.join(10)
    print("exit status", process.exitcode)


if __name__ == "__main__":
    main()
