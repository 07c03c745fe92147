"""Whose socket the handler sends through: one of its own, or one of the program."""

from __future__ import annotations

import os
import time
from typing import Any, Protocol

import zmq

from ._inheritance import close_inherited, is_served

LINGER_MS = 1000
"""How long `close` waits at most until the last records have left."""

RETRY_S = 1.0
"""How often a child process tries to bind an address that is taken."""

AnySocket = zmq.Socket[Any]
AnyContext = zmq.Context[Any]


class Publisher(Protocol):
    """What the handler needs of the holder of its socket."""

    context: AnyContext
    socket: AnySocket
    retired: bool

    def usable(self) -> AnySocket | None:
        """Return the socket to send through, or None while there is none."""
        ...

    def retire(self) -> bool:
        """Have no socket from now on; return whether this one is to be closed."""
        ...

    def close(self) -> None:
        """Let go of the socket. It may take a while."""
        ...


class BorrowedPublisher:
    """A socket that the program made, bound and will close."""

    retired = False

    def __init__(self, socket: AnySocket, context: AnyContext | None) -> None:
        self.socket = socket
        made_in: Any = socket.context
        self.context: AnyContext = made_in if context is None else context
        self._pid = os.getpid()
        # Sockets of asynchronous flavours return futures; their shadow just sends.
        plain = type(socket) is zmq.Socket
        self._sender: AnySocket = socket if plain else zmq.Socket.shadow(socket)

    def usable(self) -> AnySocket | None:
        """Return the socket, or None in a child process, which must not use it."""
        return self._sender if os.getpid() == self._pid else None

    def retire(self) -> bool:
        """Stay usable: the program closes its socket when it wants to."""
        return False

    def close(self) -> None:
        """Do nothing, for the same reason."""


class OwnPublisher:
    """A PUB socket bound to an address, made again after a fork.

    :param address: where to bind.
    :param context: the program's context, or None for one of our own. Then ending the
        program's context need not wait for this socket; except for inproc, which
        reaches only sockets of the same context, hence the process-wide instance.
    :param sndhwm: how many messages may wait for each subscriber.
    """

    def __init__(self, address: str, context: AnyContext | None, sndhwm: int) -> None:
        self._address = address
        self._sndhwm = sndhwm
        self.retired = False
        self._retry_at = 0.0
        self._open(context)

    def usable(self) -> AnySocket | None:
        """Return the socket, bound anew in a child process where that is possible."""
        if self.retired:
            return None
        if os.getpid() != self._pid and not self._reopen():
            return None
        return self.socket

    def retire(self) -> bool:
        """Have no socket from now on; return whether this process is to close it."""
        first = not self.retired
        self.retired = True
        return first and os.getpid() == self._pid

    def close(self) -> None:
        """Close the socket; wait a second at most for what is still queued."""
        self.socket.close(linger=LINGER_MS)
        if self._private:
            # not term(), which would wait for sockets others made of this context
            self.context.destroy(linger=LINGER_MS)

    def _open(self, given: AnyContext | None) -> None:
        private = given is None and not self._address.startswith("inproc:")
        context = _new_context(self._address) if given is None else given
        socket = context.socket(zmq.PUB)
        try:
            socket.sndhwm = self._sndhwm
            socket.bind(self._address)
        except BaseException:
            socket.close(linger=0)
            if private:
                context.term()
            raise
        self.context: AnyContext = context
        self.socket: AnySocket = socket
        self._private = private
        self._pid = self._heir = os.getpid()
        # a child cannot ask the socket any more
        self._endpoint = socket.last_endpoint.decode()

    def _reopen(self) -> bool:
        now = time.monotonic()
        if now < self._retry_at:
            return False
        if self._heir != os.getpid():
            self._heir = os.getpid()
            close_inherited(self._endpoint)
        self._retry_at = now + RETRY_S
        if is_served(self._address):
            return False
        try:
            self._open(None)
        except zmq.ZMQError:
            # the parent lives on and holds the address
            return False
        return True


def _new_context(address: str) -> AnyContext:
    if address.startswith("inproc:"):
        return zmq.Context.instance()  # pyright: ignore[reportUnknownVariableType]
    return zmq.Context()
