"""The decision on a request: no sockets here."""

from __future__ import annotations

from typing import Any

from . import zap
from .addresses import AddressPolicy
from .curve import CurvePolicy
from .deadline import DeadlineError
from .domain import DomainPolicy
from .plain import WRONG_PASSWORD, PlainPolicy
from .rules import DomainRules
from .verdict import INVALID_CREDENTIALS, accept, refuse, refuse_for_now
from .verdict import Verdict as Verdict

_KEY_SIZE = 32


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
        self._rules: dict[str, DomainRules] = {}

    def configure_domain(self, domain: str, policy: DomainPolicy | None) -> None:
        """Give a domain rules of its own, which count in place of all others.

        It may be called at any time, from any thread. Clients that have been asked
        about already are decided on by the rules of before.

        :param domain: the ``zap_domain`` of the server sockets; ``"*"`` stands for all
            domains that have neither a policy nor passwords, keys or a provider of
            their own.
        :param policy: the rules; None takes them away, and what was configured by the
            other methods counts again.
        :raises TypeError: when it is something else.

        .. versionadded:: zmq-auth 1.0
        """
        if not isinstance(domain, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"domain must be a str, not {domain!r}")
        if policy is None:
            self._rules.pop(domain, None)
            self.log.debug("domain %r has no policy", domain)
            return
        if not isinstance(policy, DomainPolicy):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"policy must be a DomainPolicy or None, not {policy!r}")
        self._rules[domain] = DomainRules(
            policy, domain, self.encoding, self.log, self._counts.checked
        )
        self.log.debug("domain %r goes by %r", domain, policy)

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
        address = request.address.decode("latin-1")
        rules = self._rules_of(self._text(request.domain))
        if rules is not None:
            refusal = rules.address_refusal(address, self._address_refusal)
            if refusal:
                return refuse(refusal)
            return await rules.decide(request, self.curve_user_id)
        refusal = self._address_refusal(address)
        if refusal:
            return refuse(refusal)
        if request.mechanism == b"NULL":
            return accept("anonymous")
        if request.mechanism == b"PLAIN":
            return self._decide_plain(request)
        if request.mechanism == b"CURVE":
            return await self._decide_curve(request)
        if request.mechanism == b"GSSAPI":
            return self._decide_gssapi(request)
        return refuse("Unknown mechanism")

    def _rules_of(self, domain: str) -> DomainRules | None:
        rules = self._rules.get(domain)
        if rules is None and not self._is_configured(domain):
            rules = self._rules.get("*")
        return rules

    def _is_configured(self, domain: str) -> bool:
        return domain in self.passwords or self._has_curve_rule(domain)

    def _decide_plain(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 2:
            return INVALID_CREDENTIALS
        username, password = request.credentials
        refusal = self._plain_refusal(self._text(request.domain), username, password)
        user = self._text(username)
        if refusal:
            # what is no user's name may be a password, typed into the wrong field
            return refuse(refusal, user if refusal == WRONG_PASSWORD else "")
        return accept(user)

    async def _decide_curve(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 1 or len(request.credentials[0]) != _KEY_SIZE:
            return INVALID_CREDENTIALS
        (key,) = request.credentials
        try:
            refusal = await self._curve_refusal(self._text(request.domain), key)
        except DeadlineError:
            return refuse_for_now("Credentials provider timed out")
        return refuse(refusal) if refusal else accept(self.curve_user_id(key))

    def _decide_gssapi(self, request: zap.Request) -> Verdict:
        if len(request.credentials) != 1:
            return INVALID_CREDENTIALS
        return accept(self._text(request.credentials[0]))

    def _text(self, octets: bytes) -> str:
        # with surrogates, octets that are no text stay different from all that are
        return octets.decode(self.encoding, "surrogateescape")
