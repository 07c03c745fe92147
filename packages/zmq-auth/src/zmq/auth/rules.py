"""Deciding by the policy of a domain."""

from __future__ import annotations

import inspect
import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Callable

from zmq.utils import z85

from . import loops, zap
from .answers import Client, verdict_on
from .audit import printable
from .deadline import DeadlineError, within
from .domain import DomainPolicy
from .plain import WRONG_PASSWORD, same_secret
from .verdict import (
    INVALID_CREDENTIALS,
    Verdict,
    accept,
    refuse,
    refuse_for_now,
)
from .watch import CertificateWatch
from .workers import Workers

_KEY_SIZE = 32
_CREDENTIALS = {"NULL": 0, "PLAIN": 2, "CURVE": 1, "GSSAPI": 1}


class DomainRules:
    """Decides on the clients of a domain by its policy.

    :param policy: the policy.
    :param domain: for which it was configured; ``"*"`` for all others.
    :param encoding: of domains, user names and passwords.
    :param log: is told of certificates that come, go, or cannot be read.
    :param clock: is told the domain and the seconds of each check.
    """

    def __init__(
        self,
        policy: DomainPolicy,
        domain: str,
        encoding: str,
        log: Any,
        clock: Callable[[str, float], None],
    ) -> None:
        self.policy: DomainPolicy = policy
        self._encoding = encoding
        self._clock = clock
        self._workers = Workers()
        self._watch: CertificateWatch | None = None
        directory = policy.directory
        if directory is not None and not policy.any_key:
            self._watch = CertificateWatch(directory, domain, log)

    def address_refusal(self, address: str, otherwise: Callable[[str], str]) -> str:
        """Say why a client from `address` is refused, or nothing if it is not.

        :param otherwise: says so where the policy has no addresses.
        """
        policy = self.policy
        if policy.allow is None and not policy.deny:
            return otherwise(address)
        if address in policy.deny:
            return "Address denied"
        if policy.allow is not None and address not in policy.allow:
            return "Address not allowed"
        return ""

    async def decide(
        self, request: zap.Request, name_of: Callable[[bytes], str]
    ) -> Verdict:
        """Decide on a client whose address may enter.

        :param name_of: the user id of a key, where the policy gives none.
        :raises Exception: what the check raises, or because of what it returns.
        """
        mechanism = request.mechanism.decode("ascii", "backslashreplace")
        if mechanism not in self.policy.mechanisms:
            return refuse("Mechanism not allowed")
        verdict = await self._identify(mechanism, request.credentials, name_of)
        if verdict.status != zap.SUCCESS:
            return verdict
        if self.policy.check is None:
            return accept(verdict.user_id, self.policy.metadata)
        return await self._ask(self._client(request, mechanism, verdict.user_id))

    async def _identify(
        self,
        mechanism: str,
        credentials: tuple[bytes, ...],
        name_of: Callable[[bytes], str],
    ) -> Verdict:
        if len(credentials) != _CREDENTIALS[mechanism]:
            return INVALID_CREDENTIALS
        if mechanism == "NULL":
            return accept("anonymous")
        if mechanism == "CURVE":
            return await self._identify_key(credentials[0], name_of)
        user = self._text(credentials[0])
        if mechanism == "PLAIN" and self.policy.passwords is not None:
            return self._compare(self.policy.passwords, user, credentials[1])
        return accept(user)

    def _compare(
        self, passwords: Mapping[str, str], user: str, password: bytes
    ) -> Verdict:
        try:
            expected = passwords[user].encode(self._encoding)
        except (KeyError, UnicodeError):
            # takes as long as if it was somebody
            same_secret(password, b"")
            return refuse("Invalid username")
        if same_secret(password, expected):
            return accept(user)
        return refuse(WRONG_PASSWORD, user)

    async def _identify_key(
        self, octets: bytes, name_of: Callable[[bytes], str]
    ) -> Verdict:
        if len(octets) != _KEY_SIZE:
            return INVALID_CREDENTIALS
        key = z85.encode(octets)
        keys = self.policy.keys
        if keys is not None and key not in keys:
            return refuse("Unknown key")
        if self._watch is not None and not await self._watch.accepts(key):
            return refuse("Unknown key")
        name = None if keys is None else keys[key]
        return accept(name_of(octets) if name is None else name)

    def _client(self, request: zap.Request, mechanism: str, user_id: str) -> Client:
        key = password = None
        if mechanism == "CURVE":
            key = z85.encode(request.credentials[0])
        elif mechanism == "PLAIN" and self.policy.passwords is None:
            password = request.credentials[1]
        return Client(
            self._text(request.domain),
            request.address.decode("latin-1"),
            mechanism,
            user_id,
            key,
            password,
        )

    async def _ask(self, client: Client) -> Verdict:
        policy = self.policy
        start = time.monotonic()
        try:
            answer = await within(policy.timeout, self._call_check(client))
        except DeadlineError:
            return refuse_for_now("Check timed out", client.user_id)
        finally:
            self._clock(printable(client.domain), time.monotonic() - start)
        return verdict_on(answer, client, policy.metadata)

    async def _call_check(self, client: Client) -> Any:
        check: Any = self.policy.check
        if _is_coroutine_function(check):
            return await check(client)
        # it may block, or never return
        answer = await loops.result_of(self._workers.submit(partial(check, client)))
        return await answer if inspect.isawaitable(answer) else answer

    def _text(self, octets: bytes) -> str:
        return octets.decode(self._encoding, "surrogateescape")


def _is_coroutine_function(check: Any) -> bool:
    called = getattr(check, "__call__", None)  # noqa: B004
    return inspect.iscoroutinefunction(check) or inspect.iscoroutinefunction(called)
