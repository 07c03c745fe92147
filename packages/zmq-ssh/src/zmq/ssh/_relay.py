"""Passing bytes between a local connection and a channel of ssh."""

from __future__ import annotations

import logging
import socket
import threading
from typing import Callable, Protocol

_CHUNK = 65536
_logger = logging.getLogger("zmq.ssh")


class Channel(Protocol):
    """What is used of `paramiko.Channel`."""

    def recv(self, nbytes: int, /) -> bytes:
        """Wait for bytes; none at the end of the stream."""
        ...

    def sendall(self, s: bytes, /) -> None:
        """Send all bytes."""
        ...

    def shutdown_write(self) -> None:
        """Tell the other side that nothing more comes."""
        ...

    def close(self) -> None:
        """Close both directions."""
        ...


class Relay:
    """A connection and a channel, and one thread for each direction.

    With one for both, each side could wait for the other to read.
    """

    def __init__(self, connection: socket.socket, channel: Channel) -> None:
        self._connection = connection
        self._channel = channel

    def run(self) -> None:
        """Pass on bytes until both directions have ended, then close both sides."""
        back = threading.Thread(
            target=self._guard, args=(self._inwards,), name="zmq.ssh relay", daemon=True
        )
        back.start()
        self._guard(self._outwards)
        back.join()
        self.close()

    def close(self) -> None:
        """Close both sides, which ends both directions."""
        try:
            self._channel.close()
        except Exception as error:
            # The server is gone, and cannot be told; the local side is closed still.
            _logger.debug("a channel was closed without the server: %s", error)
        try:
            # closing alone would not wake the thread that reads
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def _guard(self, direction: Callable[[], None]) -> None:
        try:
            direction()
        except Exception as error:
            # One side is gone, so the other has to go. The errors of paramiko cannot be
            # named without importing it.
            _logger.debug("a connection ended: %s", error)
            self.close()

    def _outwards(self) -> None:
        while True:
            data = self._connection.recv(_CHUNK)
            if not data:
                break
            self._channel.sendall(data)
        self._channel.shutdown_write()

    def _inwards(self) -> None:
        while True:
            data = self._channel.recv(_CHUNK)
            if not data:
                break
            self._connection.sendall(data)
        self._connection.shutdown(socket.SHUT_WR)
