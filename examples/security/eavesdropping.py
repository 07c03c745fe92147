"""What somebody on the way can read: all of NULL and PLAIN, nothing of CURVE.

A spy stands between client and server, as a router does, and looks at the bytes.
"""

from __future__ import annotations

import socket
import threading

import zmq
from zmq.auth.thread import ThreadAuthenticator

SECRET = b"the cake is in the cupboard"
PASSWORD = b"open sesame"


class Spy:
    """Passes bytes on between a client and a server, and keeps them."""

    def __init__(self, server_port: int) -> None:
        self.seen = bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._server_port = server_port
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        with self._listener:
            client, _ = self._listener.accept()
        server = socket.create_connection(("127.0.0.1", self._server_port))
        threads = [
            threading.Thread(target=self._pass_on, args=ends)
            for ends in ((client, server), (server, client))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        client.close()
        server.close()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(4096):
                self.seen += data
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # one of them is gone
            pass


def plain(server: zmq.Socket[bytes], client: zmq.Socket[bytes]) -> None:
    """Set a name and a password."""
    server.plain_server = True
    client.plain_username = b"ada"
    client.plain_password = PASSWORD


def curve(server: zmq.Socket[bytes], client: zmq.Socket[bytes]) -> None:
    """Set keys."""
    server_public, server.curve_secretkey = zmq.curve_keypair()
    server.curve_server = True
    client.curve_serverkey = server_public
    client.curve_publickey, client.curve_secretkey = zmq.curve_keypair()


def main() -> None:
    """Send a secret over each kind of connection."""
    context = zmq.Context()
    auth = ThreadAuthenticator(context)
    auth.start()
    auth.configure_plain("*", {"ada": PASSWORD.decode()})
    auth.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    for prepare in (None, plain, curve):
        server, client = context.socket(zmq.PULL), context.socket(zmq.PUSH)
        if prepare is not None:
            prepare(server, client)
        spy = Spy(server.bind_to_random_port("tcp://127.0.0.1"))
        client.connect(f"tcp://127.0.0.1:{spy.port}")
        client.send(SECRET)
        assert server.recv() == SECRET
        name = zmq.SecurityMechanism(server.mechanism).name
        print(f"{name}: the spy has read the secret: {SECRET in spy.seen}", end="")
        print(f", a password: {PASSWORD in spy.seen}")
        client.close()
        server.close()
    auth.stop()
    context.term()


if __name__ == "__main__":
    main()
