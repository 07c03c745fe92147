"""The decision on a request: no sockets here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import zap
from .addresses import AddressPolicy
from .curve import CurvePolicy
from .plain import PlainPolicy
from .providers import ProviderTimeoutError

_KEY_SIZE = 32


@dataclass(frozen=True)
class Verdict:
    """What becomes of a client.

    `text` is the reason of a refusal, for the log and for libzmq; the client is only
    told the status. `metadata` are further properties of an accepted client's messages.
    """

    status: bytes
    text: str
    user_id: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


def _accept(user_id: str) -> Verdict:
    return Verdict(zap.SUCCESS, "OK", user_id)


def _refuse(reason: str) -> Verdict:
    return Verdict(zap.FAILURE, reason)


_INVALID_CREDENTIALS = _refuse("Invalid credentials")


class Policy(AddressPolicy, PlainPolicy, CurvePolicy):
    """Who may enter: addresses first, then what the mechanism asks for.

    Without any configuration NULL and GSSAPI clients are let in, PLAIN and CURVE
    clients are not.

    :param encoding: of domains, user names, passwords and user ids.
    :param log: a `logging.Logger`, or what has its methods.
    """

    encoding: str
    log: Any

    def __init__(self, encoding: str, log: Any) -> None:
        super().__init__()
        self.encoding = encoding
        self.log = log

    def configure_gssapi(self, domain: str = "*", location: str | None = None) -> None:
        """Do nothing: GSSAPI has authenticated a principal before ZAP is asked.

        :param domain: is ignored.
        :param location: is ignored.
        """

    async def decide(self, request: zap.Request) -> Verdict:
        """Decide on a request.

        :raises Exception: what a provider or an overridden `curve_user_id` raises. The
            client is to be refused then.
        """
        refusal = self._address_refusal(request.address.decode("latin-1"))
        if refusal:
            return _refuse(refusal)
        if request.mechanism == b"NULL":
            return _accept("anonymous")
        if request.mechanism == b"PLAIN":
            return self._decide_plain(request)
        if request.mechanism == b"CURVE":
            return await self._decide_curve(request)
        if request.mechanism == b"GSSAPI":
            return self._decide_gssapi(request)
        return _refuse("Unknown mechanism")

    def _decide_plain(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 2:
            return _INVALID_CREDENTIALS
        username, password = request.credentials
        refusal = self._plain_refusal(self._text(request.domain), username, password)
        return _refuse(refusal) if refusal else _accept(self._text(username))

    async def _decide_curve(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 1 or len(request.credentials[0]) != _KEY_SIZE:
            return _INVALID_CREDENTIALS
        (key,) = request.credentials
        try:
            refusal = await self._curve_refusal(self._text(request.domain), key)
        except ProviderTimeoutError:
            return Verdict(zap.TEMPORARY_ERROR, "Credentials provider timed out")
        return _refuse(refusal) if refusal else _accept(self.curve_user_id(key))

    def _decide_gssapi(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 1:
            return _INVALID_CREDENTIALS
        return _accept(self._text(request.credentials[0]))

    def _text(self, octets: bytes) -> str:
        # with surrogates, octets that are no text stay different from all that are
        return octets.decode(self.encoding, "surrogateescape")
