"""The authenticator that all others are made of; it runs in no event loop."""

from __future__ import annotations

import contextlib
import logging
import time
from typing import Any

import zmq
from zmq.error import error_for
from zmq.utils import z85

from . import audit, metadata, zap
from .certs import load_certificates as load_certificates
from .counts import AuthMetrics
from .curve import CURVE_ALLOW_ANY as CURVE_ALLOW_ANY
from .policy import Policy, Verdict
from .zap import VERSION as VERSION

__all__ = ["Authenticator", "CURVE_ALLOW_ANY"]

_INTERNAL_ERROR = Verdict(zap.INTERNAL_ERROR, "Internal error")


class Authenticator(Policy):
    """Decide which clients may connect to the server sockets of a context.

    libzmq asks it, by way of ZAP, about each client of a socket that has a
    ``zap_domain``, or is a server of PLAIN, CURVE or GSSAPI. A context has one
    authenticator; it serves all domains. Without any configuration NULL and GSSAPI
    clients are let in, PLAIN and CURVE clients are not.

    This one leaves the waiting to its user, who passes on what arrives::

        auth = zmq.auth.Authenticator()
        auth.start()
        while True:
            message = await reader.recv_multipart()  # some way to wait
            await auth.handle_zap_message(message)

    Most programs want `zmq.auth.thread.ThreadAuthenticator`,
    `zmq.auth.asyncio.AsyncioAuthenticator` or `zmq.auth.trio.TrioAuthenticator`.

    :param context: the context of the server sockets; by default the global one,
        ``zmq.Context.instance()``.
    :param encoding: of domains, user names, passwords and user ids.
    :param log: gets refusals as warnings, with address, domain, mechanism and reason,
        and neither passwords nor secret keys. By default the logger ``zmq.auth``.
    """

    context: zmq.Context[Any]
    # None while stopped; annotated as what it is wherever it can be used
    zap_socket: zmq.Socket[Any]

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        encoding: str = "utf-8",
        log: Any = None,
    ) -> None:
        super().__init__(encoding, log or logging.getLogger("zmq.auth"))
        self.context = context or zmq.Context.instance()
        self.zap_socket = None  # type: ignore[assignment]
        self.audit_log: Any = logging.getLogger(audit.LOGGER)
        """Gets a record of the level INFO for each decision, with fields; by default
        the logger ``zmq.auth.audit``. New in zmq-auth 1.0."""

    def metrics(self) -> AuthMetrics:
        """Return how often what was decided, and how long checks took, until now.

        :returns: the numbers since the authenticator was made.

        .. versionadded:: zmq-auth 1.0
        """
        return self._counts.now()

    def start(self) -> None:
        """Create and bind `zap_socket`: from now on libzmq asks it.

        Start it before the server sockets are bound: see `stop`.

        :raises zmq.ZMQError: when the context has an authenticator already
            (``EADDRINUSE``).
        """
        self.zap_socket = self._bind(self._open_socket())
        self.log.debug("answering at %s", zap.ENDPOINT)

    def stop(self) -> None:
        """Close `zap_socket`: libzmq does not ask any more.

        Close the server sockets first. libzmq lets NULL clients into a context without
        an authenticator, and also CURVE clients with whatever key, unless the server
        socket has ``zap_enforce_domain``.
        """
        self._close_socket()
        self.zap_socket = None  # type: ignore[assignment]

    async def handle_zap_message(self, msg: list[bytes]) -> None:
        """Decide on a request, and send the reply.

        :param msg: what ``zap_socket.recv_multipart()`` returned.
        """
        reply = await self._answer(msg)
        envelope = msg.envelope if isinstance(msg, zap.RoutedMessage) else []
        await self._send([*envelope, *reply])

    def _open_socket(self) -> zmq.Socket[Any]:
        socket: zmq.Socket[Any] = self.context.socket(zmq.REP, socket_class=zmq.Socket)
        return socket

    def _bind(self, socket: zmq.Socket[Any]) -> zmq.Socket[Any]:
        # a reply that nobody takes any more must not hold up the context's end
        socket.linger = 0
        try:
            socket.bind(zap.ENDPOINT)
        except BaseException as error:
            socket.close()
            if isinstance(error, zmq.ZMQError) and error.errno == zmq.EADDRINUSE:
                raise error_for(
                    error.errno,
                    f"{self.context!r} has an authenticator already: something is "
                    f"bound to {zap.ENDPOINT}",
                ) from None
            raise
        return socket

    def _close_socket(self) -> None:
        socket = self.zap_socket
        # it is None before start()
        if socket is None or socket.closed:  # pyright: ignore[reportUnnecessaryComparison]
            return
        # closing frees the address too, but some time later, on a thread of libzmq
        with contextlib.suppress(zmq.ZMQError):
            socket.unbind(zap.ENDPOINT)
        socket.close()

    async def _send(self, frames: list[bytes]) -> None:
        self.zap_socket.send_multipart(frames)

    async def _answer(self, msg: list[bytes]) -> list[bytes]:
        """Make the reply to a request; there is one for whatever arrives."""
        try:
            request = zap.parse_request(msg)
        except zap.ProtocolError as error:
            # the message itself may hold a password
            self.log.error("refused an invalid ZAP request: %s", error)
            self._counts.invalid()
            return zap.build_reply(
                error.request_id or b"", zap.FAILURE, error.text.encode("ascii")
            )
        start = time.monotonic()
        self._counts.pending(1)
        try:
            verdict = await self.decide(request)
            reply = self._reply(request, verdict)
        except (Exception, SystemExit):
            self.log.exception("could not decide on a client, so it is refused")
            verdict = _INTERNAL_ERROR
            reply = self._reply(request, verdict)
        finally:
            self._counts.pending(-1)
        self._record(request, verdict, time.monotonic() - start)
        return reply

    def _record(self, request: zap.Request, verdict: Verdict, seconds: float) -> None:
        try:
            record = audit.describe(request, verdict, self.encoding)
            self._counts.decided(record.decision)
            self._log_verdict(request, verdict)
            audit.write(self.audit_log, record, seconds)
        except Exception:
            # of a filter, or a factory of records; the client waits for its answer
            self.log.exception("could not log a decision")

    def _reply(self, request: zap.Request, verdict: Verdict) -> list[bytes]:
        return zap.build_reply(
            request.request_id,
            verdict.status,
            verdict.text.encode("ascii", "backslashreplace")[: zap.MAX_TEXT],
            verdict.user_id.encode(self.encoding, "surrogateescape"),
            _metadata_of(request, verdict),
        )

    def _log_verdict(self, request: zap.Request, verdict: Verdict) -> None:
        # quoted, since clients choose some of this, line breaks included
        client = (
            request.address.decode("ascii", "backslashreplace"),
            request.domain.decode(self.encoding, "backslashreplace"),
            request.mechanism.decode("ascii", "backslashreplace"),
        )
        if verdict.status == zap.SUCCESS:
            self.log.debug(
                "accepted address %r, domain %r, mechanism %r: user %r",
                *client,
                verdict.user_id,
            )
        else:
            self.log.warning(
                "refused address %r, domain %r, mechanism %r: %s (%s)",
                *client,
                audit.printable(verdict.text),
                verdict.status.decode("ascii"),
            )


def _metadata_of(request: zap.Request, verdict: Verdict) -> bytes:
    if verdict.status != zap.SUCCESS:
        return b""
    # also where there is none: what the reply leaves out, the client may set itself,
    # by the metadata of its handshake
    key = ""
    if request.mechanism == b"CURVE":
        key = z85.encode(request.credentials[0]).decode("ascii")
    return metadata.encode({metadata.PEER_KEY: key, **verdict.metadata})
