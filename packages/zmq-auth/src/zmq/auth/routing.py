"""Answering ZAP requests many at a time, in any event loop."""

from __future__ import annotations

from typing import Any

import zmq

from . import zap
from .base import Authenticator


class RoutingAuthenticator(Authenticator):
    """An authenticator whose clients do not wait for each other.

    Its socket is a ROUTER, which libzmq's requests do not tell from a REP: with that a
    provider that takes its time for one client does not hold up the next.
    """

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        encoding: str = "utf-8",
        log: Any = None,
    ) -> None:
        super().__init__(context, encoding, log)
        self._pending: set[Any] = set()  # what answers a request now

    def _socket_class(self) -> type[zmq.Socket[Any]]:
        """Return the class of `zap_socket`, whose calls can be awaited."""
        raise NotImplementedError

    def _answer_soon(self, message: list[bytes]) -> None:
        """Have a task answer a request, by `handle_zap_message`."""
        raise NotImplementedError

    def _abandon(self) -> None:
        """Give up the requests that are not answered yet."""
        raise NotImplementedError

    def _open_socket(self) -> zmq.Socket[Any]:
        socket: zmq.Socket[Any] = self.context.socket(
            zmq.ROUTER, socket_class=self._socket_class()
        )
        return socket

    async def _send(self, frames: list[bytes]) -> None:
        sending: Any = self.zap_socket.send_multipart(frames)
        await sending

    async def _serve(self) -> None:
        """Answer until cancelled, or until the socket or its context is closed.

        After any other error the socket stays open: libzmq may let everybody in when
        nobody is there to be asked, but it waits for an answer that does not come.
        """
        socket: Any = self.zap_socket
        try:
            while True:
                self._dispatch(await socket.recv_multipart())
        except zmq.ZMQError as error:
            if not socket.closed and error.errno != zmq.ETERM:
                self.log.critical("nobody is let in any more: %s", error)
                raise
        finally:
            self._abandon()

    def _dispatch(self, frames: list[bytes]) -> None:
        try:
            message = zap.split_envelope(frames)
        except zap.ProtocolError as error:
            self.log.error("dropped a message that is no ZAP request: %s", error)
            self._counts.invalid()
            return
        self._answer_soon(message)
