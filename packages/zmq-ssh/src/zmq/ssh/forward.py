"""Forwarding a local port through a connection of paramiko."""

from __future__ import annotations

import logging
import socket
import socketserver
import sys
import threading
from typing import Any, Protocol

from ._relay import Channel, Relay

__all__ = ["ForwardServer", "Handler", "Transport", "forward_tunnel"]

_logger = logging.getLogger("zmq.ssh")


class Transport(Protocol):
    """What is used of `paramiko.Transport`: any connected one will do."""

    def open_channel(
        self, kind: str, dest_addr: tuple[str, int], src_addr: tuple[str, int], /
    ) -> Channel:
        """Open a channel, or raise an exception of paramiko."""
        ...

    def is_active(self) -> bool:
        """Whether the connection still stands."""
        ...


class Handler(socketserver.BaseRequestHandler):
    """Serves one local connection; derive a class that has the three attributes."""

    chain_host: str
    """The remote host, as seen from the server."""

    chain_port: int
    """The remote port."""

    ssh_transport: Transport
    """The connection to the server."""

    def handle(self) -> None:
        """Pass bytes to and fro until both sides have ended."""
        target = (self.chain_host, self.chain_port)
        try:
            channel = self.ssh_transport.open_channel(
                "direct-tcpip", target, self.client_address[:2]
            )
        except Exception as error:
            # paramiko's exceptions cannot be named without importing it
            _logger.error("no connection to %s:%s: %s", *target, error)
            return
        relay = Relay(self.request, channel)
        if isinstance(self.server, ForwardServer):
            self.server.run_relay(relay)
        else:
            relay.run()


class ForwardServer(socketserver.ThreadingTCPServer):
    """Listens on a local port, and serves each connection in a thread of its own.

    `server_close` ends these connections, and waits for their threads.
    """

    # so that a program can exit without closing the server
    daemon_threads: bool = True
    # on Windows this would let others listen on the same port
    allow_reuse_address: bool = sys.platform != "win32"

    def __init__(
        self,
        server_address: tuple[str, int],
        RequestHandlerClass: type[socketserver.BaseRequestHandler],  # noqa: N803
        bind_and_activate: bool = True,
    ) -> None:
        self._serving: set[threading.Thread] = set()
        self._relays: set[Relay] = set()
        self._closing = False
        self._bookkeeping = threading.Lock()
        super().__init__(server_address, RequestHandlerClass, bind_and_activate)

    def run_relay(self, relay: Relay) -> None:
        """Run a relay that ends when the server is closed."""
        with self._bookkeeping:
            if self._closing:
                relay.close()
                return
            self._relays.add(relay)
        try:
            relay.run()
        finally:
            with self._bookkeeping:
                self._relays.discard(relay)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection in a new thread."""
        thread = threading.Thread(
            target=self._serve_one,
            args=(request, client_address),
            name="zmq.ssh connection",
            daemon=True,
        )
        with self._bookkeeping:
            self._serving.add(thread)
        thread.start()

    def server_close(self) -> None:
        """Stop listening, end all connections, and wait for their threads."""
        super().server_close()
        with self._bookkeeping:
            self._closing = True
            relays, threads = list(self._relays), list(self._serving)
        for relay in relays:
            relay.close()
        for thread in threads:
            thread.join()

    def handle_error(
        self,
        request: Any,  # noqa: ARG002 - socketserver's signature
        client_address: Any,
    ) -> None:
        """Log what a connection failed of; the others go on."""
        _logger.exception("connection from %s failed", client_address)

    def _serve_one(self, request: socket.socket, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._bookkeeping:
                self._serving.discard(threading.current_thread())


def forward_tunnel(
    local_port: int, remote_host: str, remote_port: int, transport: Transport
) -> None:
    """Forward a local port until the process ends or is interrupted.

    :param local_port: the port of 127.0.0.1 to listen on.
    :param remote_host: the host to connect to, as seen from the server.
    :param remote_port: its port.
    :param transport: a connected and authenticated `paramiko.Transport`.
    :raises OSError: when the local port is taken.
    """
    handler = handler_class(remote_host, remote_port, transport)
    with ForwardServer(("127.0.0.1", local_port), handler) as server:
        server.serve_forever()


def handler_class(host: str, port: int, transport: Transport) -> type[Handler]:
    """Return a `Handler` class for one target."""
    attributes = {"chain_host": host, "chain_port": port, "ssh_transport": transport}
    return type("BoundHandler", (Handler,), attributes)
