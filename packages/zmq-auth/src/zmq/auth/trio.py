"""An authenticator that runs in trio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zmq

try:
    import trio

    import zmq.trio
except ImportError as _error:
    raise ImportError(
        'zmq.auth.trio needs zmq.trio: pip install "zmq-auth[trio]"', name=_error.name
    ) from _error

from .routing import RoutingAuthenticator
from .trio_waits import spawn

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["TrioAuthenticator"]


class TrioAuthenticator(RoutingAuthenticator):
    """Decide which clients may connect, in tasks of the program's run of trio.

    ::

        async with TrioAuthenticator(context) as auth:
            auth.configure_domain("staff", DomainPolicy(check=look_up))
            ...

    Checks that are coroutine functions run in trio, each in a task of its own. These
    tasks belong to the run and to no nursery, so that a check that ignores its
    cancellation holds up nobody.

    :param context: the context of the server sockets, of any kind; by default the
        global one, ``zmq.Context.instance()``.
    :param encoding: of domains, user names, passwords and user ids.
    :param log: gets refusals as warnings; by default the logger ``zmq.auth``.

    .. versionadded:: zmq-auth 1.0
    """

    zap_socket: zmq.trio.Socket  # pyright: ignore[reportIncompatibleVariableOverride]
    _scope: trio.CancelScope | None = None  # while it runs
    _pending: set[trio.CancelScope]

    def start(self) -> None:
        """Start to answer. What connects from now on is authenticated.

        ``async with`` does it, too.

        :raises zmq.ZMQError: when the context has an authenticator already
            (``EADDRINUSE``).
        :raises RuntimeError: when no task of trio calls it.
        """
        try:
            trio.lowlevel.current_task()
        except RuntimeError:
            raise RuntimeError(
                "TrioAuthenticator.start() has to be called by a task of trio"
            ) from None
        super().start()
        self._scope = spawn(self._serve_alone, "zmq.auth")

    def stop(self) -> None:
        """Stop to answer, and close the socket.

        Close the server sockets first, see `Authenticator.stop`. The end of an
        ``async with`` block does it, too.
        """
        if self._scope is not None:
            self._scope.cancel()
            self._scope = None
            self._abandon()
        super().stop()

    async def __aenter__(self) -> Self:
        """Start, and stop at the end of the block."""
        self.start()
        try:
            await trio.lowlevel.checkpoint()
        except BaseException:
            self.stop()
            raise
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.stop()
        await trio.lowlevel.checkpoint()

    def _socket_class(self) -> type[zmq.trio.Socket]:
        return zmq.trio.Socket

    async def _serve_alone(self) -> None:
        try:
            await self._serve()
        except Exception:
            # the socket stays open, see _serve
            self.log.exception("the authenticator has ended")

    def _answer_soon(self, message: list[bytes]) -> None:
        scopes: list[trio.CancelScope] = []

        async def answer() -> None:
            try:
                await self.handle_zap_message(message)
            except Exception:
                self.log.exception("could not answer a ZAP request")
            finally:
                self._pending.difference_update(scopes)

        scopes.append(spawn(answer, "zmq.auth.answer"))
        self._pending.update(scopes)

    def _abandon(self) -> None:
        for scope in list(self._pending):
            scope.cancel()
