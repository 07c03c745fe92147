"""Answering ZAP requests with asyncio, many at a time."""

from __future__ import annotations

import asyncio

import zmq.asyncio

from .routing import RoutingAuthenticator


class ConcurrentAuthenticator(RoutingAuthenticator):
    """An authenticator that answers each request in a task of asyncio's."""

    zap_socket: zmq.asyncio.Socket  # pyright: ignore[reportIncompatibleVariableOverride]
    _pending: set[asyncio.Task[None]]

    def _socket_class(self) -> type[zmq.asyncio.Socket]:
        return zmq.asyncio.Socket

    def _answer_soon(self, message: list[bytes]) -> None:
        task = asyncio.ensure_future(self.handle_zap_message(message))
        self._pending.add(task)
        task.add_done_callback(self._forget_task)

    def _forget_task(self, task: asyncio.Task[None]) -> None:
        self._pending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.log.error("could not answer a ZAP request", exc_info=task.exception())

    def _abandon(self) -> None:
        for task in self._pending:
            task.cancel()

    async def _finish(self) -> None:
        """Wait for what was given up, and close the socket."""
        await asyncio.gather(*self._pending, return_exceptions=True)
        self._close_socket()
