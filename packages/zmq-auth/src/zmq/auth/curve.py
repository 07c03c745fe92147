"""CURVE: which public keys are let in."""

from __future__ import annotations

import inspect
import os
from collections.abc import Awaitable
from functools import partial
from threading import Lock
from typing import Any, Callable

from zmq.utils import z85

from .certs import load_certificates
from .counts import Counts
from .deadline import deadline_argument
from .providers import CredentialsProvider, ask_provider
from .watch import CertificateWatch

Rule = Callable[[bytes], "bool | Awaitable[bool]"]

CURVE_ALLOW_ANY = "*"
"""The location that stands for every key: `configure_curve` with it checks none."""


def _any_key(_key: bytes) -> bool:
    return True


class CurvePolicy:
    """Lets in public keys by directory, by provider, or all of them.

    A domain goes by what was configured for it last. A domain for which nothing was
    configured goes by what was configured for ``"*"``.
    """

    log: Any
    allow_any: bool
    certs: dict[str, dict[bytes, Any]]
    credentials_providers: dict[str, CredentialsProvider]

    def __init__(self) -> None:
        super().__init__()
        self._counts = Counts()
        self._provider_timeout = 30.0
        self.allow_any = False
        self.certs = {}
        self.credentials_providers = {}
        self._open_domains: set[str] = set()
        self._watches: dict[str, CertificateWatch] = {}
        # Configuring while clients connect must show no state in between, in which
        # a client is refused that is valid before and after.
        self._lock = Lock()

    @property
    def provider_timeout(self) -> float:
        """Seconds an asynchronous provider may take; by default 30.

        libzmq's own limit for a handshake, ``zmq.HANDSHAKE_IVL``, is 30 s by default.

        :raises TypeError: when it is set to what is no number.
        :raises ValueError: when it is set to 0, less, or infinity.
        """
        return self._provider_timeout

    @provider_timeout.setter
    def provider_timeout(self, seconds: float) -> None:
        self._provider_timeout = deadline_argument("provider_timeout", seconds)

    def configure_curve(
        self,
        domain: str = "*",
        location: str | os.PathLike[str] = ".",
        *,
        watch: bool = False,
    ) -> None:
        """Let in the clients whose certificates lie in a directory.

        A directory that cannot be read is logged as an error and changes nothing.

        :param domain: the ``zap_domain`` of the server sockets; ``"*"`` (the default)
            stands for all domains that are not configured themselves.
        :param location: a directory of public certificates (``*.key``), or
            `CURVE_ALLOW_ANY` to let in every client that knows the server's public key.
        :param watch: whether to heed later changes of the directory. Without (the
            default) call this method again to have them take effect. A watched
            directory may be empty at first, or not exist yet. New in zmq-auth 1.0.
        """
        if location == CURVE_ALLOW_ANY:
            with self._lock:
                self._forget(domain)
                if domain == "*":
                    self.allow_any = True
                else:
                    self._open_domains.add(domain)
        elif watch:
            watched = CertificateWatch(location, domain, self.log)
            with self._lock:
                self._forget(domain)
                self._watches[domain] = watched
                self.certs[domain] = watched.keys
        else:
            try:
                keys = load_certificates(location)
            except (OSError, ValueError) as error:
                self.log.error("CURVE: domain %r is not configured: %s", domain, error)
                return
            with self._lock:
                self._forget(domain)
                self.certs[domain] = keys
        self.log.debug("CURVE: domain %r goes by %s", domain, location)

    def configure_curve_callback(
        self,
        domain: str = "*",
        credentials_provider: CredentialsProvider | None = None,
    ) -> None:
        """Let in the clients that a provider accepts.

        :param domain: the ``zap_domain`` of the server sockets; ``"*"`` (the default)
            stands for all domains that are not configured themselves.
        :param credentials_provider: a `CredentialsProvider`: an object with a method
            ``callback(domain, key)`` that returns whether the client may enter. It may
            be a coroutine function. If it raises, the client is refused. None is logged
            as an error and changes nothing.
        :raises TypeError: when the object has no such method.
        """
        if credentials_provider is None:
            self.log.error("CURVE: no credentials_provider given for %r", domain)
            return
        if not callable(getattr(credentials_provider, "callback", None)):
            raise TypeError(
                f"credentials_provider {credentials_provider!r} has no method "
                "callback(domain, key)"
            )
        with self._lock:
            self._forget(domain)
            self.credentials_providers[domain] = credentials_provider
        self.log.debug("CURVE: domain %r asks a provider", domain)

    def curve_user_id(self, client_public_key: bytes) -> str:
        """Name the user that a key belongs to: the key itself, in Z85.

        Override it to give names; it is called for accepted clients only.

        :param client_public_key: the 32 bytes of the key.
        :returns: the ``User-Id`` of the client's messages, see `zmq.Frame.get`.
        """
        return z85.encode(client_public_key).decode("ascii")

    def _forget(self, domain: str) -> None:
        self.credentials_providers.pop(domain, None)
        self._watches.pop(domain, None)
        self.certs.pop(domain, None)
        self._open_domains.discard(domain)
        if domain == "*":
            self.allow_any = False

    def _rule(self, domain: str) -> Rule | None:
        """Find what decides on the keys of a domain."""
        with self._lock:
            for name in (domain, "*"):
                if name in self._open_domains or (name == "*" and self.allow_any):
                    return _any_key
                if name in self.credentials_providers:
                    provider = self.credentials_providers[name]
                    timeout = self.provider_timeout
                    clock = self._counts.checked
                    return partial(
                        ask_provider, provider, timeout, clock, domain or "*"
                    )
                if name in self._watches:
                    return self._watches[name].accepts
                if name in self.certs:
                    return self.certs[name].__contains__
        return None

    def _has_curve_rule(self, domain: str) -> bool:
        with self._lock:
            return (
                domain in self._open_domains
                or domain in self.credentials_providers
                or domain in self.certs
            )

    async def _curve_refusal(self, domain: str, key: bytes) -> str:
        """Say why a key is refused, or nothing if it is not."""
        rule = self._rule(domain)
        if rule is None:
            return "Unknown domain"
        accepted = rule(z85.encode(key))
        if inspect.isawaitable(accepted):
            accepted = await accepted
        return "" if accepted else "Unknown key"
