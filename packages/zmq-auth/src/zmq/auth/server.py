"""Answering ZAP requests with asyncio, many at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import zmq
import zmq.asyncio

from . import zap
from .base import Authenticator


class ConcurrentAuthenticator(Authenticator):
    """An authenticator whose clients do not wait for each other.

    Its socket is a ROUTER, which libzmq's requests do not tell from a REP: with that a
    provider that takes its time for one client does not hold up the next.
    """

    zap_socket: zmq.asyncio.Socket  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        encoding: str = "utf-8",
        log: Any = None,
    ) -> None:
        super().__init__(context, encoding, log)
        self._pending: set[asyncio.Task[None]] = set()

    def _open_socket(self) -> zmq.asyncio.Socket:
        socket: zmq.asyncio.Socket = self.context.socket(
            zmq.ROUTER, socket_class=zmq.asyncio.Socket
        )
        return socket

    async def _send(self, frames: list[bytes]) -> None:
        await self.zap_socket.send_multipart(frames)

    async def _serve(self) -> None:
        """Answer until cancelled, or until the socket or its context is closed.

        After any other error the socket stays open: libzmq may let everybody in when
        nobody is there to be asked, but it waits for an answer that does not come.
        """
        socket = self.zap_socket
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
        task = asyncio.ensure_future(self.handle_zap_message(message))
        self._pending.add(task)
        task.add_done_callback(self._forget_task)

    def _forget_task(self, task: asyncio.Task[None]) -> None:
        self._pending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.log.error("could not answer a ZAP request", exc_info=task.exception())

    def _abandon(self) -> None:
        """Give up the requests that are not answered yet."""
        for task in self._pending:
            task.cancel()

    async def _finish(self) -> None:
        """Wait for what was given up, and close the socket."""
        await asyncio.gather(*self._pending, return_exceptions=True)
        self._close_socket()
